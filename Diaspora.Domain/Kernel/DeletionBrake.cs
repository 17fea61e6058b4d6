using System.Collections.Concurrent;

namespace Diaspora.Domain.Kernel;

/// <summary>Things whose deletion a task held back.</summary>
public enum DeletedThing
{
    Receipts,
}

/// <summary>A deletion that did not happen: too much would have gone at once.</summary>
/// <param name="Going">How many would have gone.</param>
/// <param name="All">Of how many.</param>
/// <param name="At">When that was last so.</param>
public sealed record HeldDeletion(DeletedThing Thing, int Going, int All, DateTime At);

/// <summary>
/// What tasks ask before they delete. A few things, or a small part of all, may go; more at once is a sign that the task looks at the wrong
/// database or the wrong clock, so nothing goes and somebody is told, until the figures are right again.
/// </summary>
public sealed class DeletionBrake(TimeProvider clock)
{
    /// <summary>So many may always go.</summary>
    public const int Few = 5;

    /// <summary>And of more, this part in a hundred.</summary>
    public const int Percent = 5;

    private readonly ConcurrentDictionary<DeletedThing, HeldDeletion> _held = new();

    public IReadOnlyList<HeldDeletion> Held => [.. _held.Values.OrderBy(deletion => deletion.Thing)];

    public bool Lets(DeletedThing thing, int going, int all)
    {
        if (going <= Few || going * 100L <= (long)all * Percent)
        {
            _held.TryRemove(thing, out _);
            return true;
        }

        _held[thing] = new HeldDeletion(thing, going, all, clock.GetUtcNow().UtcDateTime);
        return false;
    }
}
