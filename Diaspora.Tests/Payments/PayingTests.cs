using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

public sealed class PayingTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private PaymentService Payments => _database.Get<PaymentService>();

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Start_ThreeMonths_IsPendingWithACodeOfSixDigits()
    {
        var member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
        var details = await Payments.IntentAsync(member, await _database.StartAsync(member, "2026-03", "2026-01", "2026-02"));
        Assert.Equal(["2026-01", "2026-02", "2026-03"], details.Row.Months.Select(month => month.Period.ToString()));
        Assert.Matches("^[1-9][0-9]{5}$", details.Row.Code);
        Assert.Equal((new Money(6000), PaymentStatus.Pending, null), (details.Row.Total, details.Row.Status, details.Row.ClaimedAt));
        Assert.Equal(new DateOnly(2026, 3, 22), details.LapsesOn);
    }

    [Fact]
    public async Task Start_MonthsChosenBeforeMidnightSentAfterIt_AreTheMonthsShown()
    {
        var member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-03-01");
        _database.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 31, 23, 59, 0, TimeSpan.FromHours(5)));
        var shown = (await _database.Get<CabinetService>().CabinetAsync(member)).Payable.Take(2).Select(tile => tile.Period.ToString()).ToArray();
        _database.Clock.Advance(TimeSpan.FromMinutes(2));

        var details = await Payments.IntentAsync(member, await _database.StartAsync(member, shown));

        Assert.Equal(["2026-03", "2026-04"], details.Row.Months.Select(month => month.Period.ToString()));
    }

    [Fact]
    public async Task Start_MonthPaidInAnotherTab_IsRefusedAndNamesIt()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        await _database.ConfirmAsync(await _database.AddCashierAsync(), await _database.StartAsync(member, "2026-03"));
        Assert.Equal("MonthPaid(2026-03)", (await RefusedAsync(() => _database.StartAsync(member, "2026-03"))).ToString());
    }

    [Fact]
    public async Task Start_MonthWaitingInAnotherTab_SaysSinceWhen()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        await _database.StartAsync(member, "2026-03");
        var since = _database.Clock.GetUtcNow().UtcDateTime;
        _database.Clock.Advance(TimeSpan.FromMinutes(7));
        var refusal = await RefusedAsync(() => _database.StartAsync(member, "2026-03", "2026-04"));
        Assert.Equal((Problems.MonthPending, since), (refusal.Code, refusal.Args[1]));
    }

    [Theory]
    [InlineData("2026-02")]
    [InlineData("2027-04")]
    [InlineData("9999-12")]
    public async Task Start_ForgedMonth_IsRefused(string month)
    {
        var member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-03-01");
        Assert.Equal(Problems.MonthNotPayable, (await RefusedAsync(() => _database.StartAsync(member, month))).Code);
    }

    [Fact]
    public async Task Start_ForgedSum_IsRefusedAndNothingIsBooked()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var form = Form("2026-03");
        form.SeenTotal = new Money(1);
        Assert.Equal("AmountChanged(2000 KZT)", (await RefusedAsync(() => Payments.StartAsync(member, form))).ToString());
        Assert.Empty(await Payments.HistoryAsync(member));
    }

    [Fact]
    public async Task Start_StaffWithoutDues_IsRefused()
    {
        var cashier = await _database.AddCashierAsync();
        Assert.Equal(Problems.MonthNotPayable, (await RefusedAsync(() => _database.StartAsync(cashier, "2026-03"))).Code);
    }

    [Fact]
    public async Task Claim_Twice_IsOneStepInTheLog()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var intentId = await _database.StartAsync(member, "2026-03");
        await Payments.ClaimAsync(member, intentId);
        await Payments.ClaimAsync(member, intentId);
        Assert.Equal(1, await LogAsync(intentId, AuditAction.PaymentClaimed));
    }

    [Fact]
    public async Task Cancel_Twice_IsOneStepAndTheMonthIsFree()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var intentId = await _database.StartAsync(member, "2026-03");
        await Payments.CancelAsync(member, intentId);
        await Payments.CancelAsync(member, intentId);
        Assert.Equal(1, await LogAsync(intentId, AuditAction.PaymentCancelled));
        Assert.NotEqual(intentId, await _database.StartAsync(member, "2026-03"));
    }

    [Fact]
    public async Task Cancel_AlreadyConfirmed_IsRefused()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var intentId = await _database.StartAsync(member, "2026-03");
        await _database.ConfirmAsync(await _database.AddCashierAsync(), intentId);
        Assert.Equal(Problems.AlreadyDecided, (await RefusedAsync(() => Payments.CancelAsync(member, intentId))).Code);
    }

    [Fact]
    public async Task Attach_SameFileTwice_IsOneReceiptAndOneFile()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var intentId = await _database.StartAsync(member, "2026-03");
        var first = await _database.AttachAsync(member, intentId, Pdf);
        Assert.Equal(first, await _database.AttachAsync(member, intentId, Pdf, "копия.pdf"));
        Assert.Single(_database.Files());
        Assert.NotNull((await Payments.IntentAsync(member, intentId)).Row.ClaimedAt);
        var file = await Payments.ReceiptAsync(member, first);
        Assert.Equal(("чек.pdf", "application/pdf"), (file.FileName, file.ContentType));
    }

    [Theory]
    [InlineData("", Problems.FileEmpty)]
    [InlineData("<html><script>alert(1)</script>", Problems.FileWrongKind)]
    [InlineData("GIF89a", Problems.FileWrongKind)]
    public async Task Attach_WhatIsNoReceipt_IsRefusedAndLeavesNoFile(string content, string problem)
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var intentId = await _database.StartAsync(member, "2026-03");
        Assert.Equal(problem, (await RefusedAsync(() => _database.AttachAsync(member, intentId, System.Text.Encoding.UTF8.GetBytes(content), "чек.pdf"))).Code);
        Assert.Empty(_database.Files());
    }

    [Fact]
    public async Task Attach_TenMegabytes_IsTakenAndOneByteMoreIsNot()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var intentId = await _database.StartAsync(member, "2026-03");
        var large = new byte[ReceiptRules.MaxBytes + 1];
        Pdf.CopyTo(large, 0);
        Assert.Equal(Problems.FileTooLarge, (await RefusedAsync(() => _database.AttachAsync(member, intentId, large))).Code);
        Assert.Empty(_database.Files());
        await _database.AttachAsync(member, intentId, large[..^1]);
        Assert.Single(_database.Files());
    }

    [Fact]
    public async Task Attach_ToADecidedIntent_IsRefusedAndLeavesNoFile()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var intentId = await _database.StartAsync(member, "2026-03");
        await _database.ConfirmAsync(await _database.AddCashierAsync(), intentId);
        Assert.Equal(Problems.AlreadyDecided, (await RefusedAsync(() => _database.AttachAsync(member, intentId, Pdf))).Code);
        Assert.Empty(_database.Files());
    }

    [Fact]
    public async Task Remove_AReceipt_TakesItsFileAway()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var intentId = await _database.StartAsync(member, "2026-03");
        var receiptId = await _database.AttachAsync(member, intentId, Pdf);
        await Payments.RemoveReceiptAsync(member, intentId, receiptId);
        Assert.Empty(_database.Files());
        await NotFoundAsync(() => Payments.ReceiptAsync(member, receiptId));
    }

    [Fact]
    public async Task Lapse_AfterFourteenDays_TakesOnlyWhatNobodyClaimed()
    {
        var member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-03-01");
        var forgotten = await _database.StartAsync(member, "2026-03");
        var claimed = await _database.StartAsync(member, "2026-04");
        await Payments.ClaimAsync(member, claimed);
        _database.Clock.Advance(TimeSpan.FromDays(14));
        Assert.Equal(0, await Payments.LapseAsync());
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Payments.LapseAsync());
        Assert.Equal(0, await Payments.LapseAsync());

        var rows = (await Payments.HistoryAsync(member)).ToDictionary(row => row.IntentId);
        Assert.Equal((PaymentStatus.Rejected, Reasons.Lapsed), (rows[forgotten].Status, rows[forgotten].Reason));
        Assert.Equal(PaymentStatus.Pending, rows[claimed].Status);
        Assert.Equal(1, await LogAsync(forgotten, AuditAction.PaymentLapsed));
    }

    private async Task<int> LogAsync(Guid intentId, AuditAction action)
    {
        await using var context = _database.Context();
        return await context.AuditEntries.CountAsync(entry => entry.EntityId == intentId && entry.Action == action);
    }
}
