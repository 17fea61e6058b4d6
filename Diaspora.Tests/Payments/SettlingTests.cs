using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

/// <summary>Other money came than the member claimed.</summary>
public sealed class SettlingTests : IAsyncLifetime
{
    private static readonly string[] Claimed = ["2026-01", "2026-02", "2026-03"];
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;
    private Actor _member = null!;
    private Guid _intentId;

    private ModerationService Moderation => _database.Get<ModerationService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync("Лейла Исмаилова");
        _member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
        _intentId = await _database.StartAsync(_member, Claimed);
        await _database.Get<PaymentService>().ClaimAsync(_member, _intentId);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Settle_MoneyForTwoOfThree_ConfirmsTwoAndRejectsTheThird()
    {
        await _database.SettleAsync(_cashier, _intentId, Came(4000, _member.Of("2026-01", "2026-02")));

        var history = await _database.HistoryAsync(_member);
        Assert.Equal([PaymentStatus.Confirmed, PaymentStatus.Confirmed, PaymentStatus.Rejected], history.Select(row => row.Status));
        Assert.Equal([null, null, Reasons.SumDiffers], history.Select(row => row.Reason));
        Assert.All(history, row => Assert.Equal("Лейла Исмаилова", row.DecidedBy));
        Assert.Equal([MonthState.Paid, MonthState.Paid, MonthState.Due], await TilesAsync("2026-01", "2026-02", "2026-03"));
        Assert.Equal(Money.Zero, (await _database.Get<CabinetService>().CabinetAsync(_member)).Debt);
        Assert.Equal(new Money(4000), (await Moderation.IntentAsync(_cashier, _intentId)).Row.Received);
        Assert.Empty(await _database.OpenCreditsAsync(_cashier, _member));
        Assert.Equal([AuditAction.PaymentCreated, AuditAction.PaymentClaimed, AuditAction.PaymentSettled], await _database.LogAsync(_intentId));

        // And the month that was left out can be paid again.
        await _database.StartAsync(_member, "2026-03");
        Assert.Equal([MonthState.Pending], await TilesAsync("2026-03"));
    }

    [Fact]
    public async Task Settle_MoneyForTwoButTheOldestLeftOut_LeavesItOwed()
    {
        await _database.SettleAsync(_cashier, _intentId, Came(4000, _member.Of("2026-02", "2026-03")));
        var cabinet = await _database.Get<CabinetService>().CabinetAsync(_member);
        Assert.Equal((new Money(2000), "2026-01"), (cabinet.Debt, Assert.Single(cabinet.DebtMonths).Period.ToString()));
    }

    [Fact]
    public async Task Settle_MoneyForFour_BooksTheFourthBesides()
    {
        await _database.SettleAsync(_cashier, _intentId, Came(8000, _member.Of([.. Claimed, "2026-04"])));
        Assert.Equal([MonthState.Paid, MonthState.Paid, MonthState.Paid, MonthState.Prepaid], await TilesAsync([.. Claimed, "2026-04"]));
        Assert.All(await _database.HistoryAsync(_member), row => Assert.Equal((_intentId, PaymentMethod.KaspiTransfer), (row.IntentId, row.Method)));
    }

    [Fact]
    public async Task Settle_NotEnoughForOneMonth_RejectsAllAndKeepsTheMoney()
    {
        Assert.Equal("RemainderLeft(1500 KZT)", await WrongAsync("KeepsRemainder", () => _database.SettleAsync(_cashier, _intentId, Came(1500))));
        Assert.All(await _database.HistoryAsync(_member), row => Assert.Equal(PaymentStatus.Pending, row.Status));

        await _database.SettleAsync(_cashier, _intentId, Came(1500).KeepingTheRest());

        Assert.All(await _database.HistoryAsync(_member), row => Assert.Equal((PaymentStatus.Rejected, Reasons.SumDiffers), (row.Status, row.Reason)));
        Assert.Equal((new Money(1500), _intentId), (Assert.Single(await _database.OpenCreditsAsync(_cashier, _member)) is var credit ? credit.Amount : default, credit.IntentId));
        Assert.Equal(new Money(4000), (await _database.Get<CabinetService>().CabinetAsync(_member)).Debt);
    }

    [Fact]
    public async Task Settle_NothingCame_IsRefused()
    {
        Assert.Equal("SumMissing", await WrongAsync("Received", () => _database.SettleAsync(_cashier, _intentId, Came(0).KeepingTheRest())));
        Assert.All(await _database.HistoryAsync(_member), row => Assert.Equal(PaymentStatus.Pending, row.Status));
    }

    [Fact]
    public async Task Settle_SumTooSmallForTheChosenMonths_ChangesNothing()
    {
        Assert.Equal("SumTooSmall(1500 KZT)", await WrongAsync("Received", () => _database.SettleAsync(_cashier, _intentId, Came(2500, _member.Of("2026-01", "2026-02")))));
        Assert.All(await _database.HistoryAsync(_member), row => Assert.Equal(PaymentStatus.Pending, row.Status));
        Assert.Null((await Moderation.IntentAsync(_cashier, _intentId)).Row.Received);
    }

