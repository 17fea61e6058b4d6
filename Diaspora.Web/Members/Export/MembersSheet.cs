using System.Globalization;
using System.Runtime.CompilerServices;
using Diaspora.Domain.Export;
using Diaspora.Web.Reports;
using Diaspora.Web.Shared;

namespace Diaspora.Web.Members.Export;

/// <summary>The same lines as an Excel file. What a person typed stays text, whatever it begins with; the debt and the months are numbers.</summary>
public static class MembersSheet
{
    /// <param name="export">At most <see cref="MemberSelection.MostSheetRows"/> members: the whole file is kept in memory until it is sent.</param>
    public static Task<byte[]> WriteAsync(ExportParts<MemberExportRow> export, string title, CancellationToken cancel) =>
        ReportSheets.WriteAsync([new ReportTable(title, MemberFiles.HeaderOf(export), RowsAsync(export, cancel))], _ => { }, cancel);

    private static async IAsyncEnumerable<IReadOnlyList<object[]>> RowsAsync(ExportParts<MemberExportRow> export, [EnumeratorCancellation] CancellationToken cancel)
    {
        var texts = MemberFiles.FixedColumnsOf(export) - 1;
        await foreach (var rows in export.Parts.WithCancellation(cancel))
        {
            yield return [.. rows.Select(row => MemberFiles.FieldsOf(row, export, text => FormulaGuard.GuardText(text ?? "")).Select((field, index) => FieldOf(field, index >= texts)).ToArray())];
        }
    }

    private static object FieldOf(string text, bool isNumber) => isNumber && text.Length > 0 ? long.Parse(text, CultureInfo.InvariantCulture) : text;
}
