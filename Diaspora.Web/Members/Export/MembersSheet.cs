using System.Globalization;
using ClosedXML.Excel;
using Diaspora.Domain.Export;
using Diaspora.Web.Shared;

namespace Diaspora.Web.Members.Export;

/// <summary>The same lines as an Excel file: the one place that knows the library. Text stays text, whatever it begins with.</summary>
public static class MembersSheet
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string AsText = "@";
    private const int NameWidth = 32;
    private const int Width = 18;
    private const int MonthWidth = 10;

    /// <param name="export">At most <see cref="MemberSelection.MostSheetRows"/> members: the whole file is built in memory.</param>
    public static async Task<byte[]> WriteAsync(ExportParts<MemberExportRow> export, string title, CancellationToken cancel)
    {
        using var book = new XLWorkbook();
        var sheet = book.AddWorksheet(title);
        var header = MemberFiles.HeaderOf(export);
        var fixedColumns = MemberFiles.FixedColumnsOf(export);
        Lay(sheet, header, fixedColumns);
        WriteText(sheet, 1, header);
        var line = 1;
        await foreach (var rows in export.Parts.WithCancellation(cancel))
        {
            foreach (var row in rows)
            {
                line++;
                WriteRow(sheet, line, MemberFiles.FieldsOf(row, export, text => FormulaGuard.GuardText(text ?? "")), fixedColumns);
            }
        }

        using var file = new MemoryStream();
        book.SaveAs(file);
        return file.ToArray();
    }

    private static void Lay(IXLWorksheet sheet, IReadOnlyList<string> header, int fixedColumns)
    {
        for (var column = 1; column <= header.Count; column++)
        {
            sheet.Column(column).Width = column == 1 ? NameWidth : column <= fixedColumns ? Width : MonthWidth;
            if (column < fixedColumns)
            {
                sheet.Column(column).Style.NumberFormat.Format = AsText;
            }
        }

        sheet.Row(1).Style.Font.Bold = true;
        sheet.SheetView.Freeze(1, 1);
    }

    private static void WriteRow(IXLWorksheet sheet, int line, IReadOnlyList<string> fields, int fixedColumns)
    {
        WriteText(sheet, line, [.. fields.Take(fixedColumns - 1)]);
        for (var index = fixedColumns - 1; index < fields.Count; index++)
        {
            if (fields[index].Length > 0)
            {
                sheet.Cell(line, index + 1).SetValue(long.Parse(fields[index], CultureInfo.InvariantCulture));
            }
        }
    }

    private static void WriteText(IXLWorksheet sheet, int line, IReadOnlyList<string> fields)
    {
        for (var index = 0; index < fields.Count; index++)
        {
            if (fields[index].Length > 0)
            {
                sheet.Cell(line, index + 1).SetValue(fields[index]).SetDataType(XLDataType.Text);
            }
        }
    }
}
