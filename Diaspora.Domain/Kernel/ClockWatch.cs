namespace Diaspora.Domain.Kernel;

/// <summary>The clock does not say what it should.</summary>
/// <param name="Expected">By what was seen before, UTC.</param>
/// <param name="Found">What it says instead, UTC.</param>
/// <param name="Until">Until when nothing is deleted, by that clock; it goes on earlier where the clock is put right.</param>
public sealed record ClockJump(DateTime Expected, DateTime Found, DateTime Until);

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

    public ClockJump? Jump { get; private set; }

    /// <param name="lastSeen">The last time that was believed, by this portal or one before it, UTC; none at the very first.</param>
    /// <returns>The time that is believed now, UTC, to be remembered; nothing while it is not.</returns>
    public DateTime? Look(DateTime? lastSeen)
    {
        lock (_turn)
        {
            var now = new Reading(clock.GetUtcNow().UtcDateTime, clock.GetTimestamp());
            var trusted = _trusted ??= lastSeen is { } seen ? now with { At = seen } : now;
            if (IsNear(trusted, now) || (_jumped is { } jumped && IsNear(jumped, now) && clock.GetElapsedTime(jumped.Stamp, now.Stamp) >= Most))
            {
                (_trusted, _jumped, Jump) = (now, null, null);
                return now.At;
            }

            if (_jumped is not { } before || !IsNear(before, now))
            {
                _jumped = now;
                Jump = new ClockJump(Expected(trusted, now), now.At, now.At + Most);
            }

            return null;
        }
    }

    /// <summary>What the clock should say now: the stopwatch of the machine cannot be put forward or back.</summary>
    private DateTime Expected(Reading earlier, Reading now) => earlier.At + clock.GetElapsedTime(earlier.Stamp, now.Stamp);

    private bool IsNear(Reading earlier, Reading now) => (now.At - Expected(earlier, now)).Duration() <= Most;

    private readonly record struct Reading(DateTime At, long Stamp);
}
