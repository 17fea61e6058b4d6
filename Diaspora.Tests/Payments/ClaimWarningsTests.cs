using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Payments;

/// <summary>What makes a cashier look twice stands on the row, with its reason, and can be filtered.</summary>
public sealed class ClaimWarningsTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Warn_OfAnOlderMonth_NamesTheOldest()
    {
        var intent = await StartAsync("Алиев Рашад", "2025-12-05", "2026-03");

        var warning = Assert.Single(await WarningsAsync(intent));
        Assert.Equal((ClaimWarning.OlderOwed, new Period(2025, 12)), (warning.Kind, warning.Month));
        Assert.Empty(await WarningsAsync(await StartAsync("Мамедова Айгюн", "2026-02-05", "2026-02", "2026-03")));
    }

    [Fact]
    public async Task Warn_OfManyMonths_CountsThem()
    {
        var intent = await StartAsync("Алиев Рашад", "2025-10-05", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03");

        Assert.Equal([new RowWarning(ClaimWarning.ManyMonths) { Months = 6 }], await WarningsAsync(intent));
    }

    [Fact]
    public async Task Warn_OfASecondIntent_NamesTheFirstUntilItIsDecided()
    {
        var member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-02-05");
        var first = await _database.StartAsync(member, "2026-02");
        await _database.Get<PaymentService>().ClaimAsync(member, first);
        var second = await _database.StartAsync(member, "2026-03", "2026-04");

        Assert.Equal((ClaimWarning.SecondIntent, first), Assert.Single(await WarningsAsync(second)) is var told ? (told.Kind, told.IntentId!.Value) : default);
        await _database.ConfirmAsync(_cashier, first);
        Assert.Empty(await WarningsAsync(second));
    }

    [Fact]
    public async Task Warn_OfTheSameSumAndNameTwiceToday_AlsoWhereTheFirstIsConfirmed()
    {
        var first = await ClaimAsync("Алиев Рашад");
        await _database.ConfirmAsync(_cashier, first);
        var twice = await ClaimAsync("Алиев Рашад");

        Assert.Equal((ClaimWarning.SaidTwice, first), Assert.Single(await WarningsAsync(twice)) is var told ? (told.Kind, told.IntentId!.Value) : default);
        Assert.Empty(await WarningsAsync(await ClaimAsync("Алиева Рашида")));
        _database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await WarningsAsync(twice));
    }

    [Fact]
    public async Task Warn_OfAReceipt_SaysWhatItSays()
    {
        var other = await AttachedAsync("Мамедова Айгюн");
        var intent = await AttachedAsync("Алиев Рашад");
        var read = new ReadReceipt("7712345678", null, 400_000, new DateOnly(2026, 3, 1), new TimeOnly(11, 40), "Фарид Г.", null, IsTransfer: false);
        foreach (var unread in await _database.Get<ReceiptReadingService>().UnreadAsync(10))
        {
            await _database.Get<ReceiptReadingService>().NoteAsync(unread, read);
        }

        var row = (await _database.Get<WatchService>().RowAsync(_cashier, intent)).Row!;
        Assert.Equal([ClaimWarning.ReceiptUsed, ClaimWarning.SumDiffers, ClaimWarning.DayDiffers, ClaimWarning.PayerDiffers], row.Warnings.Select(warning => warning.Kind));
        Assert.Equal((other, 400_000, new DateOnly(2026, 3, 1), "Фарид Г."), (row.UsedIn!.Value, row.Warnings[1].Tiyn, row.Warnings[2].On!.Value, row.Warnings[3].Payer));
        Assert.Empty((await _database.Get<PaymentService>().IntentAsync(new Actor(row.PayerId, null, null), intent)).Row.Warnings);

        await _database.ConfirmAsync(_cashier, intent);
        Assert.Empty(await WarningsAsync(intent));
    }

    [Fact]
    public async Task Filter_WhatNeedsAttention_CountsAndShowsThoseAlone()
    {
        var fine = await ClaimAsync("Мамедова Айгюн");
        var owes = await StartAsync("Алиев Рашад", "2026-01-05", "2026-03");
        var moderation = _database.Get<ModerationService>();

        var all = await moderation.QueueAsync(_cashier, new PaymentFilter());
        Assert.Equal((2, 1), (all.Page.Total, all.Figures.Attention));
        var page = (await moderation.QueueAsync(_cashier, new PaymentFilter { NeedsAttention = true })).Page;
        Assert.Equal((1, owes), (page.Total, Assert.Single(page.Items).IntentId));

        await _database.ConfirmAsync(_cashier, owes);
        Assert.Equal(0, (await moderation.QueueAsync(_cashier, new PaymentFilter())).Figures.Attention);
        Assert.NotEqual(fine, owes);
    }

    [Theory]
    [InlineData(PaymentSort.Sum, false, "Бабаев Вугар, Алиев Рашад, Рзаева Гюнель")]
    [InlineData(PaymentSort.Sum, true, "Рзаева Гюнель, Алиев Рашад, Бабаев Вугар")]
    [InlineData(PaymentSort.Name, false, "Алиев Рашад, Бабаев Вугар, Рзаева Гюнель")]
    [InlineData(PaymentSort.Name, true, "Рзаева Гюнель, Бабаев Вугар, Алиев Рашад")]
    [InlineData(PaymentSort.Waiting, false, "Рзаева Гюнель, Бабаев Вугар, Алиев Рашад")]
    [InlineData(PaymentSort.Waiting, true, "Алиев Рашад, Бабаев Вугар, Рзаева Гюнель")]
    public async Task Sort_TheQueue_ByWaitingSumAndName(PaymentSort sort, bool isReversed, string names)
    {
        await StartAsync("Рзаева Гюнель", "2026-01-05", "2026-01");
        await StartAsync("Бабаев Вугар", "2026-01-05", "2026-01", "2026-02", "2026-03");
        await StartAsync("Алиев Рашад", "2026-01-05", "2026-01", "2026-02");

        var page = (await _database.Get<ModerationService>().QueueAsync(_cashier, new PaymentFilter { Sort = sort, IsReversed = isReversed })).Page;
        Assert.Equal(names, string.Join(", ", page.Items.Select(row => row.PayerName)));
        Assert.Empty((await _database.Get<ModerationService>().QueueAsync(_cashier, new PaymentFilter { Method = PaymentMethod.Manual })).Page.Items);
        Assert.Equal(3, (await _database.Get<ModerationService>().QueueAsync(_cashier, new PaymentFilter { Method = page.Items[0].Method })).Page.Total);
    }

    private async Task<IReadOnlyList<RowWarning>> WarningsAsync(Guid intentId) => (await _database.Get<ModerationService>().IntentAsync(_cashier, intentId)).Row.Warnings;

    private async Task<Guid> StartAsync(string name, string joined, params string[] months)
    {
        var member = await _database.AddAsync(name, joinedOn: joined);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        return await _database.StartAsync(member, months);
    }

    /// <summary>The month that everybody owes, said to be paid.</summary>
    private async Task<Guid> ClaimAsync(string name)
    {
        var member = await _database.AddAsync(name, joinedOn: "2026-03-05");
        var intent = await _database.StartAsync(member, "2026-03");
        await _database.Get<PaymentService>().ClaimAsync(member, intent);
        return intent;
    }

    private async Task<Guid> AttachedAsync(string name)
    {
        var member = await _database.AddAsync(name, joinedOn: "2026-03-05");
        var intent = await _database.StartAsync(member, "2026-03");
        await _database.AttachAsync(member, intent, [.. PaymentSetup.Pdf, .. intent.ToByteArray()]);
        return intent;
    }
}
