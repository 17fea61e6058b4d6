using System.Collections.Concurrent;

namespace Diaspora.Web.Payments.Admin.Queue;

/// <summary>Who has which payment open, at this moment and in this portal. Nothing of it is stored: whoever closes the page has left.</summary>
public sealed class DeskPresence
{
    private readonly ConcurrentDictionary<Guid, Watcher> _desks = [];

    /// <summary>What <see cref="_desks"/> hold, for the rows that ask: fifty at each desk, after each change.</summary>
    private volatile Watcher[] _watchers = [];

    /// <summary>Somebody came to this payment or left it.</summary>
    public event Action<Guid>? Changed;

    /// <param name="desk">The open page.</param>
    /// <param name="intentId">What it shows now; nothing where it shows none, or is closed.</param>
    public void Look(Guid desk, Guid? intentId, Guid memberId, string name)
    {
        Watcher? before = null;
        _desks.TryGetValue(desk, out before);
        if (before?.IntentId == intentId)
        {
            return;
        }

        _ = intentId is { } open ? _desks[desk] = new Watcher(open, memberId, name) : _desks.TryRemove(desk, out _) ? null : before;
        _watchers = [.. _desks.Values];
        foreach (var changed in new[] { before?.IntentId, intentId }.OfType<Guid>())
        {
            Changed?.Invoke(changed);
        }
    }

    /// <summary>The others who have it open, by their first names; nobody meets themselves in another tab.</summary>
    public IReadOnlyList<string> Others(Guid memberId, Guid intentId) =>
        Array.Exists(_watchers, watcher => watcher.IntentId == intentId)
            ? [.. _watchers.Where(watcher => watcher.IntentId == intentId && watcher.MemberId != memberId).Select(watcher => watcher.Name).Distinct().Order(StringComparer.Ordinal)]
            : [];

    private sealed record Watcher(Guid IntentId, Guid MemberId, string Name);
}
