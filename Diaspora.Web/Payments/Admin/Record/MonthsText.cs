using Diaspora.Web.Shared;

namespace Diaspora.Web.Payments.Admin.Record;

/// <summary>Several months in few letters: «Май», «Апр, Май», «Мар–Май», «Дек 2025, Фев».</summary>
public static class MonthsText
{
    /// <summary>From this many months in a row on, only the ends are named.</summary>
    private const int Run = 3;

    /// <param name="thisYear">The year that is not said.</param>
    public static string InGrid(IEnumerable<Period> months, Wording words, int thisYear) => Of(months, period => words.MonthShort(period.Month), thisYear);

    /// <summary>In a sentence: «март–май».</summary>
    public static string InSentence(IEnumerable<Period> months, Wording words, int thisYear) => Of(months, period => words.MonthLower(period.Month), thisYear);

    private static string Of(IEnumerable<Period> months, Func<Period, string> name, int thisYear)
    {
        var parts = new List<string>();
        var sorted = months.Order().ToList();
        for (var start = 0; start < sorted.Count;)
        {
            var end = start;
            while (end + 1 < sorted.Count && sorted[end + 1] == sorted[end].Next)
            {
                end++;
            }

            if (end - start + 1 >= Run)
            {
                parts.Add($"{Named(sorted[start])}–{Named(sorted[end])}");
            }
            else
            {
                parts.AddRange(sorted[start..(end + 1)].Select(Named));
            }

            start = end + 1;
        }

        return string.Join(", ", parts);

        string Named(Period period) => period.Year == thisYear ? name(period) : $"{name(period)}\u00A0{period.Year}";
    }
}
