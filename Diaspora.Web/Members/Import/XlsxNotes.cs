using ClosedXML.Excel;
using Diaspora.Domain.Import;

namespace Diaspora.Web.Members.Import;

/// <summary>What a sheet has besides its cells. None of it is read, and all of it is told.</summary>
internal static class XlsxNotes
{
    /// <summary>Comments that say the same are one line; of more lines nobody reads.</summary>
    private const int MostComments = 50;

    public static IReadOnlyList<ImportNote> Of(IXLWorksheet sheet, XlsxTally tally)
    {
        List<ImportNote> notes = [];
        notes.AddRange(sheet.CellsUsed(XLCellsUsedOptions.Comments).Where(cell => cell.HasComment).GroupBy(TextOf).Take(MostComments)
            .Select(same => new ImportNote(ImportNoteKind.Comment, 0, same.Key, same.Count(), same.First().Address.ToString()!)));
        Add(ImportNoteKind.ColourRules, sheet.ConditionalFormats.Count());
        Add(ImportNoteKind.Pivot, sheet.PivotTables.Count());
        Add(ImportNoteKind.Picture, sheet.Pictures.Count);
        Add(ImportNoteKind.HiddenRows, tally.HasHiddenRows ? sheet.RowsUsed(XLCellsUsedOptions.Contents, row => row.IsHidden).Count() : 0);
        Add(ImportNoteKind.HiddenColumns, sheet.ColumnsUsed(XLCellsUsedOptions.Contents, column => column.IsHidden).Count());
        Add(ImportNoteKind.Filter, sheet.AutoFilter.IsEnabled ? 1 : 0);
        return notes;

        string TextOf(IXLCell cell) => (cell.Comment.Text is { Length: > 0 } text ? text : tally.Comments.GetValueOrDefault(cell.Address.ToString()!, "")).Visible().Trim();

        void Add(ImportNoteKind kind, int count)
        {
            if (count > 0)
            {
                notes.Add(new ImportNote(kind, 0, "", count));
            }
        }
    }
}
