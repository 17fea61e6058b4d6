using System.Globalization;
using System.Text;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Kaspi;

/// <summary>
/// What makes a line the same one when it comes again: in a statement of another period, under another certificate number, in another order. The bank's own number does,
/// where it is one of a kind. Everywhere else the line itself does, and of equal lines the how-manieth it is: a statement has whole days, so equal lines come together.
/// </summary>
public static class StatementIdentity
{
    /// <summary>One for each line, in the order of the lines.</summary>
    public static IReadOnlyList<string> Of(StatementFormat format, string? account, IReadOnlyList<StatementLine> lines)
    {
        var keys = lines.Select(line => KeyOf(format, account, line)).ToList();
        var identities = new string[keys.Count];
        foreach (var equal in Enumerable.Range(0, keys.Count).GroupBy(index => keys[index]))
        {
            // One number twice is one operation in two parts: their days and sums tell them apart, whatever the order of the file.
            var ordinal = 0;
            foreach (var index in equal.OrderBy(index => lines[index].On).ThenBy(index => lines[index].At).ThenBy(index => lines[index].Tiyn))
            {
                identities[index] = $"{equal.Key}|{ordinal++}";
            }
        }

        return identities;
    }

    private static string KeyOf(StatementFormat format, string? account, StatementLine line)
    {
        var begin = $"{format}|{Folded(account)}|{line.Kind}|";
        if (line.Operation is { Length: > 0 } operation)
        {
            // The numbers of documents begin anew with each payer and each year.
            return format is StatementFormat.OneC or StatementFormat.Table
                ? begin + string.Create(CultureInfo.InvariantCulture, $"{Folded(operation)}|{line.On:yyyyMMdd}|{line.Tiyn}|{NameSkeleton.Of(line.Payer)}")
                : begin + Folded(operation);
        }

        return begin + string.Create(
            CultureInfo.InvariantCulture, $"{line.On:yyyyMMdd}|{line.At:HHmmss}|{line.Tiyn}|{NameSkeleton.Of(line.Payer)}|{NameSkeleton.Of(line.Message)}");
    }

    private static string Folded(string? text) =>
        string.Concat((text ?? "").Whole(NormalizationForm.FormKC).ToUpperInvariant().Where(sign => char.IsLetterOrDigit(sign) || sign == '*'));
}
