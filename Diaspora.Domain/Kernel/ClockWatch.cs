namespace Diaspora.Domain.Kernel;

/// <summary>The clock does not say what it should.</summary>
/// <param name="Expected">By what was seen before, UTC.</param>
/// <param name="Found">What it says instead, UTC.</param>
/// <param name="Until">Until when nothing is deleted, by that clock; it goes on earlier where the clock is put right.</param>
public sealed record ClockJump(DateTime Expected, DateTime Found, DateTime Until);

/// <summary>A time that is not believed yet, kept over restarts.</summary>
/// <param name="Since">When it was first seen, by that clock, UTC.</param>
/// <param name="Seen">When it was seen last, by that clock, UTC.</param>
public sealed record ClockDoubt(DateTime Since, DateTime Seen);

/// <summary>
/// A clock that is a year ahead would let everything lapse at once. One that jumps by more than a day is not believed for a day, so that somebody can put it right; then it is
/// taken for true, because a portal that was off for a week sees the same.
/// </summary>
public sealed class ClockWatch(TimeProvider clock)
{
    /// <summary>So much may it be off, and so long is it not believed.</summary>
    public static TimeSpan Most { get; } = TimeSpan.FromDays(1);

    private readonly Lock _turn = new();
    private Reading? _trusted;
    private Reading? _jumped;
    private DateTime _since;

    public ClockJump? Jump { get; private set; }

    /// <summary>What has to be remembered while the time is not believed.</summary>
    public ClockDoubt? Doubt { get; private set; }

    /// <param name="lastSeen">The last time that was believed, by this portal or one before it, UTC; none at the very first.</param>
    /// <param name="doubt">What a portal before this one did not believe: its time goes on counting, so that a restart each night does not hold everything for good.</param>
    /// <returns>The time that is believed now, UTC, to be remembered; nothing while it is not.</returns>
    public DateTime? Look(DateTime? lastSeen, ClockDoubt? doubt = null)
    {
        lock (_turn)
        {
            var now = new Reading(clock.GetUtcNow().UtcDateTime, clock.GetTimestamp());
            if (_trusted is null && doubt is not null && (now.At - doubt.Seen).Duration() <= Most)
            {
                (_jumped, _since) = (now, doubt.Since);
            }

            var trusted = _trusted ??= lastSeen is { } seen ? now with { At = seen } : now;
            if (IsNear(trusted, now) || (_jumped is { } jumped && IsNear(jumped, now) && Expected(jumped, now) - _since >= Most))
            {
                (_trusted, _jumped, Jump, Doubt) = (now, null, null, null);
                return now.At;
            }

            if (_jumped is not { } before || !IsNear(before, now))
            {
                (_jumped, _since, Jump) = (now, now.At, null);
            }

            Jump ??= new ClockJump(Expected(trusted, now), now.At, _since + Most);
            Doubt = new ClockDoubt(_since, now.At);
            return null;
        }
    }

    /// <summary>What the clock should say now: the stopwatch of the machine cannot be put forward or back.</summary>
    private DateTime Expected(Reading earlier, Reading now) => earlier.At + clock.GetElapsedTime(earlier.Stamp, now.Stamp);

    private bool IsNear(Reading earlier, Reading now) => (now.At - Expected(earlier, now)).Duration() <= Most;

    private readonly record struct Reading(DateTime At, long Stamp);
}
