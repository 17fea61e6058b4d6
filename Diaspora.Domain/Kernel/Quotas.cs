namespace Diaspora.Domain.Kernel;

/// <summary>What one person may do only so often within an hour: each costs room, work or somebody's attention.</summary>
public enum Quota
{
    /// <summary>A receipt or a spreadsheet sent.</summary>
    Upload,

    /// <summary>A file of members, payments or a report fetched.</summary>
    Export,

    /// <summary>A payment begun.</summary>
    Start,

    /// <summary>A payment cancelled by its own payer.</summary>
    Cancel,
}

/// <summary>How often within an hour.</summary>
public sealed record QuotaLimits(int Upload = 200, int Export = 60, int Start = 30, int Cancel = 30)
{
    public int Of(Quota quota) => quota switch
    {
        Quota.Upload => Upload,
        Quota.Export => Export,
        Quota.Start => Start,
        _ => Cancel,
    };
}

/// <summary>
/// Counts by person and hour of the clock, in memory: after a restart everybody begins anew, and what is kept is no more than who did something within this hour.
/// </summary>
public sealed class Quotas(QuotaLimits limits, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Member, Quota What), int> _spent = [];
    private long _hour;

    /// <summary>Until the next hour begins.</summary>
    public static int MinutesLeft(TimeProvider clock) => 60 - clock.GetUtcNow().Minute;

    /// <returns>The same actor, who may go on.</returns>
    /// <exception cref="DomainException">As much as an hour allows was done already; the sentence says when there is a new one.</exception>
    public Actor Spend(Actor actor, Quota what)
    {
        var hour = clock.GetUtcNow().Ticks / TimeSpan.TicksPerHour;
        lock (_lock)
        {
            if (hour != _hour)
            {
                _hour = hour;
                _spent.Clear();
            }

            // Who is nobody is refused by the verb itself.
            var key = (actor.MemberId ?? Guid.Empty, what);
            var spent = _spent.GetValueOrDefault(key);
            if (spent >= limits.Of(what))
            {
                throw new DomainException(Problems.QuotaSpent, MinutesLeft(clock));
            }

            _spent[key] = spent + 1;
        }

        return actor;
    }
}
