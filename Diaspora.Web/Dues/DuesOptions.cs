using System.Diagnostics.CodeAnalysis;
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

    /// <exception cref="InvalidOperationException">A value no rule can work with.</exception>
    public DuesRules ToRules()
    {
        Require(SettingsLimits.Fee.Has(Fee), nameof(Fee), "a whole number of tenge, 1 to 10 000 000");
        Require(SettingsLimits.DeadlineDay.Has(DeadlineDay), nameof(DeadlineDay), "a day of the month, 1 to 31");
        Require(SettingsLimits.MonthsAhead.Has(MonthsAhead), nameof(MonthsAhead), "a number of months, 0 to 36");
        Require(SettingsLimits.LapseAfterDays.Has(LapseAfterDays), nameof(LapseAfterDays), "a number of days, 1 to 365");
        Require(TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone), nameof(TimeZone), "the name of a time zone, such as Asia/Almaty");
        return new DuesRules(FeeSchedule.Always(new Money(Fee)), DeadlineDay, MonthsAhead, LapseAfterDays, zone);
    }

    private static void Require([DoesNotReturnIf(false)] bool valid, string key, string wanted)
    {
        if (!valid)
        {
            throw new InvalidOperationException($"The setting {Section}:{key} must be {wanted}.");
        }
    }
}
