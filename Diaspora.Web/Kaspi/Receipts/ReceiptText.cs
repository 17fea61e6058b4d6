using System.Text.RegularExpressions;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Statements;

namespace Diaspora.Web.Kaspi.Receipts;

/// <summary>A receipt's facts by the labels they stand beside or above.</summary>
internal static partial class ReceiptText
{
    private const int LongestName = 200;

    /// <returns>Nothing where there is neither the number of a receipt nor a fiscal sign.</returns>
    public static ReadReceipt? Read(IReadOnlyList<string> rows)
    {
        var sale = Find(rows, Sale());
        var number = sale ?? Find(rows, Transfer());
        var fiscal = Find(rows, Fiscal());
        if (number is null && fiscal is null)
        {
            return null;
        }

        var when = rows.Select(row => When().Match(row)).FirstOrDefault(match => match.Success);
        DateOnly? day = null;
        TimeOnly? time = null;
        if (when is not null && Cells.TryDay(when.Value, out var on, out var at))
        {
            (day, time) = (on, at);
        }

        var sum = rows.Select(row => Sum().Match(row)).FirstOrDefault(match => match.Success);
        return new ReadReceipt(
            number, fiscal, sum is not null && Cells.TrySum(sum.Groups[1].Value, out var tiyn) && tiyn > 0 ? tiyn : null, day, time, PayerOf(rows), Find(rows, Seller()), number is not null && sale is null);
    }

    /// <summary>The value stands beside its label, or in the row below.</summary>
    private static string? Find(IReadOnlyList<string> rows, Regex label)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            if ((label.Match(rows[row]) is { Success: true } match ? match : row + 1 < rows.Count ? label.Match($"{rows[row]} {rows[row + 1]}") : Match.Empty) is { Success: true } found)
            {
                return found.Groups[1].Value;
            }
        }

        return null;
    }

    private static string PayerOf(IReadOnlyList<string> rows)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            if (Payer().Match(rows[row]) is { Success: true } match)
            {
                var name = match.Groups[1].Value.Trim();
                name = name.Length == 0 && row + 1 < rows.Count ? rows[row + 1].Trim() : name;
                return name.Length > LongestName || name.AsSpan().ContainsAnyInRange('0', '9') ? "" : name;
            }
        }

        return "";
    }

    [GeneratedRegex(@"№\s*чека\s*:?\s*QR\s*(\d{4,24})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Sale();

    [GeneratedRegex(@"квитанции\s*:?\s*№?\s*(\d{4,24})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Transfer();

    [GeneratedRegex(@"\bФП\s*:?\s*(\d{4,24})\b")]
    private static partial Regex Fiscal();

    [GeneratedRegex(@"^(\d[\d ]{0,14}(?:,\d\d)?)\s*₸$")]
    private static partial Regex Sum();

    [GeneratedRegex(@"\d\d\.\d\d\.\d{4}\s+\d\d:\d\d(?::\d\d)?")]
    private static partial Regex When();

    [GeneratedRegex(@"^(?:ФИО\s+покупателя|Отправитель)\s*:?(.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Payer();

    [GeneratedRegex(@"(?:ИИН/БИН|БИН/ИИН|БИН|ИИН)\s+продавца\s*:?\s*(\d{12})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Seller();
}
