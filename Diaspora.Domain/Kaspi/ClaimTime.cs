namespace Diaspora.Domain.Kaspi;

/// <summary>How near a transfer is to a claim: it is mostly made between the start of a claim and «Я оплатил(а)», sometimes hours or days before or after.</summary>
/// <param name="Points">How much likelier this time is for the claim's money than any time of three weeks, in decibels.</param>
/// <param name="Gap">How far apart they are; before nought where the money came first.</param>
/// <param name="HasTime">Whether the gap is more than days.</param>
internal readonly record struct ClaimTime(double Points, TimeSpan Gap, bool HasTime)
{
    /// <summary>Claimed and sent in one go.</summary>
    public bool IsInOneGo => Points >= Near;

    /// <summary>What is said of it, where it says something.</summary>
    public MatchReason? Reason =>
        !HasTime ? Gap == TimeSpan.Zero ? new MatchReason(MatchReasons.SameDay) : null
        : Gap == TimeSpan.Zero ? new MatchReason(MatchReasons.Between)
        : Gap.Duration() > HalfADay ? null
        : new MatchReason(Gap < TimeSpan.Zero ? MatchReasons.Before : MatchReasons.After, (int)Math.Round(Gap.Duration().TotalMinutes));

    /// <summary>Sent while it was claimed, give or take some minutes of two clocks.</summary>
    public bool IsAtOnce => IsInOneGo && Gap.Duration() <= ClocksDiffer;

    /// <summary>Sent between the start of a claim and «Я оплатил(а)», made in one go.</summary>
    public bool IsBetween => IsInOneGo && Gap == TimeSpan.Zero;

    public bool IsOfTheseDays => Points >= ADay;

    /// <summary>Few claims are in the making at any one minute.</summary>
    private const double Within = 33;
    private const double Near = 30;
    private const double ADay = 2;
    private static readonly TimeSpan AQuarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan OneGo = TimeSpan.FromHours(2);
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SomeMinutes = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);
    private static readonly TimeSpan HalfADay = TimeSpan.FromHours(12);

    public static ClaimTime Of(MatchClaim claim, DateOnly on, TimeOnly? at) => at is { } time ? OfMoment(claim, on.ToDateTime(time)) : OfDay(claim, on);

    private static ClaimTime OfMoment(MatchClaim claim, DateTime moment)
    {
        var claimed = claim.ClaimedAt ?? claim.CreatedAt;
        var (before, after) = (claim.CreatedAt - moment, moment - claimed);
        if (before <= TimeSpan.Zero && after <= TimeSpan.Zero && claimed - claim.CreatedAt <= OneGo)
        {
            return new ClaimTime(claimed - claim.CreatedAt <= AQuarter ? Within : Near, TimeSpan.Zero, true);
        }

        // Whoever claims long after the start has paid near the one or near the other.
        var (fromStart, fromClaim) = (moment - claim.CreatedAt, moment - claimed);
        var near = fromClaim.Duration() <= fromStart.Duration() ? fromClaim : fromStart;
        return new ClaimTime(PointsOf(near.Duration()), near, true);
    }

    private static double PointsOf(TimeSpan gap) =>
        gap <= SomeMinutes ? Near : gap <= AnHour ? 21 : gap <= HalfADay ? 7 : gap <= TimeSpan.FromHours(36) ? ADay : gap <= TimeSpan.FromDays(4) ? -4 : gap <= TimeSpan.FromDays(14) ? -12 : -20;

    private static ClaimTime OfDay(MatchClaim claim, DateOnly on)
    {
        var days = Math.Min(Math.Abs(on.DayNumber - DayOf(claim.CreatedAt)), claim.ClaimedAt is { } claimed ? Math.Abs(on.DayNumber - DayOf(claimed)) : int.MaxValue);
        return new ClaimTime(days switch { 0 => 12, 1 => ADay, <= 4 => -4, <= 14 => -12, _ => -20 }, TimeSpan.FromDays(days), false);
    }

    private static int DayOf(DateTime moment) => DateOnly.FromDateTime(moment).DayNumber;
}
