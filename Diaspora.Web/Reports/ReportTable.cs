using System.Globalization;
using Diaspora.Web.Shared;

namespace Diaspora.Web.Reports;

/// <summary>What a person typed: in a file it is text, whatever it begins with.</summary>
public readonly record struct Typed(string? Text);

/// <summary>
/// A table of a report as a file holds it. A field is a whole number, a text of ours or <see cref="Typed"/>; the first column names the line. Lines come a part at a time, and
/// the sums of all of them last.
/// </summary>
/// <param name="Name">At most 31 letters: a sheet's name has no more.</param>
/// <param name="Totals">Asked once all lines are there.</param>
public sealed record ReportTable(string Name, IReadOnlyList<string> Header, IAsyncEnumerable<IReadOnlyList<object[]>> Parts, Func<object[]>? Totals = null)
{
    public static ReportTable Of(string name, IReadOnlyList<string> header, IReadOnlyList<object[]> rows, object[]? totals = null) =>
        new(name, header, new[] { rows }.ToAsyncEnumerable(), totals is null ? null : () => totals);

    /// <summary>The lines, and the sums as the last of them.</summary>
    public async IAsyncEnumerable<IReadOnlyList<object[]>> WithTotalsAsync()
    {
        await foreach (var part in Parts)
        {
            yield return part;
        }

        if (Totals is not null)
        {
            yield return [Totals()];
        }
    }

    public Task WriteCsvAsync(Stream target, CancellationToken cancel) => Spreadsheet.WriteCsvAsync(target, Header, WithTotalsAsync(), row => Array.ConvertAll(row, Text), cancel);

    private static string Text(object field) => field switch
    {
        long number => number.ToString(CultureInfo.InvariantCulture),
        Typed typed => Spreadsheet.Plain(typed.Text),
        _ => (string)field,
    };
}
