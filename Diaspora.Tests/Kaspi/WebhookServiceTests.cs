using System.Text;
using Diaspora.Domain.Kaspi;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Kaspi;

/// <summary>Calls that are kept are worked off, whatever happens between.</summary>
public sealed class WebhookServiceTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _member = null!;

    private WebhookService Webhooks => _database.Get<WebhookService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _member = await _database.AddAsync("Алиев Рашад");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Store_TheSameBodyAgain_IsOne()
    {
        Assert.True(await StoreAsync("one"));
        Assert.False(await StoreAsync("one"));
        Assert.True(await StoreAsync("two"));
        Assert.Equal(2, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task Work_AfterARestart_FindsWhatWasKept()
    {
        var (_, order) = await _database.AskedAsync(_member, "2026-03");
        await StoreAsync("paid");
        var restarted = await _database.AnotherAsync();

        Assert.Equal(0, await restarted.Get<WebhookService>().WorkAsync((_, _) => BankSetup.Paid(order, 42, 2000)));

        Assert.Equal("2026-03 Confirmed", await _database.MonthsAsync(_member));
        Assert.Equal((1, null), (Assert.Single(await EventsAsync()).Attempts, Assert.Single(await EventsAsync()).Problem));
    }

    [Fact]
    public async Task Work_WhatSaysNothingOfABillOfOurs_IsFinishedWithANote()
    {
        await StoreAsync("of a subscription");
        await StoreAsync("of somebody else's bill");
        Assert.Equal(0, await Webhooks.WorkAsync((_, body) => body == "of a subscription" ? null : BankSetup.Paid("nobody's", 1, 2000)));
        Assert.Equal(["of a bill that was not asked for", "of no bill"], (await EventsAsync()).Select(call => call.Problem).Order());
        Assert.All(await EventsAsync(), call => Assert.NotNull(call.WorkedAt));
    }

    [Fact]
    public async Task Work_WhereOneFails_DoesTheOthersAndTriesItAgain()
    {
        var (_, order) = await _database.AskedAsync(_member, "2026-03");
        await StoreAsync("broken");
        await StoreAsync("paid");
        Assert.Equal(1, await Webhooks.WorkAsync((_, body) => body == "paid" ? BankSetup.Paid(order, 42, 2000) : throw new InvalidOperationException()));
        Assert.Equal("2026-03 Confirmed", await _database.MonthsAsync(_member));
        Assert.Equal(nameof(InvalidOperationException), (await EventsAsync()).Single(call => call.WorkedAt is null).Problem);

        Assert.Equal(0, await Webhooks.WorkAsync((_, _) => null));
        Assert.All(await EventsAsync(), call => Assert.NotNull(call.WorkedAt));
    }

    [Fact]
    public async Task Work_MoreThanOneRound_LeavesNothing_AndWhatFailsKeepsNothingElseWaiting()
    {
        for (var call = 0; call < 405; call++)
        {
            await StoreAsync($"{(call < 200 ? "broken" : "fine")} {call}");
        }

        Assert.Equal(200, await Webhooks.WorkAsync((_, body) => body.StartsWith("broken", StringComparison.Ordinal) ? throw new InvalidOperationException() : null));

        Assert.Equal(205, (await EventsAsync()).Count(call => call.WorkedAt is not null));
    }

    private Task<bool> StoreAsync(string body) => Webhooks.StoreAsync("apipay", Encoding.UTF8.GetBytes(body), body);

    private async Task<List<WebhookEvent>> EventsAsync()
    {
        await using var context = _database.Context();
        return await context.Set<WebhookEvent>().ToListAsync();
    }
}
