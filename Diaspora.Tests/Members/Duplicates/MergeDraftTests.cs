using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Payments;
using Diaspora.Web.Members.Duplicates.Admin;
using Xunit;

namespace Diaspora.Tests.Members.Duplicates;

/// <summary>What the screen proposes before anybody chooses, and what it sends.</summary>
public sealed class MergeDraftTests
{
    private static readonly Period March = new(2026, 3);

    [Fact]
    public void Begin_WithTwo_KeepsTheOneThatCanSignInAndDropsNothingKnown()
    {
        var draft = new MergeDraft(new MergeComparison(
            Side("Алиев Рашад", city: null, joined: "2026-02-01", hasPassword: false), Side("Алиев Рашад Оглы", city: "Тараз", joined: "2026-01-01", hasPassword: true), false));

        Assert.True(draft.SecondStays);
        Assert.Empty(draft.FormOf(null).Taken);
        draft.Stay(second: false);
        Assert.Equal([MergeField.FullName, MergeField.Phone, MergeField.City, MergeField.JoinedOn], draft.FormOf(null).Taken.Order());
    }

    [Fact]
    public void Begin_WithStaff_KeepsThem()
    {
        var draft = new MergeDraft(new MergeComparison(Side("Алиев Рашад", hasPassword: true), Side("Алиев Рашад", role: Role.Cashier), false));
        Assert.Equal(Role.Cashier, draft.Stays.Person.Role);
    }

    [Theory]
    [InlineData(PaymentStatus.Confirmed, PaymentStatus.Confirmed, false)]
    [InlineData(PaymentStatus.Pending, PaymentStatus.Confirmed, true)]
    [InlineData(PaymentStatus.Confirmed, PaymentStatus.Pending, false)]
    public void Begin_WithAMonthTwice_KeepsWhatIsConfirmed_WhicheverRecordStays(PaymentStatus stays, PaymentStatus goes, bool keepsOther)
    {
        var draft = new MergeDraft(new MergeComparison(Side("Алиев Рашад"), Side("Алиев Рашад"), false));
        Assert.Equal(keepsOther, Assert.Single(draft.FormOf(Preview(stays, goes)).Months).KeepsOther);
        draft.Stay(second: true);
        Assert.Equal(keepsOther, Assert.Single(draft.FormOf(Preview(stays, goes)).Months).KeepsOther);
    }

    [Fact]
    public void Choose_AMonth_IsRememberedWhenTheOtherRecordStaysAfterAll()
    {
        var draft = new MergeDraft(new MergeComparison(Side("Алиев Рашад"), Side("Алиев Рашад"), false));
        draft.Choose(March, new MergeDraft.MonthChoice(KeepsSecond: true, March.Next));
        var preview = Preview(PaymentStatus.Confirmed, PaymentStatus.Confirmed);

        Assert.Equal((true, (Period?)March.Next), Sent(draft, preview));
        draft.Stay(second: true);
        Assert.Equal((false, (Period?)March.Next), Sent(draft, preview));
    }

    [Fact]
    public void Begin_WithWhatAnAddressKept_IsTheChoiceThatWasMade()
    {
        var comparison = new MergeComparison(Side("Алиев Рашад", city: "Тараз"), Side("Алиев Рашад Оглы", city: "Актау"), false);
        var draft = new MergeDraft(comparison);
        draft.Stay(second: true);
        draft.Take(MergeField.FullName, fromSecond: true);
        draft.Take(MergeField.City, fromSecond: false);
        draft.Choose(March, new MergeDraft.MonthChoice(KeepsSecond: true, March.Next));
        var preview = Preview(PaymentStatus.Confirmed, PaymentStatus.Confirmed);

        var again = new MergeDraft(comparison).As("second", draft.Taken, draft.Months);
        Assert.Equal(draft.FormOf(preview).Taken.Order(), again.FormOf(preview).Taken.Order());
        Assert.Equal((draft.SecondStays, Sent(draft, preview)), (again.SecondStays, Sent(again, preview)));

        // An address can say anything.
        Assert.Equal(new MergeDraft(comparison).Taken, new MergeDraft(comparison).As("both", null, "x.second._2026-03").Taken);
    }

    [Fact]
    public void MoveAll_WithFewerOpenMonthsThanPayments_MovesTheOldestAndGivesTheRestBack()
    {
        var draft = new MergeDraft(new MergeComparison(Side("Алиев Рашад"), Side("Алиев Рашад"), false));
        var one = Preview(PaymentStatus.Confirmed, PaymentStatus.Confirmed);
        var preview = one with { Months = [one.Months[0], one.Months[0] with { Period = March.AddMonths(2) }] };

        draft.MoveAll(preview);
        Assert.Equal([March.Next, null], draft.FormOf(preview).Months.Select(month => month.Instead));
        draft.GiveAllBack(preview);
        Assert.Equal([null, null], draft.FormOf(preview).Months.Select(month => month.Instead));
    }

    private static (bool KeepsOther, Period? Instead) Sent(MergeDraft draft, MergePreview preview)
    {
        var month = Assert.Single(draft.FormOf(preview).Months);
        return (month.KeepsOther, month.Instead);
    }

    private static MergePreview Preview(PaymentStatus stays, PaymentStatus goes) => new(
        [new MergeMonth(March, Payment(stays), Payment(goes))], [March.Next], 1, 1, 0, [], [], 0, 0, Standing.Active, Money.Zero, "seen");

    private static MergePayment Payment(PaymentStatus status) => new(Guid.NewGuid(), "512734", new Money(2000), status, DateTime.UnixEpoch);

    private static MergeSide Side(string name, string? city = "Алматы", string joined = "2026-01-01", bool hasPassword = true, Role role = Role.Member)
    {
        var day = DateOnly.Parse(joined);
        var phone = $"+7701{Random.Shared.Next(10_000_000):0000000}";
        return new MergeSide(
            new MemberPerson(Guid.NewGuid(), "10482917", name, phone, city, role, day, null, DateTime.UnixEpoch),
            new MemberData(name, phone, null, city, null, day), hasPassword, Standing.Active, Money.Zero, Period.Of(day), [], [], [], [], []);
    }
}
