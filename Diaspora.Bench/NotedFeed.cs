using System.Collections.Concurrent;
using System.Diagnostics;

namespace Diaspora.Bench;

/// <summary>Nobody listens here; but a change is published right after its commit, so when that was is known.</summary>
internal sealed class NotedFeed : IChangeFeed
{
    private readonly ConcurrentQueue<(Type Kind, long At)> _noted = new();

    public void Publish(Change change) => _noted.Enqueue((change.GetType(), Stopwatch.GetTimestamp()));

    public IDisposable Subscribe<TChange>(Action<TChange> onChange) where TChange : Change => throw new NotSupportedException("Nobody listens here.");

    /// <summary>When the first such change since <paramref name="from"/> was committed.</summary>
    public long FirstOf<TChange>(long from) where TChange : Change => _noted.First(noted => noted.Kind == typeof(TChange) && noted.At >= from).At;
}
