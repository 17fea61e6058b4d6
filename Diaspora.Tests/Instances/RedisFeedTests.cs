using Diaspora.Domain.Members;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Storage;
using Diaspora.Web.Shell.Live;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Diaspora.Tests.Instances;

/// <summary>Two portals over one database and a real Redis, on a clock that moves when a test says so.</summary>
public sealed class RedisFeedTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly List<ListeningPortal> _all = [];
    private RedisServer? _redis;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _all)
        {
            await one.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Publish_OnOne_IsHeardOnTheOtherAndNotTwiceOnItself()
    {
        var (north, south) = await StartTwoAsync();
        var (first, second) = (Edited(), Edited());

        north.Feed.Publish(first);
        Assert.Contains(first, north.Heard);
        await south.HearsAsync(first);

        // Redis keeps the order: when the answer is here, the echo has been.
        south.Feed.Publish(second);
        await north.HearsAsync(second);
        Assert.Equal([first, second], north.Heard.OfType<MemberChanged>());
        Assert.Equal([first, second], south.Heard.OfType<MemberChanged>());
        Assert.Equal(HealthStatus.Healthy, await north.HealthAsync());
    }

    [Fact]
    public async Task Hear_WhatIsNoMessage_IsLoggedAndTheNextIsHeard()
    {
        var (north, south) = await StartTwoAsync();
        var channel = RedisChannel.Literal($"diaspora:{await north.Portals.DatabaseAsync():N}");
        await using var stranger = await ConnectionMultiplexer.ConnectAsync(_redis!.ConnectionString);
        foreach (var text in (string[])["secret words", "{\"v\":9,\"from\":\"7e771260-0000-7000-8000-000000000001\"}", ""])
        {
            Assert.Equal(2, await stranger.GetSubscriber().PublishAsync(channel, text));
        }

        var change = Edited();
        south.Feed.Publish(change);
        await north.HearsAsync(change);
        Assert.Equal(3, north.Logged.Count(line => line.StartsWith("A message over Redis was ignored", StringComparison.Ordinal)));
        Assert.DoesNotContain(north.Logged, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kill_RedisAndBringItBack_ReadsEveryFiveSecondsInBetweenAndThenOnceMore()
    {
        var (north, south) = await StartTwoAsync();
        await _redis!.KillAsync();
        await Until.TrueAsync(() => !north.Feed.IsHearing && !south.Feed.IsHearing);
        Assert.Equal(HealthStatus.Degraded, await north.HealthAsync());

        // What is committed meanwhile is told here all the same, and to the other by reading anew.
        var alone = Edited();
        north.Feed.Publish(alone);
        Assert.Contains(alone, north.Heard);
        for (var round = 0; round < 3; round++)
        {
            north.Clear();
            south.Clear();
            _database.Clock.Advance(RedisFeed.Interval);
            await Until.TrueAsync(() => north.Missed > 0 && south.Missed > 0);
            Assert.Equal((1, 1), (north.Missed, south.Missed));
        }

        north.Clear();
        south.Clear();
        await _redis.BeginAsync();
        await Until.TrueAsync(() => north.Feed.IsHearing && south.Feed.IsHearing && north.Missed > 0 && south.Missed > 0);
        var after = Edited();
        north.Feed.Publish(after);
        await south.HearsAsync(after);

        // And it is over: the next look finds everybody, and says nothing.
        _database.Clock.Advance(RedisFeed.Interval);
        await Until.TrueAsync(() => north.Feed is { Unheard.Count: 0, IsHearing: true } && south.Feed is { Unheard.Count: 0, IsHearing: true });
        Assert.Equal((HealthStatus.Healthy, HealthStatus.Healthy), (await north.HealthAsync(), await south.HealthAsync()));
    }

    [Fact]
    public async Task Start_WithoutRedis_WorksDegradedUntilItComes()
    {
        _redis = await RedisServer.StartAsync();
        await _redis.KillAsync();
        var (north, south) = (await StartAsync("north"), await StartAsync("south"));
        await Until.TrueAsync(() => south.Missed > 0);
        _database.Clock.Advance(RedisFeed.Interval);
        await Until.TrueAsync(() => north.Missed > 0);
        Assert.Equal(HealthStatus.Degraded, await north.HealthAsync());

        await _redis.BeginAsync();
        await Until.TrueAsync(() => north.Feed.IsHearing && south.Feed.IsHearing);
        var change = Edited();
        north.Feed.Publish(change);
        await south.HearsAsync(change);
    }

    [Fact]
    public async Task Lose_RedisWhereNobodyElseIs_ReadsNothingAnew()
    {
        _redis = await RedisServer.StartAsync();
        var (north, leaves) = (await StartAsync("north"), (await _database.AnotherAsync()).PortalNamed("leaves"));
        await leaves.EnterAsync(isShared: true);
        await Until.TrueAsync(() => north.Feed.IsHearing);
        await _redis.KillAsync();
        await Until.TrueAsync(() => !north.Feed.IsHearing);
        _database.Clock.Advance(RedisFeed.Interval);
        await Until.TrueAsync(() => north.Feed.Unheard.Count == 1);

        await leaves.LeaveAsync();
        north.Clear();
        _database.Clock.Advance(RedisFeed.Interval);
        await Until.TrueAsync(() => north.Feed.Unheard.Count == 0);
        Assert.Equal(0, north.Missed);
        Assert.Equal(HealthStatus.Degraded, await north.HealthAsync());
    }

    [Fact]
    public async Task Meet_APortalThatDoesNotSpeak_ReadsEveryFiveSecondsAndSaysSo()
    {
        _redis = await RedisServer.StartAsync();
        var north = await StartAsync("north");
        await Until.TrueAsync(() => north.Feed.IsHearing);
        var mute = (await _database.AnotherAsync()).PortalNamed("mute");
        await mute.EnterAsync(isShared: true);
        for (var round = 0; round < 2; round++)
        {
            north.Clear();
            _database.Clock.Advance(RedisFeed.Interval);
            await Until.TrueAsync(() => north.Missed > 0);
        }

        Assert.Equal([mute.Name], north.Feed.Unheard);
        Assert.Equal(HealthStatus.Degraded, await north.HealthAsync());

        await mute.LeaveAsync();
        _database.Clock.Advance(RedisFeed.Interval);
        await Until.TrueAsync(() => north.Feed.Unheard.Count == 0 && north.Feed.IsHearing);
        Assert.Equal(HealthStatus.Healthy, await north.HealthAsync());
    }

    [Theory]
    [InlineData(",")]
    [InlineData("redis://somebody:secret@host")]
    [InlineData("localhost:port")]
    [InlineData("localhost,password=secret,ssl=maybe")]
    [InlineData("localhost:99999999")]
    public void Read_WhatIsNoConnectionString_IsRefusedByItsKeyWithoutRepeatingIt(string text)
    {
        var refused = Assert.Single(new RedisOptionsValidator().Validate(null, new RedisOptions { ConnectionString = text }).Failures!);
        Assert.StartsWith("Redis:ConnectionString ", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused, StringComparison.Ordinal);
    }

    private static MemberChanged Edited() => new(Guid.NewGuid());

    private async Task<(ListeningPortal North, ListeningPortal South)> StartTwoAsync()
    {
        _redis = await RedisServer.StartAsync();
        var (north, south) = (await StartAsync("north"), await StartAsync("south"));
        await Until.TrueAsync(() => north.Feed.IsHearing && south.Feed.IsHearing);

        // Each has heard the other, and been told to read anew for it, before a test begins.
        var (one, two) = (Edited(), Edited());
        north.Feed.Publish(one);
        await south.HearsAsync(one);
        south.Feed.Publish(two);
        await north.HearsAsync(two);
        _database.Clock.Advance(RedisFeed.Interval);
        await Until.TrueAsync(() => north.Feed.Unheard.Count == 0 && south.Feed.Unheard.Count == 0);
        north.Clear();
        south.Clear();
        return (north, south);
    }

    private async Task<ListeningPortal> StartAsync(string name)
    {
        var portal = await ListeningPortal.StartAsync(await _database.AnotherAsync(), name, _redis!.ConnectionString);
        _all.Add(portal);
        return portal;
    }
}
