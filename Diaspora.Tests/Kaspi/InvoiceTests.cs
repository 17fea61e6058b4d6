using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Kaspi;

/// <summary>What an aggregator says of bills, in whatever order and however often it says so.</summary>
public sealed class InvoiceTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _member = null!;

    private InvoiceService Invoices => _database.Get<InvoiceService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _member = await _database.AddAsync("Алиев Рашад");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Begin_ForANewIntent_IsAskedForOnce()
    {
        var intentId = await _database.StartAsync(_member, "2026-03", "2026-04");
        var ask = await Invoices.BeginAsync("apipay", intentId);
        Assert.Equal((intentId.ToString("N"), new Money(4000)), (ask!.Order, ask.Amount));
        Assert.Matches("^87[0-9]{9}$", ask.Phone);
        Assert.Null(await Invoices.BeginAsync("apipay", intentId));
    }

    [Fact]
    public async Task Begin_ForWhatIsClaimedOrOld_AsksForNothing()
    {
        var claimed = await _database.StartAsync(_member, "2026-03");
        await _database.Get<PaymentService>().ClaimAsync(_member, claimed);
        Assert.Null(await Invoices.BeginAsync("apipay", claimed));
        var old = await _database.StartAsync(_member, "2026-04");
        _database.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(await Invoices.BeginAsync("apipay", old));
        Assert.Null(await Invoices.BeginAsync("apipay", Guid.NewGuid()));
    }

    [Fact]
    public async Task Note_PaidTwiceAndThenOlderNews_BooksOnceAndStaysPaid()
    {
        var (_, order) = await _database.AskedAsync(_member, "2026-03");
        Assert.True(await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2000)));
        Assert.True(await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2000)));
        Assert.True(await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2000) with { State = InvoiceState.Open }));
        Assert.True(await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2000) with { State = InvoiceState.Closed }));
        Assert.Equal("2026-03 Confirmed", await _database.MonthsAsync(_member));
        Assert.Equal((1, 1), await _database.EvidenceAsync());
        await using var context = _database.Context();
        Assert.Equal(InvoiceState.Paid, (await context.Set<Invoice>().SingleAsync()).State);
    }

    [Fact]
    public async Task Note_FirstWithoutTheNumberOfTheBill_IsTheSameMoney()
    {
        var (_, order) = await _database.AskedAsync(_member, "2026-03");
        await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2000) with { Number = null });
        await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2000));
        Assert.Equal("2026-03 Confirmed", await _database.MonthsAsync(_member));
        Assert.Equal((1, 1), await _database.EvidenceAsync());
    }

    [Fact]
    public async Task Note_PaidAfterTheIntentWasCancelled_PaysTheOldestMonths()
    {
        var (intentId, order) = await _database.AskedAsync(_member, "2026-05");
        await _database.Get<PaymentService>().CancelAsync(_member, intentId);
        await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2000) with { State = InvoiceState.Closed });
        await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2500));
        Assert.Equal("2026-03 Confirmed, 2026-05 Rejected", await _database.MonthsAsync(_member));
        Assert.Equal(500, await _database.CreditAsync(_member));
    }

    [Fact]
    public async Task Note_AnotherSum_SettlesTheIntent()
    {
        var (_, order) = await _database.AskedAsync(_member, "2026-03", "2026-04");
        await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2300));
        Assert.Equal("2026-03 Confirmed, 2026-04 Rejected", await _database.MonthsAsync(_member));
        Assert.Equal(300, await _database.CreditAsync(_member));
    }

    [Fact]
    public async Task Note_WhatACashierConfirmedMeanwhile_ProvesItAndBooksNothingMore()
    {
        var (intentId, order) = await _database.AskedAsync(_member, "2026-03");
        await _database.ConfirmAsync(await _database.AddCashierAsync(), intentId);
        await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2000));
        Assert.Equal("2026-03 Confirmed", await _database.MonthsAsync(_member));
        Assert.Equal((1, 1), await _database.EvidenceAsync());
    }

    [Fact]
    public async Task Note_WhatTheBanksOwnCallHasPaid_IsOtherMoney()
    {
        var (_, order) = await _database.AskedAsync(_member, "2026-03");
        await _database.PayAsync(1, await _database.NumberOfAsync(_member), "2000.00");
        await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2000));
        Assert.Equal("2026-03 Confirmed, 2026-04 Confirmed", await _database.MonthsAsync(_member));
    }

    [Fact]
    public async Task Note_OfABillNobodyAskedFor_IsTold()
    {
        Assert.False(await Invoices.NoteAsync("apipay", BankSetup.Paid("nobody's", 42, 2000)));
        Assert.Equal((0, 0), await _database.EvidenceAsync());
    }

    [Fact]
    public async Task Due_AsTimeGoesBy_IsAskedAfterLessAndLess()
    {
        var (_, order) = await _database.AskedAsync(_member, "2026-03");
        List<int> minutes = [];
        for (var minute = 1; minute <= 120; minute++)
        {
            _database.Clock.Advance(TimeSpan.FromMinutes(1));
            if ((await Invoices.DueAsync("apipay", TimeSpan.FromMinutes(1), 100)).Any())
            {
                minutes.Add(minute);
                await Invoices.NoteAsync("apipay", BankSetup.Paid(order, 42, 2000) with { State = InvoiceState.Open });
            }
        }

        Assert.Equal([1, 2, 3, 4, 5], minutes[..5]);
        Assert.InRange(minutes.Count, 15, 25);
        _database.Clock.Advance(TimeSpan.FromDays(15));
        Assert.Empty(await Invoices.DueAsync("apipay", TimeSpan.FromMinutes(1), 100));
    }
}
