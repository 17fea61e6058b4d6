using System.Globalization;
using System.Text.RegularExpressions;

namespace Diaspora.Domain.Import;

/// <summary>
/// Months and days as people and programs write them: <c>2025-01</c>, <c>01.2025</c>, «янв.25», «Январь 2025», «қаңтар 2025», «Взнос за май 2025 г.», «5 марта 2024 г.».
/// </summary>
public static partial class ImportMonths
{
    private static readonly string[] Romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

    /// <summary>Reads a text that says a month and nothing more; of a day its month.</summary>
    public static bool TryRead(string? text, out Period month)
    {
        month = default;
        var typed = Clock().Replace(Said(text), "");
        typed = MonthWords.OfDues().Replace(typed, " ").Spaced().Trim(' ', ':', ',', '-', '–', '—');
        var found = FirstOf(typed, YearFirst(), MonthFirst(), WordFirst(), WordLast(), RomanFirst());
        if (!found.Success || YearOf(found.Groups["year"].Value) is not { } year || MonthOf(found) is not { } number)
        {
            return false;
        }

        month = new Period(year, number);
        return true;
    }

    /// <summary>The month of a text that says a month without its year and nothing more: «Март», «мар.», «взнос за март».</summary>
    public static int? Bare(string? text) => Alone(text) is var typed && BareWord().IsMatch(typed) ? MonthWords.Of(typed) : null;

