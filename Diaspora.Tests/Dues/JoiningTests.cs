using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Dues;

/// <summary>From which month on dues are owed, put right by an admin.</summary>
public sealed class JoiningTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Move_Earlier_MakesTheMonthsInBetweenOwed()
    {
        var (admin, member) = await SomebodyAsync("2026-03-05");
        await MoveAsync(admin, member, "2026-01");
        var cabinet = await database.Get<CabinetService>().CabinetAsync(member);
        Assert.Equal((new Money(4000), Standing.Overdue, "2026-01"), (cabinet.Debt, cabinet.Standing, cabinet.JoinedIn.ToString()));
        Assert.Equal(["2026-01", "2026-02"], cabinet.DebtMonths.Select(tile => tile.Period.ToString()));
    }

    [Fact]
    public async Task Move_LaterWithNothingPaidBefore_NeedsNoAcceptance()
    {
        var (admin, member) = await SomebodyAsync("2026-01-15");
        await database.RecordAsync(await database.AddCashierAsync(), Cash(member, 2000, member.Of("2026-03")));
        await MoveAsync(admin, member, "2026-03");
        var cabinet = await database.Get<CabinetService>().CabinetAsync(member);
        Assert.Equal((Money.Zero, Standing.Active), (cabinet.Debt, cabinet.Standing));
        Assert.Equal(MonthState.Before, await database.TileAsync(member, "2026-02"));
    }

    [Fact]
    public async Task Move_AfterTheFirstPayment_IsRefusedUntilItIsAccepted()
    {
        var (admin, member) = await SomebodyAsync("2026-01-15");
        await database.RecordAsync(await database.AddCashierAsync(), Cash(member, 2000, member.Of("2026-02")));

        Assert.Equal("JoiningAfterPayment(2026-02, 2026-03)", await WrongAsync("IsAccepted", () => MoveAsync(admin, member, "2026-03")));
        Assert.Equal(MonthState.Overdue, await database.TileAsync(member, "2026-01"));

        await MoveAsync(admin, member, "2026-03", isAccepted: true);
        Assert.Equal(MonthState.Before, await database.TileAsync(member, "2026-01"));
        Assert.Equal(MonthState.Paid, await database.TileAsync(member, "2026-02"));
        Assert.Equal(MonthState.Due, await database.TileAsync(member, "2026-03"));
    }

    [Fact]
    public async Task Move_AfterAMonthThatWaits_IsRefusedUntilItIsAccepted()
    {
        var (admin, member) = await SomebodyAsync("2026-01-15");
        await database.StartAsync(member, "2026-01");
        Assert.Equal("JoiningAfterPayment(2026-01, 2026-02)", await WrongAsync("IsAccepted", () => MoveAsync(admin, member, "2026-02")));
    }

    [Fact]
    public async Task Move_WhenOnlyLaterMonthsArePaidOrOlderOnesWereGivenBack_NeedsNoAcceptance()
    {
        var (admin, member) = await SomebodyAsync("2026-01-15");
        var cashier = await database.AddCashierAsync();
        await database.RecordAsync(cashier, Cash(member, 6000, member.Of("2026-01", "2026-02", "2026-05")));
        foreach (var row in (await database.HistoryAsync(member)).Take(2))
        {
            await database.RefundAsync(cashier, row);
        }

        await MoveAsync(admin, member, "2026-03");
        Assert.Equal(MonthState.Due, await database.TileAsync(member, "2026-03"));
    }

    [Fact]
    public async Task Move_FurtherThanMayBePaidAhead_IsRefused()
    {
        var (admin, member) = await SomebodyAsync("2026-03-01");
        Assert.Equal("JoiningTooFar(2027-03)", await WrongAsync("Month", () => MoveAsync(admin, member, "2027-04")));
        await MoveAsync(admin, member, "2027-03");
        Assert.Equal(Standing.Pending, (await database.Get<CabinetService>().CabinetAsync(member)).Standing);
    }

    [Fact]
    public async Task Move_ToTheSameMonthOrToTheCurrentOne_KeepsTheLaterDeadlineOfTheJoiningMonth()
    {
        await using var april = new TestDatabase();
        await april.InitializeAsync();
        april.Clock.SetUtcNow(TestDatabase.Noon(2026, 3, 15));
        var admin = await april.AddAdminAsync();
        var same = await april.AddAsync("Алиев Рашад", joinedOn: "2026-03-12");
        var moved = await april.AddAsync("Алиев Тимур", joinedOn: "2026-04-01");
        foreach (var member in new[] { same, moved })
        {
            await april.Get<OwedMonthsService>().MoveJoiningAsync(admin, member.MemberId!.Value, await april.JoiningFormAsync(member, new Period(2026, 3)));
            Assert.Equal((MonthState.Due, Money.Zero), (await april.TileAsync(member, "2026-03"), (await april.Get<CabinetService>().CabinetAsync(member)).Debt));
        }
    }

    [Theory]
    [InlineData("0202-05")]
    [InlineData("1999-12")]
    [InlineData("2100-01")]
    public async Task Move_ToAYearThatIsTypedHalf_IsRefused(string month)
    {
        var (admin, member) = await SomebodyAsync("2026-03-01");
        Assert.Equal("MonthImpossible", await WrongAsync("Month", () => MoveAsync(admin, member, month)));
        Assert.Equal("MonthImpossible", await WrongAsync("Last", () =>
            database.Get<OwedMonthsService>().EndAsync(admin, member.MemberId!.Value, Guid.NewGuid(), new EndIntervalForm { Last = Period.Parse(month) })));
        Assert.Equal("MonthImpossible", await WrongAsync("To", () =>
            database.Get<OwedMonthsService>().ExemptAsync(admin, member.MemberId!.Value, new MonthIntervalForm { From = new Period(2026, 3), To = Period.Parse(month), Reason = "решение совета" })));
    }

    [Fact]
    public async Task Move_PastPaidMonths_LeavesTheirYearToMemberAndStaffAlike()
    {
        var (admin, member) = await SomebodyAsync("2025-06-01");
        await database.RecordAsync(await database.AddCashierAsync(), Cash(member, 2000, member.Of("2025-07")));
        await MoveAsync(admin, member, "2026-01", isAccepted: true);
        var cabinet = await database.Get<CabinetService>().CabinetAsync(member);
        Assert.Equal(MonthState.Paid, cabinet.Tiles.Single(tile => tile.Period == new Period(2025, 7)).State);
        Assert.Equal((await database.CardAsync(admin, member)).Tiles, cabinet.Tiles);
    }

    [Fact]
    public async Task Move_WithoutMonthOrReason_NamesTheFields()
    {
        var (admin, member) = await SomebodyAsync("2026-03-01");
        var refusal = await Assert.ThrowsAsync<FormException>(() => database.Get<OwedMonthsService>().MoveJoiningAsync(admin, member.MemberId!.Value, new MoveJoiningForm()));
        Assert.Equal(("MonthMissing", "ReasonMissing"), (refusal.Problems["Month"]?.Code, refusal.Problems["Reason"]?.Code));
    }

    [Fact]
    public async Task Move_OfStaffWithoutALedger_GivesThemOne()
    {
        var staff = await database.AddAsync("Текст Редактор", Role.Editor, joinedOn: null);
        Assert.Equal(MonthState.Before, await database.TileAsync(staff, "2026-03"));
        await MoveAsync(await database.AddAdminAsync(), staff, "2026-02");
        Assert.Equal(MonthState.Overdue, await database.TileAsync(staff, "2026-02"));
        Assert.Equal(MonthState.Due, await database.TileAsync(staff, "2026-03"));
    }

    [Fact]
    public async Task Move_AnEntryOfTheLog_SaysTheDayBeforeTheDayAfterAndWhy()
    {
        var (admin, member) = await SomebodyAsync("2026-03-05");
        await MoveAsync(admin, member, "2026-01");
        await using var context = database.Context();
        var entry = await context.AuditEntries.SingleAsync(entry => entry.EntityId == member.MemberId && entry.Action == AuditAction.JoiningMoved);
        Assert.Equal(("""{"JoinedOn":"2026-03-05"}""", """{"JoinedOn":"2026-01-01","reason":"так и было"}"""), (entry.BeforeJson, entry.AfterJson));
    }

    [Fact]
    public async Task Move_ByACashierOrOfNobody_IsRefused()
    {
        var (admin, member) = await SomebodyAsync("2026-03-05");
        var cashier = await database.AddCashierAsync();
        Assert.Equal(Problems.NotAllowed, (await RefusedAsync(() => MoveAsync(cashier, member, "2026-01"))).Code);
        await NotFoundAsync(() => MoveAsync(admin, new Actor(Guid.NewGuid(), null, null), "2026-01"));
    }

    private async Task<(Actor Admin, Actor Member)> SomebodyAsync(string joinedOn) => (await database.AddAdminAsync(), await database.AddAsync("Алиев Рашад", joinedOn: joinedOn));

    private async Task MoveAsync(Actor admin, Actor member, string month, bool isAccepted = false)
    {
        var form = await database.JoiningFormAsync(member, Period.Parse(month));
        form.IsAccepted = isAccepted;
        await database.Get<OwedMonthsService>().MoveJoiningAsync(admin, member.MemberId!.Value, form);
    }
}
