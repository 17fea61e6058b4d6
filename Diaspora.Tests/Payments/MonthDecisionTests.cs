using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

/// <summary>Each month of one intent decided by itself.</summary>
public sealed class MonthDecisionTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;
    private Actor _colleague = null!;
    private Actor _member = null!;
    private Guid _intentId;
    private Guid[] _months = [];

    private ModerationService Moderation => _database.Get<ModerationService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync("Лейла Исмаилова");
        _colleague = await _database.AddCashierAsync("Самир Гасанов");
        _member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
        _intentId = await _database.StartAsync(_member, "2026-01", "2026-02", "2026-03");
        _months = [.. (await _database.HistoryAsync(_member)).Select(row => row.PaymentId)];
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Decide_OneMonthConfirmedOneRejected_TheThirdStillWaits()
    {
        await ConfirmAsync(_cashier, 0);
        await RejectAsync(_colleague, 1, " чек за другой месяц ");

        var row = await RowAsync();
        Assert.Equal([PaymentStatus.Confirmed, PaymentStatus.Rejected, PaymentStatus.Pending], row.Months.Select(month => month.Status));
        Assert.Equal([null, "чек за другой месяц", null], row.Months.Select(month => month.Reason));
        Assert.Equal(["Лейла Исмаилова", "Самир Гасанов", null], row.Months.Select(month => month.DecidedBy));
        Assert.Equal((PaymentStatus.Pending, true, true), (row.Status, row.CanDecide, row.CanReopen));
        Assert.Equal(MonthState.Paid, await _database.TileAsync(_member, "2026-01"));
        Assert.Equal(MonthState.Overdue, await _database.TileAsync(_member, "2026-02"));
        Assert.Equal(MonthState.Pending, await _database.TileAsync(_member, "2026-03"));
        Assert.Equal(_intentId, Assert.Single((await Moderation.QueueAsync(_cashier, new PaymentFilter())).Page.Items).IntentId);
    }

    [Fact]
    public async Task Decide_TheRestAtOnce_LeavesDecidedMonthsAlone()
    {
        await RejectAsync(_colleague, 1);
        await Moderation.ConfirmAsync(_cashier, _intentId);
        var row = await RowAsync();
        Assert.Equal([PaymentStatus.Confirmed, PaymentStatus.Rejected, PaymentStatus.Confirmed], row.Months.Select(month => month.Status));
        Assert.Equal(PaymentStatus.Confirmed, row.Status);
        Assert.Empty((await Moderation.QueueAsync(_cashier, new PaymentFilter())).Page.Items);
        Assert.Equal([AuditAction.PaymentCreated, AuditAction.PaymentRejected, AuditAction.PaymentConfirmed], await _database.LogAsync(_intentId));
    }

    [Fact]
    public async Task Decide_EveryMonthRejected_IsARejectedIntent()
    {
        await RejectAsync(_cashier, 0);
        await RejectAsync(_cashier, 1);
        await RejectAsync(_colleague, 2, "нет перевода");
        var row = await RowAsync();
        Assert.Equal((PaymentStatus.Rejected, "Самир Гасанов", "нет перевода"), (row.Status, row.DecidedBy, row.Reason));
    }

    [Fact]
    public async Task Undo_OneDecision_TakesBackOnlyThat()
    {
        var first = await ConfirmAsync(_cashier, 0);
        var second = await RejectAsync(_cashier, 1);
        await ConfirmAsync(_cashier, 2);

        await Moderation.ReopenAsync(_cashier, _intentId, second);

        Assert.Equal([PaymentStatus.Confirmed, PaymentStatus.Pending, PaymentStatus.Confirmed], (await RowAsync()).Months.Select(month => month.Status));
        Assert.Equal(PaymentStatus.Pending, (await RowAsync()).Status);
        await Moderation.ReopenAsync(_cashier, _intentId, first);
        Assert.Equal([PaymentStatus.Pending, PaymentStatus.Pending, PaymentStatus.Confirmed], (await RowAsync()).Months.Select(month => month.Status));
    }

    [Fact]
    public async Task Undo_TheSameDecisionTwice_IsRefusedAndTakesBackNothingMore()
    {
        await ConfirmAsync(_cashier, 0);
        var second = await RejectAsync(_colleague, 1);
        await Moderation.ReopenAsync(_cashier, _intentId, second);
        var refusal = await RefusedAsync(() => Moderation.ReopenAsync(_cashier, _intentId, second));
        Assert.Equal((Problems.AlreadyConfirmed, "Лейла Исмаилова"), (refusal.Code, refusal.Args[0]));
        Assert.Equal([PaymentStatus.Confirmed, PaymentStatus.Pending, PaymentStatus.Pending], (await RowAsync()).Months.Select(month => month.Status));
    }

    [Fact]
    public async Task Confirm_AMonthAColleagueRejected_NamesThem()
    {
        var at = await RejectAsync(_colleague, 1);
        var refusal = await RefusedAsync(() => Moderation.ConfirmMonthAsync(_cashier, _intentId, _months[1]));
        Assert.Equal((Problems.AlreadyRejected, "Самир Гасанов", at), (refusal.Code, refusal.Args[0], refusal.Args[1]));
    }

    [Fact]
    public async Task Confirm_AMonthWhileAnotherWasDecidedSince_IsNoConflict()
    {
        await RejectAsync(_colleague, 1);
        await ConfirmAsync(_cashier, 0);
        Assert.Equal(PaymentStatus.Confirmed, (await RowAsync()).Months[0].Status);
    }

    [Fact]
    public async Task Confirm_TheSameMonthTwiceByTheSameCashier_IsAnsweredAsTheFirst()
    {
        var first = await ConfirmAsync(_cashier, 0);
        Assert.Equal(first, await ConfirmAsync(_cashier, 0));
        Assert.Equal([AuditAction.PaymentCreated, AuditAction.PaymentConfirmed], await _database.LogAsync(_intentId));
        Assert.Equal(Problems.AlreadyConfirmed, (await RefusedAsync(() => Moderation.RejectMonthAsync(_cashier, _intentId, _months[0], new RejectPaymentForm { Reason = "нет" }))).Code);
    }

    [Fact]
    public async Task Reject_TheSameMonthTwiceForAnotherReason_IsRefused()
    {
        await RejectAsync(_cashier, 0, "нет перевода");
        await RejectAsync(_cashier, 0, "нет перевода");
        Assert.Equal(Problems.AlreadyRejected, (await RefusedAsync(() => RejectAsync(_cashier, 0, "не тот чек"))).Code);
        Assert.Equal("нет перевода", (await RowAsync()).Months[0].Reason);
    }

    [Fact]
    public async Task Reject_AMonthWithoutReason_ChangesNothing()
    {
        Assert.Equal("ReasonMissing", await WrongAsync("Reason", () => Moderation.RejectMonthAsync(_cashier, _intentId, _months[0], new RejectPaymentForm { Reason = " " })));
        Assert.All((await RowAsync()).Months, month => Assert.Equal(PaymentStatus.Pending, month.Status));
    }

    [Fact]
    public async Task Confirm_AMonthOfAnotherIntent_IsNotFound()
    {
        var other = await _database.StartAsync(await _database.AddAsync("Мамедова Севда"), "2026-03");
        await NotFoundAsync(() => Moderation.ConfirmMonthAsync(_cashier, other, _months[0]));
        await NotFoundAsync(() => Moderation.RejectMonthAsync(_cashier, other, Guid.NewGuid(), new RejectPaymentForm { Reason = "нет" }));
        Assert.All((await RowAsync()).Months, month => Assert.Equal(PaymentStatus.Pending, month.Status));
    }

    [Fact]
    public async Task Cancel_ByTheMemberAfterOneMonthWasConfirmed_CancelsOnlyTheRestAndTwiceIsHarmless()
    {
        await ConfirmAsync(_cashier, 0);
        await _database.Get<PaymentService>().CancelAsync(_member, _intentId);
        await _database.Get<PaymentService>().CancelAsync(_member, _intentId);
        Assert.Equal([null, Reasons.CancelledByMember, Reasons.CancelledByMember], (await RowAsync()).Months.Select(month => month.Reason));
        Assert.Equal([AuditAction.PaymentCreated, AuditAction.PaymentConfirmed, AuditAction.PaymentCancelled], await _database.LogAsync(_intentId));
    }

    [Fact]
    public async Task Start_SameMonthsAfterOneWasRejected_IsNotAnsweredWithTheOldIntent()
    {
        await RejectAsync(_cashier, 2);
        var refusal = await RefusedAsync(() => _database.StartAsync(_member, "2026-01", "2026-02", "2026-03"));
        Assert.Equal((Problems.MonthPending, new Period(2026, 1)), (refusal.Code, refusal.Args[0]));
        Assert.NotEqual(_intentId, await _database.StartAsync(_member, "2026-03"));
        Assert.Equal(_intentId, await _database.StartAsync(_member, "2026-01", "2026-02"));
    }

    private async Task<DateTime> ConfirmAsync(Actor by, int month)
    {
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        return await Moderation.ConfirmMonthAsync(by, _intentId, _months[month]);
    }

    private async Task<DateTime> RejectAsync(Actor by, int month, string reason = "чек не читается")
    {
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        return await Moderation.RejectMonthAsync(by, _intentId, _months[month], new RejectPaymentForm { Reason = reason });
    }

    private async Task<PaymentRow> RowAsync() => (await Moderation.IntentAsync(_cashier, _intentId)).Row;
}
