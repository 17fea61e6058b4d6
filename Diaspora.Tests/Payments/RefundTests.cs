using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

/// <summary>Money given back: the month is open again, and what happened stays to be read.</summary>
public sealed class RefundTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync("Лейла Исмаилова");
        _member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-02-01");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Refund_AConfirmedMonth_FreesItAndKeepsBothLines()
    {
        var before = await _database.Get<CabinetService>().CabinetAsync(_member);
        var payment = await PaidAsync("2026-02");
        Assert.Equal(Money.Zero, (await _database.Get<CabinetService>().CabinetAsync(_member)).Debt);

        await _database.RefundAsync(_cashier, payment, " оплатили дважды ");

        var after = await _database.Get<CabinetService>().CabinetAsync(_member);
        Assert.Equal((before.Debt, before.Standing, new Money(2000)), (after.Debt, after.Standing, after.Debt));
        Assert.Equal(before.Tiles, after.Tiles);
        Assert.Equal(before.Payable, after.Payable);
        var refunded = Assert.Single(await _database.HistoryAsync(_member));
        Assert.Equal((PaymentStatus.Refunded, "оплатили дважды", "Лейла Исмаилова"), (refunded.Status, refunded.Reason, refunded.DecidedBy));

        var again = await PaidAsync("2026-02");
        var history = await _database.HistoryAsync(_member);
        Assert.Equal([(payment.PaymentId, PaymentStatus.Refunded), (again.PaymentId, PaymentStatus.Confirmed)], history.Select(row => (row.PaymentId, row.Status)));
        Assert.Equal(MonthState.Paid, await _database.TileAsync(_member, "2026-02"));
    }

    [Fact]
    public async Task Refund_OneMonthOfSeveral_LeavesTheOthersPaid()
    {
        await _database.RecordAsync(_cashier, Cash(_member, 4000, _member.Of("2026-02", "2026-03")));
        await _database.RefundAsync(_cashier, (await _database.HistoryAsync(_member))[0]);
        Assert.Equal(MonthState.Overdue, await _database.TileAsync(_member, "2026-02"));
        Assert.Equal(MonthState.Paid, await _database.TileAsync(_member, "2026-03"));
    }

    [Fact]
    public async Task Refund_TwiceByAnotherCashier_IsRefusedWithNameAndTime()
    {
        var payment = await PaidAsync("2026-03");
        var at = _database.Clock.GetUtcNow().UtcDateTime;
        await _database.RefundAsync(_cashier, payment);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        var colleague = await _database.AddCashierAsync("Самир Гасанов");
        var refusal = await RefusedAsync(() => _database.RefundAsync(colleague, payment));
        Assert.Equal((Problems.AlreadyRefunded, "Лейла Исмаилова", at), (refusal.Code, refusal.Args[0], refusal.Args[1]));
    }

    [Fact]
    public async Task Refund_TwiceByTheSameCashier_IsAnsweredOnlyForTheSameReason()
    {
        var payment = await PaidAsync("2026-03");
        await _database.RefundAsync(_cashier, payment, "ошиблись месяцем");
        await _database.RefundAsync(_cashier, payment, "ошиблись месяцем");
        Assert.Equal(Problems.AlreadyRefunded, (await RefusedAsync(() => _database.RefundAsync(_cashier, payment, "передумали"))).Code);
        Assert.Equal([AuditAction.PaymentRecorded, AuditAction.PaymentRefunded], await _database.LogAsync(payment.IntentId));
        Assert.Equal("ошиблись месяцем", Assert.Single(await _database.HistoryAsync(_member)).Reason);
    }

    [Fact]
    public async Task Refund_WhatNobodyConfirmed_IsRefused()
    {
        var intentId = await _database.StartAsync(_member, "2026-03");
        var payment = Assert.Single(await _database.HistoryAsync(_member));
        Assert.Equal(Problems.CannotRefund, (await RefusedAsync(() => _database.RefundAsync(_cashier, payment))).Code);
        await _database.RejectAsync(_cashier, intentId);
        Assert.Equal(Problems.CannotRefund, (await RefusedAsync(() => _database.RefundAsync(_cashier, payment))).Code);
        Assert.Equal(PaymentStatus.Rejected, Assert.Single(await _database.HistoryAsync(_member)).Status);
    }

    [Fact]
    public async Task Refund_WithoutReason_ChangesNothing()
    {
        var payment = await PaidAsync("2026-03");
        Assert.Equal("ReasonMissing", await WrongAsync("Reason", () => _database.RefundAsync(_cashier, payment, "  ")));
        Assert.Equal(PaymentStatus.Confirmed, Assert.Single(await _database.HistoryAsync(_member)).Status);
    }

    [Fact]
    public async Task Refund_ByAMember_IsNotAllowed()
    {
        var payment = await PaidAsync("2026-03");
        Assert.Equal(Problems.NotAllowed, (await RefusedAsync(() => _database.RefundAsync(_member, payment))).Code);
    }

    [Fact]
    public async Task Reopen_ARefundedMonth_IsRefused()
    {
        var payment = await PaidAsync("2026-03");
        await _database.RefundAsync(_cashier, payment);
        var at = Assert.Single(await _database.HistoryAsync(_member)).DecidedAt!.Value;
        Assert.Equal(Problems.AlreadyRefunded, (await RefusedAsync(() => _database.Get<ModerationService>().ReopenAsync(_cashier, payment.IntentId, at))).Code);
    }

    [Fact]
    public async Task Reopen_WhenTheMonthWasPaidAgainByHand_IsRefusedAndNamesTheMonth()
    {
        var intentId = await _database.StartAsync(_member, "2026-02", "2026-03");
        var at = await _database.Get<ModerationService>().RejectAsync(_cashier, intentId, new RejectPaymentForm { Reason = "нет перевода" });
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await PaidAsync("2026-03");

        Assert.Equal("MonthHasLivePayment(2026-03)", (await RefusedAsync(() => _database.Get<ModerationService>().ReopenAsync(_cashier, intentId, at))).ToString());

        // Once that money has gone back, nothing stands in the way.
        await _database.RefundAsync(_cashier, (await _database.HistoryAsync(_member)).Single(row => row.Status == PaymentStatus.Confirmed));
        await _database.Get<ModerationService>().ReopenAsync(_cashier, intentId, at);
        Assert.Equal(MonthState.Pending, await _database.TileAsync(_member, "2026-03"));
    }

    private async Task<HistoryRow> PaidAsync(string month)
    {
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        var intentId = await _database.RecordAsync(_cashier, Cash(_member, 2000, _member.Of(month)));
        return (await _database.HistoryAsync(_member)).Single(row => row.IntentId == intentId);
    }
}
