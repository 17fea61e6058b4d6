using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

/// <summary>A settling that is taken back.</summary>
public sealed class SettlingUndoTests : IAsyncLifetime
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
    public async Task Undo_OfASettlingWithMoneyLeftOver_IsRefusedEvenAfterTheMoneyWentBack()
    {
        var at = await _database.SettleAsync(_cashier, _intentId, Came(4500, _member.Of("2026-01", "2026-02")).KeepingTheRest());
        Assert.Equal("CreditInTheWay(500 KZT)", (await RefusedAsync(() => Moderation.ReopenAsync(_cashier, _intentId, at))).ToString());

        var credit = Assert.Single(await _database.OpenCreditsAsync(_cashier, _member));
        await _database.Get<RecordingService>().ReturnCreditAsync(_cashier, credit.Id, new ReturnCreditForm { Reason = "вернули на карту" });
        Assert.Equal("CreditInTheWay(500 KZT)", (await RefusedAsync(() => Moderation.ReopenAsync(_cashier, _intentId, at))).ToString());
        Assert.Equal(PaymentStatus.Confirmed, (await _database.HistoryAsync(_member))[0].Status);
    }

    [Fact]
    public async Task Undo_OfASettlingThatBookedAMonthBesides_LeavesOnlyTheClaimWaiting()
    {
        var wife = await _database.AddAsync("Алиева Айгюн");
        var at = await _database.SettleAsync(_cashier, _intentId, Came(10000, [.. _member.Of([.. Claimed, "2026-04"]), .. wife.Of("2026-03")]));
        _database.Clock.Advance(TimeSpan.FromMinutes(1));

        await Moderation.ReopenAsync(_cashier, _intentId, at);

        var row = (await Moderation.IntentAsync(_cashier, _intentId)).Row;
        Assert.Equal(Claimed, row.Months.Where(month => month.Status == PaymentStatus.Pending).Select(month => month.Period.ToString()));
        Assert.All(row.Months.Where(month => month.Status != PaymentStatus.Pending), month => Assert.Equal((PaymentStatus.Rejected, Reasons.SettlingUndone, false), (month.Status, month.Reason, month.CanReopen)));
        Assert.Equal((null, null), (row.Received, row.ReceivedOn));
        Assert.Equal([MonthState.Pending, MonthState.Ahead], await TilesAsync("2026-03", "2026-04"));
        Assert.Equal(MonthState.Due, await _database.TileAsync(wife, "2026-03"));

        // What waits is decided anew, and the month nobody claimed stays out of it.
        await _database.ConfirmAsync(_cashier, _intentId);
        Assert.Equal([MonthState.Paid, MonthState.Ahead], await TilesAsync("2026-03", "2026-04"));
        await _database.StartAsync(wife, "2026-03");
    }

    [Fact]
    public async Task Undo_AfterOneOfTheMonthsWasRefunded_TakesBackTheRestByItsOwnDecision()
    {
        var at = await Moderation.ConfirmAsync(_cashier, _intentId);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _database.RefundAsync(_cashier, (await _database.HistoryAsync(_member))[0]);

        var row = (await Moderation.IntentAsync(_cashier, _intentId)).Row;
        Assert.False(row.CanReopen);
        Assert.Equal(2, row.Months.Count(month => month.CanReopen && month.DecidedAt == at));
        await Moderation.ReopenAsync(_cashier, _intentId, at);
        Assert.Equal([PaymentStatus.Refunded, PaymentStatus.Pending, PaymentStatus.Pending], (await _database.HistoryAsync(_member)).Select(payment => payment.Status));
    }

    [Fact]
    public async Task Undo_OfASettlingThatUsedACredit_IsRefused()
    {
        var creditId = await _database.CreditAsync(_cashier, _member, 2000, "2026-04");
        var at = await _database.SettleAsync(_cashier, _intentId, Came(0, _member.Of("2026-01")).Using(creditId));
        Assert.Equal("CreditInTheWay(2000 KZT)", (await RefusedAsync(() => Moderation.ReopenAsync(_cashier, _intentId, at))).ToString());
    }

    [Fact]
    public async Task Undo_OfASettlingWithoutRest_MakesAllThreePendingAgain()
    {
        var at = await _database.SettleAsync(_cashier, _intentId, Came(4000, _member.Of("2026-01", "2026-02")));
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await Moderation.ReopenAsync(_cashier, _intentId, at);
        Assert.All(await _database.HistoryAsync(_member), row => Assert.Equal((PaymentStatus.Pending, null), (row.Status, row.Reason)));
        Assert.Equal(new Money(4000), (await _database.Get<CabinetService>().CabinetAsync(_member)).Debt);
    }

    /// <summary>One intent has one place for what came, so the first settling's sum, day and words would be gone, and with the second one's undo both.</summary>
    [Fact]
    public async Task Settle_WhileAnEarlierSettlingStands_IsRefusedAndItsSumStays()
    {
        var months = await _database.HistoryAsync(_member);
        var first = await Moderation.ConfirmMonthAsync(_cashier, _intentId, months[0].PaymentId);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        var form = Came(2000, _member.Of("2026-02"));
        form.Note = "наличными";
        var settled = await _database.SettleAsync(_cashier, _intentId, form);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await Moderation.ReopenAsync(_cashier, _intentId, first);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("SumRecorded(2000 KZT)", (await RefusedAsync(() => _database.SettleAsync(_cashier, _intentId, Came(3000, _member.Of("2026-01")).KeepingTheRest()))).ToString());

        var row = (await Moderation.IntentAsync(_cashier, _intentId)).Row;
        Assert.Equal((new Money(2000), form.ReceivedOn, "наличными", true, false), (row.Received, row.ReceivedOn, row.Note, row.CanDecide, row.CanSettle));

        // Taken back, the first makes room for the second.
        await Moderation.ReopenAsync(_cashier, _intentId, settled);
        Assert.True((await Moderation.IntentAsync(_cashier, _intentId)).Row.CanSettle);
        await _database.SettleAsync(_cashier, _intentId, Came(2000, _member.Of("2026-01")));
        Assert.Equal(new Money(2000), (await Moderation.IntentAsync(_cashier, _intentId)).Row.Received);
    }

    [Fact]
    public async Task Undo_OfARejectionWhenTheSameTransferPaidTheMonthAfterAll_IsRefusedAndNamesTheMonth()
    {
        var first = (await _database.HistoryAsync(_member))[0];
        var at = await Moderation.RejectMonthAsync(_cashier, _intentId, first.PaymentId, new RejectPaymentForm { Reason = "нет перевода" });
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _database.SettleAsync(_cashier, _intentId, Came(6000, _member.Of(Claimed)));
        Assert.Equal("MonthHasLivePayment(2026-01)", (await RefusedAsync(() => Moderation.ReopenAsync(_cashier, _intentId, at))).ToString());
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
