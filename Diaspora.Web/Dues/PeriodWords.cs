using Diaspora.Domain.Dues;
using Diaspora.Domain.Settings;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Dues;

/// <summary>Months inside sentences. The year is said only when it is not this one.</summary>
public sealed class PeriodWords(IStringLocalizer<DuesTexts> texts, Wording words, CurrentSettings settings, TimeProvider clock)
{
    private const int Named = 3;

    /// <summary>«март», «декабрь 2025»</summary>
    public string In(Period period) => period.Year == settings.Rules.PeriodOf(clock.GetUtcNow().UtcDateTime).Year
        ? words.MonthLower(period.Month)
        : texts["MonthOfYear", words.MonthLower(period.Month), period.Year];

    /// <summary>«март», «март и апрель», «январь, февраль и март», «январь — май», «5 месяцев»</summary>
    public string List(IReadOnlyCollection<Period> periods)
    {
        Period[] ordered = [.. periods.Distinct().Order()];
        return ordered.Length switch
        {
            0 => "",
            1 => In(ordered[0]),
            <= Named => texts["And", string.Join(", ", ordered[..^1].Select(In)), In(ordered[^1])],
            _ when ordered[^1].MonthsSince(ordered[0]) == ordered.Length - 1 => texts["FromTo", In(ordered[0]), In(ordered[^1])],
            _ => words.Months(ordered.Length),
        };
    }

    /// <summary>«март», «март — июнь», «март — без срока». A cancelled span shows only its first month.</summary>
    public string Span(PeriodSpan span) => span switch
    {
        { To: null } => texts["OpenSpan", In(span.From)],
        { To: { } last } when last > span.From => texts["FromTo", In(span.From), In(last)],
        _ => In(span.From),
    };

    /// <summary>As <see cref="List"/>, to begin a line with.</summary>
    public string ListTitled(IReadOnlyCollection<Period> periods)
    {
        var list = List(periods);
        return list.Length == 0 ? list : char.ToUpper(list[0], System.Globalization.CultureInfo.CurrentCulture) + list[1..];
    }
}
