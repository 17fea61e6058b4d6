using System.Globalization;
using System.Text.RegularExpressions;

namespace Diaspora.Domain.Kernel;

/// <summary>A whole number as people type and paste it, a sum in tenge too: <c>2 000</c>, <c>2000,00 ₸</c>, <c>2.000 тг</c>.</summary>
public static partial class WholeNumber
{
    public static bool TryRead(string? text, out long number)
    {
        number = 0;
        return Sum().Match(text.Spaced()) is { Success: true } sum
            && long.TryParse(string.Concat(sum.Groups["whole"].Value.Where(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Grouped by three or not at all, so that two numbers side by side are none. Perhaps with the currency, perhaps with zero tiyn; a fraction is no whole number, and «2 т» may be two
    /// thousand. Only our own digits: a number of two scripts would be read in part.</summary>
    [GeneratedRegex(@"^(?:₸ ?)?(?<whole>[0-9]{1,3}(?:[ .,'’][0-9]{3})+|[0-9]+)(?:[.,]0{1,2})? ?(?:₸|тг\.?|тенге|теңге|kzt)?$")]
    private static partial Regex Sum();
}
