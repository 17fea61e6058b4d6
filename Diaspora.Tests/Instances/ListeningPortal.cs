using System.Collections.Concurrent;
using Diaspora.Data.Operations;
using Diaspora.Tests.Storage;
using Diaspora.Web.Shell.Live;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diaspora.Tests.Instances;

/// <summary>What a portal hears from itself and from others, and what it logs of it.</summary>
internal sealed class ListeningPortal : IAsyncDisposable, ILogger<RedisFeed>
{
    private readonly ConcurrentQueue<Change> _heard = new();
    private readonly ConcurrentQueue<string> _log = new();

    private ListeningPortal(TestDatabase database, string name, string redis)
    {
        Portals = database.PortalNamed(name);
        var options = new RedisOptions { ConnectionString = redis }.Parse()!;
        Feed = new RedisFeed(new ChangeFeed(NullLogger<ChangeFeed>.Instance), options, Portals, database.Clock, this);
        Feed.Subscribe<Change>(_heard.Enqueue);
    }

    public RedisFeed Feed { get; }

    public Portals Portals { get; }

    public IReadOnlyList<Change> Heard => [.. _heard];

    public IReadOnlyList<string> Logged => [.. _log];

    /// <summary>How often it was told to read everything anew.</summary>
    public int Missed => _heard.OfType<AnnouncementsMissed>().Count();

    public static async Task<ListeningPortal> StartAsync(TestDatabase database, string name, string redis)
    {
        var portal = new ListeningPortal(database, name, redis);
        await portal.Portals.EnterAsync(isShared: true);
        await portal.Feed.StartAsync(CancellationToken.None);
        return portal;
    }

    public Task HearsAsync(Change change) => Until.TrueAsync(() => _heard.Contains(change));

    public void Clear() => _heard.Clear();

    public async Task<HealthStatus> HealthAsync() => (await new RedisCheck(Feed).CheckHealthAsync(new HealthCheckContext())).Status;

    public async ValueTask DisposeAsync()
    {
        await Feed.StopAsync(CancellationToken.None);
        Feed.Dispose();
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _log.Enqueue(formatter(state, exception));
}
