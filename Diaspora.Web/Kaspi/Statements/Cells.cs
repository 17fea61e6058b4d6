using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Diaspora.Web.Kaspi.Statements;

/// <summary>Reads days, times and sums as people and banks write them. What could be read in two ways is not read.</summary>
internal static partial class Cells
{
    /// <summary>More than any bank moves in one line: what is larger is a number of something else.</summary>
    private const decimal MostTenge = 1_000_000_000_000;

    private static readonly string[] Days =
        ["d.M.yyyy", "d.M.yy", "yyyy-M-d", "d/M/yyyy", "d-M-yyyy", "d/M/yy", "yyyy.M.d", "yyyy/M/d", "yyyyMMdd"];

    private static readonly string[] Times = ["H:m:s", "H:m", "H:m:s.FFF"];

    /// <summary>For comparing words of banks: capitals, ё, the two letters ә, and how wide a space is, mean nothing.</summary>
    public static string Fold(string text) =>
        string.Join(' ', text.Visible().Small(NormalizationForm.FormKC).Replace('ё', 'е').Replace('ə', 'ә').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A day, and the time where it stands beside it.</summary>
    public static bool TryDay(string text, out DateOnly day, out TimeOnly? time)
    {
        time = null;
        var parts = text.Trim().TrimEnd('Z').Split([' ', 'T', ','], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        day = default;
        if (parts.Length == 0 || !DateOnly.TryParseExact(parts[0], Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) || day.Year is < 2000 or > 2100)
        {
            return false;
        }

        if (parts.Length == 1)
        {
            return true;
        }

        var isTime = TryTime(parts[1], out var at);
        time = isTime ? at : null;
        return isTime;
    }

    public static bool TryTime(string text, out TimeOnly time)
    {
        var written = text.Trim();

        // A spreadsheet keeps a time as a part of a day.
        if (double.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part) && part is >= 0 and < 1)
        {
            time = new TimeOnly((long)Math.Round(part * 86400) % 86400 * TimeSpan.TicksPerSecond);
            return true;
        }

        // One that was given a style of its own has the first day of the calendar before it.
        var begin = written.LastIndexOf(' ') + 1;
        return TimeOnly.TryParseExact(written[begin..], Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>In tiyn, with its sign.</summary>
    public static bool TrySum(string text, out long tiyn)
    {
        tiyn = 0;
        var match = Sum().Match(Fold(text).Replace('−', '-').Replace('–', '-').Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal));
        if (!match.Success || !TryNumber(match.Groups["number"].Value, out var tenge) || tenge > MostTenge)
        {
            return false;
        }

        var isNegative = match.Groups["sign"].Value == "-" || match.Groups["after"].Value == "-" || match.Groups["open"].Success;
        tiyn = (long)Math.Round(tenge * 100, MidpointRounding.AwayFromZero) * (isNegative ? -1 : 1);
        return true;
    }

    private static bool TryNumber(string number, out decimal value)
    {
        value = 0;
        var point = number.LastIndexOfAny(['.', ',']);
        if (point < 0)
        {
            return number.Length <= 13 && decimal.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        }

        var whole = number[..point];
        var rest = number[(point + 1)..];
        var separator = whole.Contains('.', StringComparison.Ordinal) ? '.' : ',';
        if (rest.Length == 3 && (number[point] == ',' || whole.Contains(number[point], StringComparison.Ordinal)) && Thousands().IsMatch(number) && number.Count(sign => sign is '.' or ',') == number.Count(sign => sign == number[point]))
        {
            return decimal.TryParse(number.Replace(number[point..(point + 1)], "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out value);
        }

        if (whole.AsSpan().ContainsAny('.', ',') && (separator == number[point] || !Thousands().IsMatch(whole)))
        {
            return false;
        }

        // Three decimals may be thousands as well. More are what a spreadsheet makes of a sum with tiyn.
        var digits = whole.Replace(separator.ToString(), "", StringComparison.Ordinal);
        return rest.Length is not (0 or 3) && digits.Length is > 0 and <= 13
            && decimal.TryParse($"{digits}.{rest}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
            && Math.Abs(value - Math.Round(value, 2)) < 0.0001m;
    }

    [GeneratedRegex(@"^(?<open>\()?(?<sign>[+-]?)(?:₸|kzt|тг)?(?<number>\d[\d.,]{0,30})(?:₸|тг\.?|т\.?|t|kzt|тенге|теңге|tenge)?(?<after>[+-]?)(?(open)\))$", RegexOptions.ExplicitCapture)]
    private static partial Regex Sum();

    [GeneratedRegex(@"^\d{1,3}(?:[.,]\d{3})+$")]
    private static partial Regex Thousands();
}
