using System.Globalization;
using System.Text.RegularExpressions;

namespace Diaspora.Domain.Import;

/// <summary>What a month's cell says.</summary>
/// <param name="Amount">The sum where one is written; else the fee of the month is meant.</param>
public readonly partial record struct ImportMark(bool IsPaid, Money? Amount)
{
    private const long MostTenge = 100_000_000;

    private static readonly HashSet<string> Paid = new(StringComparer.Ordinal)
    {
        "да", "иә", "ия", "bəli", "hə", "yes", "+", "✓", "✔", "☑", "true", "истина", "оплачено", "оплачен", "оплатил", "оплатила", "төленді", "төледі", "ödənilib", "paid",
    };

    private static readonly HashSet<string> NotPaid = new(StringComparer.Ordinal)
    {
        "", "-", "–", "—", "нет", "жоқ", "yox", "no", "false", "ложь", "не оплачено", "не оплатил", "не оплатила", "төленбеді", "ödənilməyib",
    };

    /// <returns>What is wrong with the cell; nothing when it was read.</returns>
    public static Problem? Read(string? text, out ImportMark mark)
    {
        var typed = string.Join(' ', (text ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var isPaid = Paid.Contains(typed) || ImportMonths.IsDay(typed);
        mark = new ImportMark(isPaid, null);
        if (isPaid || NotPaid.Contains(typed))
        {
            return null;
        }

        if (Sum().Match(typed) is not { Success: true } sum
            || !long.TryParse(string.Concat(sum.Groups["whole"].Value.Where(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out var tenge)
            || tenge > MostTenge)
        {
            return new Problem(Problems.ImportMarkUnknown, text?.Trim() ?? "");
        }

        mark = tenge == 0 ? default : new ImportMark(true, new Money(tenge));
        return null;
    }

    /// <summary>Whole tenge, grouped by three or not at all, perhaps with zero tiyn: <c>2 000</c>, <c>2000,00 ₸</c>, <c>2.000 тг</c>.</summary>
    [GeneratedRegex(@"^\+?(?<whole>\d{1,3}(?:[ .,']\d{3})+|\d{1,9})(?:[.,]0{1,2})? ?(?:₸|тг\.?|тенге|теңге|kzt|т\.?)?$")]
    private static partial Regex Sum();
}