    /// <summary>The month of a text that may be one: <c>III</c>, <c>3</c>, <c>03</c>. A row that numbers the columns has these too.</summary>
    public static int? Numbered(string? text) => Alone(text) is var typed && NumberAlone().IsMatch(typed) && int.Parse(typed, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var number ? number : RomanOf(typed);

    /// <summary>The year of a text that says a year and nothing more: «2026», «Взносы 2026 г.».</summary>
    public static int? YearAlone(string? text) => YearOnly().Match(Alone(text)) is { Success: true } found ? YearOf(found.Groups["year"].Value) : null;

    /// <summary>The one year that a title or a sheet's name speaks of; a whole date says when the list was made, not what of.</summary>
    public static int? YearOfTitle(string? text) =>
        Years4().Matches(DateInTitle().Replace(Said(text), " ")).Select(year => YearOf(year.Value)).OfType<int>().Distinct().ToList() is [var one] ? one : null;

    /// <summary>«1 полугодие», «II квартал», «Членские взносы»: it stands over months and says nothing of them.</summary>
    public static bool IsPartOfYear(string? text) => Alone(text) is var typed && (typed.Length == 0 || PartOfYear().IsMatch(typed));

    private static string Alone(string? text) => MonthWords.OfDues().Replace(Said(text), " ").Spaced().Trim(' ', '.', ':', ',', '-', '–', '—');

    private static int? RomanOf(string typed) => Array.IndexOf(Romans, typed.Replace('х', 'x').Replace('і', 'i').Replace('ı', 'i')) is >= 0 and var place ? place + 1 : null;

    /// <summary>Whether a head speaks of a month, whatever else it says.</summary>
    /// <param name="month">Which one, where it is plain.</param>
    public static bool Mentions(string? head, out Period? month)
    {
        var typed = Said(head);
        var words = Words().Matches(typed).Select(word => word.Value).ToList();
        var named = words.Select(MonthWords.Of).OfType<int>().Distinct().ToList();
        var years = Years().Matches(typed).Select(year => YearOf(year.Value)).OfType<int>().Distinct().ToList();
        month = named is [var one] && years is [var year] ? new Period(year, one) : null;
        var numbers = Numbers().Matches(typed).Where(found => MonthOf(found) is not null && YearOf(found.Groups["year"].Value) is not null).ToList();
        if (named.Count == 0 && numbers is [var number])
        {
            month = new Period(YearOf(number.Groups["year"].Value)!.Value, MonthOf(number)!.Value);
        }

        return numbers.Count > 0 || (years.Count > 0 ? words.Exists(MonthWords.Resembles) : words.Exists(word => (words.Count == 1 ? MonthWords.Of(word) : MonthWords.OfWhole(word)) is not null));
    }

    /// <summary>What a head says beside its month: columns of one kind say the same.</summary>
    public static string BesideMonth(string? head) =>
        string.Join(' ', Words().Matches(MonthWords.OfDues().Replace(Said(head), " ")).Select(word => word.Value).Where(word => MonthWords.Of(word) is null && !OfYear().IsMatch(word)));

    /// <summary>Reads a day, or a month as its first day.</summary>
    /// <returns>What is wrong with it; nothing when it was read.</returns>
    public static Problem? ReadDay(string? text, out DateOnly day)
    {
        var typed = Dated(text);
        var slashed = Slashed().Match(typed);
        if (slashed.Success && Number(slashed, "a") is <= 12 and var a && Number(slashed, "b") is <= 12 and var b && a != b)
        {
            // 03/04/2025 is the third of April here and the fourth of March over there.
            day = default;
            return new Problem(Problems.ImportDayAmbiguous, typed);
        }

        if (DateOnly.TryParseExact(typed, ["yyyy-MM-dd", "d.M.yyyy", "d.M.yy", "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "yyyy.M.d", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            || TryReadNamed(typed, out day))
        {
            return null;
        }

        if (!Day().IsMatch(typed) && TryRead(typed, out var month))
        {
            day = month.FirstDay;
            return null;
        }

        return new Problem(Problems.ImportDayUnknown, Said(text));
    }

    /// <summary>Whether it is a whole day, whatever the order of its parts.</summary>
    public static bool IsDay(string text) =>
        text.Any(char.IsAsciiDigit) && Dated(text) is var typed && (Slashed().IsMatch(typed) || TryReadNamed(typed, out _) || (Day().IsMatch(typed) && ReadDay(typed, out _) is null));

    private static string Said(string? text) => text.Spaced().Replace('ı', 'i');

    /// <summary>Without the time of day, without quotes, and without the word for a year at the end.</summary>
    private static string Dated(string? text) => Year().Replace(Clock().Replace(Said(text), ""), "").Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);

    private static bool TryReadNamed(string typed, out DateOnly day)
    {
        day = default;
        var found = FirstOf(typed, DayFirst(), NameFirst(), DayLast());
        if (!found.Success || YearOf(found.Groups["year"].Value) is not { } year || MonthWords.Of(found.Groups["word"].Value) is not { } month
            || Number(found, "day") is var number && (number < 1 || number > DateTime.DaysInMonth(year, month)))
        {
            return false;
        }

        day = new DateOnly(year, month, number);
        return true;
    }

    private static Match FirstOf(string typed, params Regex[] ways) => Array.Find(ways, way => way.IsMatch(typed))?.Match(typed) ?? Match.Empty;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static int? YearOf(string text) => int.Parse(text, CultureInfo.InvariantCulture) is var year && text.Length == 2 ? 2000 + year : year is >= 2000 and <= 2099 ? year : null;

    private static int? MonthOf(Match match) =>
        match.Groups["month"].Success ? Number(match, "month") is >= 1 and <= 12 and var number ? number : null
        : match.Groups["roman"].Success ? RomanOf(match.Groups["roman"].Value)
        : MonthWords.Of(match.Groups["word"].Value) ?? RomanOf(match.Groups["word"].Value);

    [GeneratedRegex(@"^(?<roman>[ivxхі]{1,4}) ?[-./ ’'] ?(?<year>\d{4}|\d{2})(?: ?(?:г|год|ж|жыл)\.?)?$")]
    private static partial Regex RomanFirst();

    [GeneratedRegex(@"^\p{L}{3,12}$")]
    private static partial Regex BareWord();

    [GeneratedRegex(@"^(?:[1-4ivі]{1,3}(?:-?[йыое]{1,2})? ?)?(?:полугодие|квартал|кв\.?|п/г|тоқсан|жартыжылдық|rüb|yarimil|месяцы|айлар|aylar|по месяцам)$")]
    private static partial Regex PartOfYear();

    [GeneratedRegex(@"^\d{1,2}$")]
    private static partial Regex NumberAlone();

    [GeneratedRegex(@"^(?<year>20\d{2}) ?-?(?:г|год|года|ж|жыл|жылы|жылғы|il|ci il|cü il|cu il|cı il|yil|yili|year)?\.?$")]
    private static partial Regex YearOnly();

    /// <summary>«2000 тг» is a sum.</summary>
    [GeneratedRegex(@"(?<!\d)20(?!00)\d{2}(?!\d| ?(?:₸|тг|тенге|теңге|kzt))")]
    private static partial Regex Years4();

    [GeneratedRegex(@"\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{4}-\d{2}-\d{2}|[«""]?\d{1,2}[»""]? \p{L}{3,12}\.? \d{4}")]
    private static partial Regex DateInTitle();

    [GeneratedRegex(@"^(?<year>\d{4}) ?[-./ ] ?(?<month>\d{1,2})(?:[-./]\d{1,2})?$")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?:\d{1,2}[-./])?(?<month>\d{1,2}) ?[-./ ] ?(?<year>\d{4}|\d{2})(?: ?(?:г|год|ж|жыл)\.?)?$")]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"^(?<word>\p{L}{3,12})\.?[-–—'’/,. ]{0,3}(?<year>\d{4}|\d{2})(?: ?(?:г|год|года|ж|жыл|жылы|il|yil)\.?)?$")]
    private static partial Regex WordFirst();

    [GeneratedRegex(@"^(?<year>\d{4})(?: ?(?:г|год|ж|жыл|жылғы|жылы|il|ilin|yil)\.?)?[-–—'’/,. ]{1,3}(?<word>\p{L}{3,12})\.?$")]
    private static partial Regex WordLast();

    [GeneratedRegex(@"^(?<day>\d{1,2})[ -](?<word>\p{L}{3,12})\.?,? ?(?<year>\d{4}|\d{2})$")]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^(?<word>\p{L}{3,12})\.? (?<day>\d{1,2}),? (?<year>\d{4})$")]
    private static partial Regex NameFirst();

    [GeneratedRegex(@"^(?<year>\d{4}) ?(?:г|год|года|ж|жыл|жылғы|жылы|il|ilin)?\.?,? (?<day>\d{1,2})[ -](?<word>\p{L}{3,12})\.?$")]
    private static partial Regex DayLast();

    [GeneratedRegex(@"^(?<a>\d{1,2})/(?<b>\d{1,2})/\d{4}$")]
    private static partial Regex Slashed();

    [GeneratedRegex(@"^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2}))$")]
    private static partial Regex Day();

    /// <summary>A time at the end, as programs write a day: <c>2024-03-05 00:00:00</c>.</summary>
    [GeneratedRegex(@"(?<=\d)(?: |t| в )\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?z?$")]
    private static partial Regex Clock();

    /// <summary>«2024 г.»</summary>
    [GeneratedRegex(@"(?<=\d) ?-?(?:г|год|года|ж|жыл|жылы|жылғы|il|ci il|cü il|cu il|cı il|yil|yili)\.?$")]
    private static partial Regex Year();

    [GeneratedRegex(@"^(?:г|год|года|ж|жыл|жылғы|жылы|il|ilin|yil)$")]
    private static partial Regex OfYear();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<!\d)(?:\d{4}|\d{2})(?!\d)")]
    private static partial Regex Years();

    /// <summary>A month in figures anywhere: <c>05.2025</c>, <c>2025-05</c>, <c>01.05.2025</c>, <c>05.25</c>.</summary>
    [GeneratedRegex(@"(?<![\d.])(?:(?:\d{1,2}[-./])?(?<month>\d{1,2})[-./](?<year>\d{4}|\d{2})|(?<year>\d{4})[-./](?<month>\d{1,2})(?:[-./]\d{1,2})?)(?!\d)")]
    private static partial Regex Numbers();
}
