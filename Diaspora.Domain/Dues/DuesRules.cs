namespace Diaspora.Domain.Dues;

/// <summary>The association's rules of paying: fees, deadline, time zone. They come from the settings.</summary>
/// <param name="Fees">The fee of each month.</param>
/// <param name="DeadlineDay">The last day to pay a month on time, 1 to 31, clamped to the month's last day.</param>
/// <param name="MonthsAhead">How many months after the current one may be paid.</param>
/// <param name="LapseAfterDays">After how many days an intent nobody claimed lapses.</param>
/// <param name="Zone">Where a month begins at midnight: Asia/Almaty.</param>
public sealed record DuesRules(FeeSchedule Fees, int DeadlineDay, int MonthsAhead, int LapseAfterDays, TimeZoneInfo Zone)
{
    public Money FeeOf(Period period) => Fees.Of(period);

    /// <summary>The local date of a UTC instant.</summary>
    public DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone));

    /// <summary>How long the local day of a UTC instant still lasts.</summary>
    public TimeSpan UntilNextDay(DateTime utc) => TimeZoneInfo.ConvertTimeToUtc(DayOf(utc).AddDays(1).ToDateTime(TimeOnly.MinValue), Zone) - utc;

    public Period PeriodOf(DateTime utc) => Period.Of(DayOf(utc));

    /// <summary>The last day on which the month is paid on time, whoever pays it.</summary>
    public DateOnly DeadlineOf(Period period) => new(period.Year, period.Month, Math.Min(DeadlineDay, period.Days));

    /// <summary>As <see cref="DeadlineOf(Period)"/>, but who joined after the deadline of the joining month has the next month's for it.</summary>
    public DateOnly DeadlineOf(Period period, DateOnly joinedOn) =>
        period == Period.Of(joinedOn) && joinedOn > DeadlineOf(period) ? DeadlineOf(period.Next) : DeadlineOf(period);
}
