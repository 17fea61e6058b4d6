using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Dues;

/// <summary>Exemptions and suspensions: whole months, for a reason, ended early and never deleted.</summary>
public sealed class IntervalsTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _admin = null!;
    private Actor _member = null!;

    private OwedMonthsService Ledger => _database.Get<OwedMonthsService>();

    private Guid MemberId => _member.MemberId!.Value;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _admin = await _database.AddAdminAsync();
        _member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Exempt_MonthsThatWereOwed_AreNoDebtAnyMore()
    {
        await ExemptAsync("2026-01", "2026-02");
        var cabinet = await CabinetAsync();
        Assert.Equal((Money.Zero, Standing.Active), (cabinet.Debt, cabinet.Standing));
        Assert.Equal([MonthState.Exempt, MonthState.Exempt, MonthState.Due], await TilesAsync("2026-01", "2026-02", "2026-03"));
    }

    /// <summary>The payment stays in the queue, and confirmed it pays its month: so whoever exempts the month has to know of it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Add_OverAMonthThatWaits_IsRefusedUntilThatMonthIsAccepted(bool isExemption)
    {
        Task<Guid> AddAsync(MonthIntervalForm form) => isExemption ? Ledger.ExemptAsync(_admin, MemberId, form) : Ledger.SuspendAsync(_admin, MemberId, form);
        await _database.StartAsync(_member, "2026-02");
        var form = Form("2026-02", "2026-04");
        Assert.Equal("IntervalMonthsWaiting", (await WrongAsync(nameof(form.IsAccepted), () => AddAsync(form)))[..21]);

        // Not with a tick alone: what was read is in the form, and what came since was not read.
        form.IsAccepted = true;
        Assert.StartsWith("IntervalMonthsWaiting", await WrongAsync(nameof(form.IsAccepted), () => AddAsync(form)), StringComparison.Ordinal);
        form.Seen = await Ledger.WaitingAsync(_admin, [MemberId], form);
        await _database.StartAsync(_member, "2026-03");
        var refusal = await Assert.ThrowsAsync<FormException>(() => AddAsync(form));
        Assert.Equal([new Period(2026, 2), new Period(2026, 3)], Assert.Single((IReadOnlyList<WaitingMonths>)refusal.Problems[nameof(form.IsAccepted)]!.Args[0]).Months);
        Assert.Empty((await _database.CardAsync(_admin, _member)).Card.Intervals);

        form.Seen = await Ledger.WaitingAsync(_admin, [MemberId], form);
        await AddAsync(form);
        Assert.Equal([MonthState.Pending, MonthState.Pending, isExemption ? MonthState.Exempt : MonthState.Suspended], await TilesAsync("2026-02", "2026-03", "2026-04"));
    }

    /// <summary>Somebody else's months are not this member's.</summary>
    [Fact]
    public async Task Exempt_WithMonthsOfAnotherAccepted_IsRefused()
    {
        var other = await _database.AddAsync("Керимов Анар", joinedOn: "2026-01-01");
        await _database.StartAsync(other, "2026-02");
        await _database.StartAsync(_member, "2026-02");
        var form = Form("2026-02", null);
        (form.Seen, form.IsAccepted) = (await Ledger.WaitingAsync(_admin, [other.MemberId!.Value], form), true);
        Assert.StartsWith("IntervalMonthsWaiting", await WrongAsync(nameof(form.IsAccepted), () => Ledger.ExemptAsync(_admin, MemberId, form)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspend_AMonthThatWaits_IsToldBefore_AndStaysWaiting()
    {
        await _database.StartAsync(_member, "2026-02", "2026-03");
        var form = new MonthIntervalForm { From = new Period(2026, 3), Reason = "в отъезде" };

        var waiting = Assert.Single(await Ledger.WaitingAsync(_admin, [MemberId, _admin.MemberId!.Value], form));
        Assert.Equal("Алиев Рашад", waiting.FullName);
        Assert.Equal([new Period(2026, 3)], waiting.Months);
        Assert.Empty(await Ledger.WaitingAsync(_admin, [MemberId], new MonthIntervalForm { From = new Period(2026, 4), Reason = "в отъезде" }));

        (form.Seen, form.IsAccepted) = ([waiting], true);
        await Ledger.SuspendAsync(_admin, MemberId, form);
        Assert.Equal([MonthState.Pending, MonthState.Suspended], await TilesAsync("2026-03", "2026-04"));
    }

    [Fact]
    public async Task Suspend_FromNowOn_RestsUntilItIsEnded()
    {
        await SuspendAsync("2026-03", null);
        Assert.Equal((new Money(4000), Standing.Suspended), ((await CabinetAsync()).Debt, (await CabinetAsync()).Standing));
        Assert.Equal([MonthState.Overdue, MonthState.Suspended, MonthState.Suspended], await TilesAsync("2026-02", "2026-03", "2030-01"));
    }

    [Theory]
    [InlineData("2026-03", "2026-05")]
    [InlineData("2026-05", "2026-08")]
    [InlineData("2026-01", "2026-04")]
    [InlineData("2026-04", "2026-04")]
    [InlineData("2025-01", null)]
    public async Task Exempt_MonthsOfAnotherExemption_IsRefusedAndNamesIt(string from, string? to)
    {
        await ExemptAsync("2026-04", "2026-05");
        Assert.Equal("ExemptionOverlaps(2026-04)", (await RefusedAsync(() => ExemptAsync(from, to))).ToString());
        Assert.Single((await _database.CardAsync(_admin, _member)).Card.Intervals);
    }

    [Fact]
    public async Task Exempt_RightBeforeAndAfterAnother_IsAllowed()
    {
        await ExemptAsync("2026-04", "2026-05");
        await ExemptAsync("2026-06", null);
        await ExemptAsync("2026-03", "2026-03");
        Assert.Equal("ExemptionOverlaps(2026-06)", (await RefusedAsync(() => ExemptAsync("2031-01", "2031-02"))).ToString());
    }

    [Fact]
    public async Task Suspend_MonthsOfAnotherSuspension_IsRefusedButMayMeetAnExemption()
    {
        await SuspendAsync("2026-04", "2026-05");
        Assert.Equal("SuspensionOverlaps(2026-04)", (await RefusedAsync(() => SuspendAsync("2026-05", "2026-06"))).ToString());
        await ExemptAsync("2026-05", "2026-06");
        Assert.Equal([MonthState.Suspended, MonthState.Exempt, MonthState.Exempt], await TilesAsync("2026-04", "2026-05", "2026-06"));
    }

    [Fact]
    public async Task Exempt_Backwards_IsRefusedInTheForm()
    {
        Assert.Equal("IntervalBackwards", await WrongAsync("To", () => ExemptAsync("2026-04", "2026-03")));
        Assert.Equal("MonthMissing", await WrongAsync("From", () => Ledger.ExemptAsync(_admin, MemberId, new MonthIntervalForm { Reason = "решение совета" })));
        Assert.Equal("ReasonMissing", await WrongAsync("Reason", () => Ledger.SuspendAsync(_admin, MemberId, new MonthIntervalForm { From = new Period(2026, 4), Reason = " " })));
        Assert.Empty((await _database.CardAsync(_admin, _member)).Card.Intervals);
    }

    [Fact]
    public async Task Exempt_AMonthThatIsPaid_IsRefusedAndNamesTheFirst()
    {
        var cashier = await _database.AddCashierAsync();
        await _database.RecordAsync(cashier, Cash(_member, 4000, _member.Of("2026-02", "2026-04")));
        Assert.Equal("IntervalMonthPaid(2026-02)", (await RefusedAsync(() => ExemptAsync("2026-01", null))).ToString());
        Assert.Equal("IntervalMonthPaid(2026-04)", (await RefusedAsync(() => SuspendAsync("2026-03", "2026-04"))).ToString());

        await ExemptAsync("2026-03", "2026-03");
        await _database.RefundAsync(cashier, (await _database.HistoryAsync(_member))[0]);
        await ExemptAsync("2026-01", "2026-02");
        Assert.Equal([MonthState.Exempt, MonthState.Exempt, MonthState.Exempt, MonthState.Prepaid], await TilesAsync("2026-01", "2026-02", "2026-03", "2026-04"));
    }

    [Fact]
    public async Task Exempt_AMonthThatWaitsForADecision_LeavesTheClaimToTheCashier()
    {
        await _database.StartAsync(_member, "2026-02");
        var form = Form("2026-01", "2026-02");
        (form.Seen, form.IsAccepted) = (await Ledger.WaitingAsync(_admin, [MemberId], form), true);
        await Ledger.ExemptAsync(_admin, MemberId, form);
        Assert.Equal([MonthState.Exempt, MonthState.Pending], await TilesAsync("2026-01", "2026-02"));
        Assert.Equal(Money.Zero, (await CabinetAsync()).Debt);
    }

    [Fact]
    public async Task End_Earlier_MakesTheMonthsAfterItOwed()
    {
        var id = await ExemptAsync("2026-01", null);
        await EndAsync(id, "2026-01");
        var cabinet = await CabinetAsync();
        Assert.Equal((new Money(2000), "2026-02", Standing.Overdue), (cabinet.Debt, Assert.Single(cabinet.DebtMonths).Period.ToString(), cabinet.Standing));
        var row = Assert.Single((await _database.CardAsync(_admin, _member)).Card.Intervals);
        Assert.Equal(("2026-01", "Нигяр Керимова", _database.Clock.GetUtcNow().UtcDateTime), (row.To.ToString(), row.EndedBy, row.EndedAt));
        Assert.Equal([AuditAction.MemberExempted, AuditAction.ExemptionEnded], await _database.LogAsync(MemberId));
    }

    [Fact]
    public async Task End_BeforeItBegins_CancelsItAndLetsAnotherBeMade()
    {
        var id = await SuspendAsync("2026-04", "2026-06");
        await EndAsync(id, "2026-02");
        Assert.True(Assert.Single((await _database.CardAsync(_admin, _member)).Card.Intervals).IsCancelled);
        Assert.Equal([MonthState.Ahead], await TilesAsync("2026-04"));
        await SuspendAsync("2026-04", "2026-04");
        Assert.Equal([MonthState.Suspended, MonthState.Ahead], await TilesAsync("2026-04", "2026-05"));
        Assert.Equal([AuditAction.MemberSuspended, AuditAction.SuspensionEnded, AuditAction.MemberSuspended], await _database.LogAsync(MemberId));
    }

    [Fact]
    public async Task End_WhatWasCancelled_IsRefusedAndStillSaysWhoCancelledIt()
    {
        var id = await SuspendAsync("2026-04", "2026-06");
        await EndAsync(id, "2026-03");
        var colleague = await _database.AddAsync("Самир Гасанов", Role.Admin, joinedOn: null);
        var refusal = await RefusedAsync(() => Ledger.EndAsync(colleague, MemberId, id, new EndIntervalForm { Seen = new Period(2026, 3), Last = new Period(2026, 1) }));
        Assert.Equal(Problems.IntervalNotShorter, refusal.Code);
        Assert.Equal("Нигяр Керимова", Assert.Single((await _database.CardAsync(_admin, _member)).Card.Intervals).EndedBy);
    }

    [Theory]
    [InlineData("2026-05")]
    [InlineData("2026-06")]
    public async Task End_LaterOrWhereItEndsAnyway_IsRefused(string last)
    {
        var id = await ExemptAsync("2026-04", "2026-05");
        Assert.Equal("IntervalNotShorter(2026-05)", (await RefusedAsync(() => EndAsync(id, last))).ToString());
        Assert.Null(Assert.Single((await _database.CardAsync(_admin, _member)).Card.Intervals).EndedAt);
    }

    [Fact]
    public async Task End_TheIntervalOfAnotherMember_IsNotFound()
    {
        var id = await ExemptAsync("2026-04", null);
        var other = await _database.AddAsync("Мамедова Севда");
        await NotFoundAsync(() => Ledger.EndAsync(_admin, other.MemberId!.Value, id, new EndIntervalForm { Last = new Period(2026, 4) }));
        Assert.Equal("MonthMissing", await WrongAsync("Last", () => Ledger.EndAsync(_admin, MemberId, id, new EndIntervalForm())));
        Assert.Null(Assert.Single((await _database.CardAsync(_admin, _member)).Card.Intervals).To);
    }

    [Fact]
    public async Task Exempt_ByACashier_IsNotAllowed()
    {
        var cashier = await _database.AddCashierAsync();
        Assert.Equal(Problems.NotAllowed, (await RefusedAsync(() => Ledger.ExemptAsync(cashier, MemberId, new MonthIntervalForm { From = new Period(2026, 4), Reason = "решение совета" }))).Code);
    }

    private Task<Guid> ExemptAsync(string from, string? to) => Ledger.ExemptAsync(_admin, MemberId, Form(from, to));

    private Task<Guid> SuspendAsync(string from, string? to) => Ledger.SuspendAsync(_admin, MemberId, Form(from, to));

    private async Task EndAsync(Guid id, string last) => await Ledger.EndAsync(_admin, MemberId, id, await _database.EndFormAsync(MemberId, id, Period.Parse(last)));

    private static MonthIntervalForm Form(string from, string? to) => new() { From = Period.Parse(from), To = to is null ? null : Period.Parse(to), Reason = "решение совета" };

    private Task<CabinetDetails> CabinetAsync() => _database.Get<CabinetService>().CabinetAsync(_member);

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
