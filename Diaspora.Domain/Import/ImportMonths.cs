using System.Globalization;
using System.Text.RegularExpressions;

namespace Diaspora.Domain.Import;

/// <summary>
/// Months and days as people write them: <c>2025-01</c>, <c>01.2025</c>, «янв.25», «Январь 2025», «қаңтар 2025», «Взнос за май 2025 г.».
/// </summary>
public static partial class ImportMonths
{
    /// <summary>Where a month's name begins, in Russian, Kazakh, Azerbaijani and English.</summary>
    private static readonly (string Stem, int Month)[] Stems =
    [
        ("янв", 1), ("фев", 2), ("мар", 3), ("апр", 4), ("май", 5), ("мая", 5), ("июн", 6), ("июл", 7), ("авг", 8), ("сен", 9), ("окт", 10), ("ноя", 11), ("дек", 12),
        ("қаң", 1), ("ақп", 2), ("нау", 3), ("сәу", 4), ("мам", 5), ("мау", 6), ("шіл", 7), ("там", 8), ("қыр", 9), ("қаз", 10), ("қар", 11), ("жел", 12),
        ("yan", 1), ("fev", 2), ("mar", 3), ("apr", 4), ("may", 5), ("iyun", 6), ("iyul", 7), ("avq", 8), ("sen", 9), ("okt", 10), ("noy", 11), ("dek", 12),
        ("jan", 1), ("feb", 2), ("jun", 6), ("jul", 7), ("aug", 8), ("sep", 9), ("oct", 10), ("nov", 11), ("dec", 12),
    ];

    /// <summary>Reads a month; of a day its month.</summary>
    public static bool TryRead(string? text, out Period month)
    {
        month = default;
        var typed = Tidy(text);
        var found = YearFirst().Match(typed) is { Success: true } first ? first
            : MonthFirst().Match(typed) is { Success: true } second ? second
            : WordFirst().Match(typed) is { Success: true } third ? third
            : WordLast().Match(typed);
        if (!found.Success || YearOf(found.Groups["year"].Value) is not { } year || MonthOf(found) is not { } number)
        {
            return false;
        }

        month = new Period(year, number);
        return true;
    }

    /// <summary>Reads a day, or a month as its first day.</summary>
    /// <returns>What is wrong with it; nothing when it was read.</returns>
    public static Problem? ReadDay(string? text, out DateOnly day)
    {
        var typed = Tidy(text);
        var slashed = Slashed().Match(typed);
        if (slashed.Success && Number(slashed, "a") is <= 12 and var a && Number(slashed, "b") is <= 12 and var b && a != b)
        {
            // 03/04/2025 is the third of April here and the fourth of March over there.
            day = default;
            return new Problem(Problems.ImportDayAmbiguous, typed);
        }

        if (DateOnly.TryParseExact(typed, ["yyyy-MM-dd", "d.M.yyyy", "d.M.yy", "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "yyyy.M.d", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return null;
        }

        if (!Day().IsMatch(typed) && TryRead(typed, out var month))
        {
            day = month.FirstDay;
            return null;
        }

        return new Problem(Problems.ImportDayUnknown, typed);
    }

    /// <summary>Whether it is a whole day, whatever the order of its parts.</summary>
    public static bool IsDay(string text) => Day().IsMatch(Tidy(text)) && (Slashed().IsMatch(Tidy(text)) || ReadDay(text, out _) is null);

    private static string Tidy(string? text) => string.Join(' ', (text ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static int? YearOf(string text) => int.Parse(text, CultureInfo.InvariantCulture) is var year && text.Length == 2 ? 2000 + year : year is >= 2000 and <= 2099 ? year : null;

    private static int? MonthOf(Match match)
    {
        if (match.Groups["month"].Success)
        {
            return Number(match, "month") is >= 1 and <= 12 and var number ? number : null;
        }

        var word = match.Groups["word"].Value;
        var known = Array.Find(Stems, stem => word.StartsWith(stem.Stem, StringComparison.Ordinal));
        return known.Stem is null ? null : known.Month;
    }

    [GeneratedRegex(@"^(?<year>\d{4}) ?[-./ ] ?(?<month>\d{1,2})(?:[-./]\d{1,2})?$")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?:\d{1,2}[-./])?(?<month>\d{1,2}) ?[-./ ] ?(?<year>\d{4}|\d{2})(?: ?(?:г|год|ж|жыл)\.?)?$")]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"^(?:[\p{L} ]{1,40} )?(?<word>\p{L}{3,12})\.?[-–—'’/,. ]{0,3}(?<year>\d{4}|\d{2})(?: ?(?:г|год|года|ж|жыл|жылы|il)\.?)?$")]
    private static partial Regex WordFirst();

    [GeneratedRegex(@"^(?<year>\d{4})(?: ?(?:г|год|ж|жыл|il)\.?)?[-–—'’/,. ]{1,3}(?<word>\p{L}{3,12})\.?$")]
    private static partial Regex WordLast();

    [GeneratedRegex(@"^(?<a>\d{1,2})/(?<b>\d{1,2})/\d{4}$")]
    private static partial Regex Slashed();

    [GeneratedRegex(@"^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2}))$")]
    private static partial Regex Day();
}