    [Fact]
    public async Task Settle_WithACredit_ReachesForAllMonths()
    {
        var creditId = await _database.CreditAsync(_cashier, _member, 1500, "2026-04");
        await _database.SettleAsync(_cashier, _intentId, Came(4500, _member.Of(Claimed)).Using(creditId));
        Assert.All(await TilesAsync(Claimed), tile => Assert.Equal(MonthState.Paid, tile));
        Assert.Empty(await _database.OpenCreditsAsync(_cashier, _member));
    }

    [Fact]
    public async Task Settle_WithMonthsOfTheFamily_PaysThemFromTheSameTransfer()
    {
        var wife = await _database.AddAsync("Алиева Айгюн");
        await _database.SettleAsync(_cashier, _intentId, Came(8000, [.. _member.Of(Claimed), .. wife.Of("2026-03")]));
        Assert.Equal(MonthState.Paid, await _database.TileAsync(wife, "2026-03"));
        Assert.Equal(4, (await Moderation.IntentAsync(_cashier, _intentId)).Row.Months.Count);
    }

    [Fact]
    public async Task Settle_AMonthThatWaitsInAnotherIntent_IsRefused()
    {
        var wife = await _database.AddAsync("Алиева Айгюн");
        await _database.StartAsync(wife, "2026-03");
        var refusal = await RefusedAsync(() => _database.SettleAsync(_cashier, _intentId, Came(2000, wife.Of("2026-03"))));
        Assert.Equal(Problems.MonthPending, refusal.Code);
        Assert.All(await _database.HistoryAsync(_member), row => Assert.Equal(PaymentStatus.Pending, row.Status));
    }

    [Fact]
    public async Task Settle_ACopyOfAClaimMadeBeforeTheFeeRose_KeepsTheClaimedAmount()
    {
        _database.Settings.Use(new(_database.Rules with { Fees = FeeSchedule.Always(new Money(3000)) }));
        await _database.SettleAsync(_cashier, _intentId, Came(9000, _member.Of([.. Claimed, "2026-04"])));
        Assert.Equal([2000L, 2000L, 2000L, 3000L], (await _database.HistoryAsync(_member)).Select(row => row.Amount.Tenge));
    }

    [Fact]
    public async Task Settle_AColleagueDecidedFirst_NamesThem()
    {
        var at = await Moderation.ConfirmAsync(await _database.AddCashierAsync("Самир Гасанов"), _intentId);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        var refusal = await RefusedAsync(() => _database.SettleAsync(_cashier, _intentId, Came(2000, _member.Of("2026-01"))));
        Assert.Equal((Problems.AlreadyConfirmed, "Самир Гасанов", at), (refusal.Code, refusal.Args[0], refusal.Args[1]));
        Assert.All(await _database.HistoryAsync(_member), row => Assert.Equal(PaymentStatus.Confirmed, row.Status));
    }

    [Fact]
    public async Task Settle_TheSameOnceMore_IsAnsweredAsTheFirstAndAnythingElseIsNot()
    {
        var form = Came(4500, _member.Of("2026-01", "2026-02")).KeepingTheRest();
        var first = await _database.SettleAsync(_cashier, _intentId, form);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(first, await _database.SettleAsync(_cashier, _intentId, form));

        Assert.Single(await _database.OpenCreditsAsync(_cashier, _member));
        Assert.Equal([AuditAction.PaymentCreated, AuditAction.PaymentClaimed, AuditAction.PaymentSettled], await _database.LogAsync(_intentId));
        foreach (var other in new[] { Came(4000, _member.Of("2026-01", "2026-02")), Came(4500, _member.Of("2026-01", "2026-03")).KeepingTheRest() })
        {
            Assert.Equal(Problems.AlreadyConfirmed, (await RefusedAsync(() => _database.SettleAsync(_cashier, _intentId, other))).Code);
        }
    }

    [Fact]
    public async Task Settle_OneMonthDecidedBefore_TouchesOnlyWhatWaits()
    {
        var first = (await _database.HistoryAsync(_member))[0];
        await Moderation.RejectMonthAsync(_cashier, _intentId, first.PaymentId, new RejectPaymentForm { Reason = "оплачен наличными" });
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _database.SettleAsync(_cashier, _intentId, Came(2000, _member.Of("2026-02")));
        Assert.Equal(["оплачен наличными", null, Reasons.SumDiffers], (await _database.HistoryAsync(_member)).Select(row => row.Reason));
    }

    [Fact]
    public async Task Settle_TheSameSumAndMonthsWithACreditBesides_IsNotTheSame()
    {
        var creditId = await _database.CreditAsync(_cashier, _member, 2000, "2026-04");
        await _database.SettleAsync(_cashier, _intentId, Came(4000, _member.Of("2026-01", "2026-02")));
        await RefusedAsync(() => _database.SettleAsync(_cashier, _intentId, Came(4000, _member.Of("2026-01", "2026-02")).Using(creditId).KeepingTheRest()));
        Assert.Equal(creditId, Assert.Single(await _database.OpenCreditsAsync(_cashier, _member)).Id);
    }

    private async Task<MonthState[]> TilesAsync(params string[] months)
    {
        List<MonthState> tiles = [];
        foreach (var month in months)
        {
            tiles.Add(await _database.TileAsync(_member, month));
        }

        return [.. tiles];
    }
}
