using System.Globalization;
using Diaspora.Web.Shared;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ImportColumn = Diaspora.Domain.Import.ImportColumn;

namespace Diaspora.Web.Reports;

/// <summary>
/// Tables as an Excel file, a sheet each: the head and the names stand still, the lines can be filtered, the sums stand below them. Written line by line: ClosedXML, which keeps
/// a tree of it, needs 140 MB for ten thousand members and their months.
/// </summary>
public static class ReportSheets
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const double NameWidth = 34;
    private const double Width = 18;

    /// <param name="told">How many lines are written, now and then.</param>
    public static async Task<byte[]> WriteAsync(IReadOnlyList<ReportTable> tables, Action<int> told, CancellationToken cancel)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Looks();
            var sheets = new Sheets();
            foreach (var (index, table) in tables.Index())
            {
                var part = book.AddNewPart<WorksheetPart>();
                await WriteAsync(part, table, told, cancel);
                sheets.Append(new Sheet { Name = table.Name, SheetId = (uint)index + 1, Id = book.GetIdOfPart(part) });
            }

            book.Workbook = new Workbook(new BookViews(new WorkbookView()), sheets);
        }

        return file.ToArray();
    }

    private static async Task WriteAsync(WorksheetPart part, ReportTable table, Action<int> told, CancellationToken cancel)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView
        {
            WorkbookViewId = 0,
            Pane = new Pane { HorizontalSplit = 1, VerticalSplit = 1, TopLeftCell = "B2", ActivePane = PaneValues.BottomRight, State = PaneStateValues.Frozen },
        }));
        writer.WriteElement(new Columns(
            new Column { Min = 1, Max = 1, Width = NameWidth, CustomWidth = true }, new Column { Min = 2, Max = (uint)table.Header.Count, Width = Width, CustomWidth = true }));
        writer.WriteStartElement(new SheetData());
        var line = Write(writer, 1, [.. table.Header], isBold: true);
        await foreach (var rows in table.Parts.WithCancellation(cancel))
        {
            foreach (var row in rows)
            {
                line = Write(writer, line + 1, row);
            }

            told((int)line - 1);
        }

        var last = line;
        if (table.Totals is not null)
        {
            Write(writer, line + 1, table.Totals(), isBold: true);
        }

        writer.WriteEndElement();
        writer.WriteElement(new AutoFilter { Reference = $"A1:{ImportColumn.LetterOf(table.Header.Count - 1)}{last}" });
        writer.WriteEndElement();
    }

    private static uint Write(OpenXmlWriter writer, uint line, object[] fields, bool isBold = false)
    {
        writer.WriteStartElement(new Row { RowIndex = line });
        for (var index = 0; index < fields.Length; index++)
        {
            var place = $"{ImportColumn.LetterOf(index)}{line}";
            if (fields[index] is long number)
            {
                writer.WriteElement(new Cell { CellReference = place, StyleIndex = isBold ? 3u : 2u, CellValue = new CellValue(number.ToString(CultureInfo.InvariantCulture)) });
            }
            else if (TextOf(fields[index]) is { Length: > 0 } text)
            {
                // In the cell itself: no formula, whatever it begins with.
                writer.WriteElement(new Cell { CellReference = place, StyleIndex = isBold ? 1u : 0u, DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }) });
            }
        }

        writer.WriteEndElement();
        return line;
    }

    private static string? TextOf(object field) => field is Typed { Text: var typed } ? FormulaGuard.GuardText(typed.Visible() ?? "") : (string)field;


    /// <summary>Plain, bold, a whole number, a bold one.</summary>
    private static Stylesheet Looks() => new(
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(), new CellFormat { FontId = 1, ApplyFont = true }, new CellFormat { NumberFormatId = 3, ApplyNumberFormat = true },
            new CellFormat { FontId = 1, ApplyFont = true, NumberFormatId = 3, ApplyNumberFormat = true }));
}
