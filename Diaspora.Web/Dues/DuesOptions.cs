using Diaspora.Domain.Dues;
using Diaspora.Domain.Settings;

namespace Diaspora.Web.Dues;

/// <summary>
/// The section <c>Dues</c> of the configuration: what the settings of the portal begin with, and the time zone. A wrong value stops the
/// start with a sentence that names the key.
/// </summary>
public sealed class DuesOptions
{
    public const string Section = "Dues";

    /// <summary>Whole tenge.</summary>
    public long Fee { get; set; } = 2000;

    public int DeadlineDay { get; set; } = 10;

    public int MonthsAhead { get; set; } = 12;

    public int LapseAfterDays { get; set; } = 14;

    public string TimeZone { get; set; } = "Asia/Almaty";

    /// <returns>A sentence for each value no rule can work with.</returns>
    public IEnumerable<string> Faults()
    {
        (bool IsGood, string Key, string Wanted)[] all =
        [
            (SettingsLimits.Fee.Has(Fee), nameof(Fee), "a whole number of tenge, 1 to 10 000 000"),
            (SettingsLimits.DeadlineDay.Has(DeadlineDay), nameof(DeadlineDay), "a day of the month, 1 to 31"),
            (SettingsLimits.MonthsAhead.Has(MonthsAhead), nameof(MonthsAhead), "a number of months, 0 to 36"),
            (SettingsLimits.LapseAfterDays.Has(LapseAfterDays), nameof(LapseAfterDays), "a number of days, 1 to 365"),
            (TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _), nameof(TimeZone), "the name of a time zone, such as Asia/Almaty"),
        ];
        return from one in all where !one.IsGood select $"The setting {Section}:{one.Key} must be {one.Wanted}.";
    }

    /// <summary>Of values without a fault.</summary>
    public DuesRules ToRules() => new(FeeSchedule.Always(new Money(Fee)), DeadlineDay, MonthsAhead, LapseAfterDays, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
}
