using System.Globalization;
using System.Text;
using ClosedXML.Excel;

namespace Diaspora.Tests.Members.Import.Lists;

/// <summary>Writes grids as the files that spreadsheet programs write.</summary>
internal static class ListWriter
{
    private static readonly Encoding Cyrillic = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    public static byte[] Xlsx(IReadOnlyList<ListGrid> grids)
    {
        using var workbook = new XLWorkbook();
        foreach (var grid in grids)
        {
            var sheet = workbook.Worksheets.Add(grid.Name);
            foreach (var ((row, column), value) in grid.Cells)
            {
                var cell = sheet.Cell(row + 1, column + 1);
                switch (value)
                {
                    case DateOnly day:
                        cell.SetValue(day.ToDateTime(TimeOnly.MinValue));
                        cell.Style.DateFormat.Format = "dd.mm.yyyy";
                        break;
                    case long number:
                        cell.SetValue(number);
                        break;
                    default:
                        cell.SetValue((string)value);
                        break;
                }
            }

            foreach (var ((row, column), colour) in grid.Fills)
            {
                sheet.Cell(row + 1, column + 1).Style.Fill.BackgroundColor = XLColor.FromHtml($"#{colour}");
            }

            foreach (var (top, left, bottom, right) in grid.Merges)
            {
                sheet.Range(top + 1, left + 1, bottom + 1, right + 1).Merge();
            }

            if (grid.IsHidden)
            {
                sheet.Hide();
            }
        }

        return Workbooks.Save(workbook);
    }

    /// <summary>In UTF-8, or in windows-1251 where all its letters are there.</summary>
    public static byte[] Csv(ListGrid grid, char separator, bool isOld)
    {
        var text = new StringBuilder();
        for (var row = 0; row < grid.Rows; row++)
        {
            text.AppendJoin(separator, Enumerable.Range(0, grid.Columns).Select(column => Written(grid.Cells.GetValueOrDefault((row, column)), separator))).Append("\r\n");
        }

        var bytes = Cyrillic.GetBytes(text.ToString());
        return isOld && Cyrillic.GetString(bytes) == text.ToString() ? bytes : Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Written(object? value, char separator)
    {
        var text = value switch
        {
            null => "",
            DateOnly day => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
            long number => number.ToString(CultureInfo.InvariantCulture),
            _ => (string)value,
        };
        return text.Contains(separator, StringComparison.Ordinal) || text.Contains('"', StringComparison.Ordinal) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
