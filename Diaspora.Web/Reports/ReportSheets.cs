using ClosedXML.Excel;
using Diaspora.Web.Shared;

namespace Diaspora.Web.Reports;

/// <summary>Tables of a report as an Excel file, a sheet each: the head and the names stand still, the lines can be filtered, the sums stand below them.</summary>
public static class ReportSheets
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Whole = "#,##0";
    private const int NameWidth = 34;
    private const int Width = 18;

    /// <param name="told">How many lines are written, now and then.</param>
    public static async Task<byte[]> WriteAsync(IReadOnlyList<ReportTable> tables, Action<int> told, CancellationToken cancel)
    {
        using var book = new XLWorkbook();
        foreach (var table in tables)
        {
            await WriteAsync(book.AddWorksheet(table.Name), table, told, cancel);
        }

        using var file = new MemoryStream();
        book.SaveAs(file);
        return file.ToArray();
    }

    private static async Task WriteAsync(IXLWorksheet sheet, ReportTable table, Action<int> told, CancellationToken cancel)
    {
        // Of whole columns: a style of its own for each of a hundred thousand cells is what makes such a file slow.
        for (var column = 1; column <= table.Header.Count; column++)
        {
            sheet.Column(column).Width = column == 1 ? NameWidth : Width;
            sheet.Column(column).Style.NumberFormat.Format = Whole;
        }

        var line = Write(sheet, 1, [.. table.Header]);
        await foreach (var rows in table.Parts.WithCancellation(cancel))
        {
            foreach (var row in rows)
            {
                line = Write(sheet, line + 1, row);
            }

            told(line - 1);
        }

        sheet.Range(1, 1, line, table.Header.Count).SetAutoFilter();
        sheet.Row(1).Style.Font.Bold = true;
        sheet.SheetView.Freeze(1, 1);
        if (table.Totals is not null)
        {
            sheet.Row(Write(sheet, line + 1, table.Totals())).Style.Font.Bold = true;
        }
    }

    private static int Write(IXLWorksheet sheet, int line, object[] fields)
    {
        for (var index = 0; index < fields.Length; index++)
        {
            var cell = sheet.Cell(line, index + 1);
            switch (fields[index])
            {
                case long number:
                    cell.SetValue(number);
                    break;
                case Typed { Text: { Length: > 0 } typed }:
                    cell.SetValue(FormulaGuard.GuardText(typed)).SetDataType(XLDataType.Text);
                    break;
                case string { Length: > 0 } text:
                    cell.SetValue(text).SetDataType(XLDataType.Text);
                    break;
            }
        }

        return line;
    }
}
