using Diaspora.Domain.Dues;
using Xunit;
using static Diaspora.Tests.Dues.MemberStory;

namespace Diaspora.Tests.Dues;

public sealed class PayableMonthsTests
{
    [Fact]
    public void Offer_WithDebt_BeginsWithTheOldestMonthAndEndsTwelveAhead()
    {
        var months = Months(Joined("2025-12-01").Paid("2026-01").On("2026-03-05"));
        Assert.Equal("2025-12", months[0]);
        Assert.DoesNotContain("2026-01", months);
        Assert.Equal(["2026-02", "2026-03", "2026-04"], months[1..4]);
        Assert.Equal("2027-03", months[^1]);
    }

    [Fact]
    public void Offer_MonthsClaimedPaidExemptOrSuspended_AreLeftOut()
    {
        var months = Months(Joined("2026-01-01").Paid("2026-01").Claimed("2026-02").Exempt("2026-03", "2026-03").Suspended("2026-04", "2026-04").On("2026-05-05"));
        Assert.Equal("2026-05", months[0]);
        Assert.Equal(13, months.Length);
    }

    [Fact]
    public void Offer_RejectedAndRefundedMonths_AreThereAgain() =>
        Assert.Equal(["2026-01", "2026-02"], Months(Joined("2026-01-01").Rejected("2026-01").Refunded("2026-02").On("2026-03-05"))[..2]);

    [Fact]
    public void Offer_ToBlockedOrStaffWithoutDues_IsEmpty()
    {
        Assert.Empty(Months(Joined("2026-01-01").Blocked().On("2026-03-05")));
        Assert.Empty(Months(Staff().On("2026-03-05")));
    }

    [Fact]
    public void Choose_BeforeMidnightOfTheFirst_MayStillBePaidAfterIt()
    {
        var story = Joined("2026-03-01");
        var chosen = story.On("2026-03-31 23:59:00").PayableMonths.Select(tile => tile.Period).ToList();
        var after = story.On("2026-04-01 00:01:00");
        Assert.All(chosen, period => Assert.True(after.CanPay(period)));
    }

    [Fact]
    public void Pay_MoreThanTwelveAheadOrBeforeJoining_IsNotPossible()
    {
        var ledger = Joined("2026-03-01").On("2026-03-05");
        Assert.True(ledger.CanPay(new Period(2027, 3)));
        Assert.False(ledger.CanPay(new Period(2027, 4)));
        Assert.False(ledger.CanPay(new Period(2026, 2)));
        Assert.False(ledger.CanPay(default));
    }

    [Fact]
    public void Owe_AfterTheFeeRose_CountsPendingAtItsOwnSumAndOpenMonthsAtTheNewFee()
    {
        var ledger = Joined("2026-01-01").Claimed("2026-01").AfterTheFeeRoseTo(3000).On("2026-02-20");
        Assert.Equal(new Money(2000 + 3000), ledger.Debt);
        Assert.Equal(new Money(2000), ledger.TileOf(new Period(2026, 1)).Amount);
    }

    [Fact]
    public void Show_AYear_HasTwelveTilesAndOneIsCurrent()
    {
        var tiles = Joined("2026-03-01").On("2026-03-05").TilesOf(2026);
        Assert.Equal(12, tiles.Count);
        Assert.Equal("2026-03", Assert.Single(tiles, tile => tile.IsCurrent).Period.ToString());
    }

    private static string[] Months(Ledger ledger) => [.. ledger.PayableMonths.Select(tile => tile.Period.ToString())];
}
