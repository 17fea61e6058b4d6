using ClosedXML.Excel;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>An empty spreadsheet with the columns that are understood, and a month's column for each month of the last year.</summary>
public static class ImportTemplate
{
    public const string FileName = "members-template.xlsx";
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int Months = 12;
    private const string AsText = "@";

    private static readonly double[] Widths = [34, 20, 26, 18, 20];

    public static byte[] Write(Period current)
    {
        using var workbook = new XLWorkbook();
        var sheet = workbook.Worksheets.Add("Members");
        string[] header = [.. ImportColumns.Template, .. Period.Range(current.AddMonths(1 - Months), current).Select(month => month.ToString())];
        for (var column = 1; column <= header.Length; column++)
        {
            var cell = sheet.Cell(1, column);
            cell.Style.NumberFormat.Format = AsText;
            cell.SetValue(header[column - 1]);
            cell.Style.Font.Bold = true;
            sheet.Column(column).Width = column <= Widths.Length ? Widths[column - 1] : 10;
        }

        // Else a spreadsheet makes a number of a telephone.
        sheet.Column(2).Style.NumberFormat.Format = AsText;
        sheet.SheetView.FreezeRows(1);
        using var file = new MemoryStream();
        workbook.SaveAs(file);
        return file.ToArray();
    }
}
