using System.Collections.Concurrent;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;

namespace Diaspora.Data.Accounts;

/// <summary>
/// Whose the session of a request is. A page with all its files and its circuit asks the database once: the answer is kept for some seconds, and thrown
/// away at once when a session of that member ends, in this portal or in another one, and all of them when something of the others may have been missed.
/// </summary>
internal sealed class LiveSessions : IDisposable
{
    /// <summary>Longer than a page takes to load.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    /// <summary>More than load a page at once; what is too much is asked for anew.</summary>
    private const int Most = 2000;

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly IDisposable[] _subscriptions;
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private long _ended;

    public LiveSessions(IStore store, IChangeFeed feed, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
        _subscriptions =
        [
            feed.Subscribe<SessionsEnded>(change => Forget(change.MemberId)), feed.Subscribe<SignedOut>(change => Forget(change.MemberId)),
            feed.Subscribe<MemberChanged>(change => Forget(change.MemberId)), feed.Subscribe<AnnouncementsMissed>(_ => ForgetAll()),
        ];
    }

    /// <returns>Nothing for a session that is no more.</returns>
    public async Task<SessionFacts?> FindAsync(string id, CancellationToken cancel)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        if (_kept.TryGetValue(id, out var kept) && now - kept.ReadAt < KeptFor && !(kept.Facts?.EndsAt <= now))
        {
            return kept.Facts;
        }

        var ended = Interlocked.Read(ref _ended);
        var facts = await ReadAsync(id, cancel);
        if (_kept.Count >= Most)
        {
            _kept.Clear();
        }

        _kept[id] = new Kept(facts, now);

        // Something ended while this was read: what was read may be from before.
        if (Interlocked.Read(ref _ended) != ended)
        {
            _kept.TryRemove(id, out _);
        }

        return facts;
    }

    /// <summary>As the database knows it now.</summary>
    public Task<SessionFacts?> ReadAsync(string id, CancellationToken cancel) => _store.ReadAsync(work => work.Sessions.FindAsync(id, _clock.GetUtcNow().UtcDateTime, cancel), cancel);

    public void Dispose() => Array.ForEach(_subscriptions, subscription => subscription.Dispose());

    private void Forget(Guid memberId)
    {
        Interlocked.Increment(ref _ended);
        foreach (var (id, kept) in _kept)
        {
            if (kept.Facts?.MemberId == memberId)
            {
                _kept.TryRemove(id, out _);
            }
        }
    }

    private void ForgetAll()
    {
        Interlocked.Increment(ref _ended);
        _kept.Clear();
    }

    private sealed record Kept(SessionFacts? Facts, DateTime ReadAt);
}
