using System.Collections.Concurrent;
using Diaspora.Domain.Access;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>
/// What the people before open pages may see. Asked for each change and each page, it is read once and kept for some seconds; whoever is blocked, gets another role or
/// loses a session is read again at once. For what open pages are shown after a change and for all that the members' list reads, never for a verb that changes anything.
/// </summary>
public sealed class HeldRights : IDisposable
{
    /// <summary>As sessions are kept. Other portals tell through the feed whom they changed; while it is broken, all is read again every few seconds.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, (ActingMember? Member, long At)> _kept = [];
    private readonly IDisposable[] _subscriptions;
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private long _changed;

    public HeldRights(IStore store, IChangeFeed feed, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
        _subscriptions =
        [
            feed.Subscribe<MemberChanged>(change => Forget(change.MemberId)), feed.Subscribe<SessionsEnded>(change => Forget(change.MemberId)), feed.Subscribe<AnnouncementsMissed>(_ => ForgetAll()),
        ];
    }

    /// <exception cref="DomainException">As the verbs refuse: nobody is signed in, the member is blocked, or the role does not allow it.</exception>
    public async Task<ActingMember> RequireAsync(Actor actor, Permission permission, CancellationToken cancel = default) =>
        (actor.MemberId is { } id ? await ActingAsync(id, cancel) : null).Require(permission);

    public void Dispose() => Array.ForEach(_subscriptions, subscription => subscription.Dispose());

    private async Task<ActingMember?> ActingAsync(Guid id, CancellationToken cancel)
    {
        if (_kept.TryGetValue(id, out var kept) && _clock.GetElapsedTime(kept.At) < KeptFor)
        {
            return kept.Member;
        }

        var (changed, at) = (Interlocked.Read(ref _changed), _clock.GetTimestamp());
        var member = await _store.ReadAsync(work => work.Access.ActingAsync(id, cancel), cancel);
        _kept[id] = (member, at);

        // Somebody changed while this was read: what was read may be from before.
        if (Interlocked.Read(ref _changed) != changed)
        {
            _kept.TryRemove(id, out _);
        }

        return member;
    }

    private void Forget(Guid memberId)
    {
        Interlocked.Increment(ref _changed);
        _kept.TryRemove(memberId, out _);
    }

    private void ForgetAll()
    {
        Interlocked.Increment(ref _changed);
        _kept.Clear();
    }
}
