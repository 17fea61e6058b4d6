using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Import;

/// <summary>The staged rows as people, with all that was said on the screen, and what of the file is not used.</summary>
internal sealed record ImportReading(IReadOnlyList<ReadRow> People, IReadOnlyList<ImportNote> Notes)
{
    public static ImportReading Of(ImportLayout layout, IReadOnlyList<SheetRow> rows, DuesRules rules, DateTime nowUtc)
    {
        var last = rules.PeriodOf(nowUtc).AddMonths(rules.MonthsAhead);
        var today = rules.DayOf(nowUtc);
        var columns = layout.Sheets.ToDictionary(sheet => sheet.Index, sheet => (IReadOnlyList<ImportColumn>)[.. layout.Columns.Where(column => column.Sheet == sheet.Index)]);
        var left = layout.Sheets.Where(sheet => !sheet.IsRead).Select(sheet => sheet.Index).ToHashSet();
        var answers = layout.Answers.ToDictionary(answer => answer.Word);
        var mends = layout.Mends.ToLookup(mend => mend.Place);
        var read = rows.Where(row => !left.Contains(RowPlace.SheetOf(row.Number)))
            .Select(row => ReadRow.Of(row, columns[RowPlace.SheetOf(row.Number)], last, answers, mends.Contains(row.Number) ? [.. mends[row.Number]] : null, today)).ToList();
        List<ImportNote> notes = [.. layout.Notes.Where(note => !left.Contains(note.Sheet)), .. layout.Sheets.Where(sheet => !sheet.IsRead).Select(sheet => new ImportNote(sheet.IsHidden ? ImportNoteKind.SheetHidden : ImportNoteKind.SheetLeft, sheet.Index, sheet.Name))];
        notes.AddRange(columns.Where(pair => !left.Contains(pair.Key)).SelectMany(pair => Unused(pair.Key, pair.Value, rows)));
        notes.AddRange(read.Zip(rows.Where(row => !left.Contains(RowPlace.SheetOf(row.Number)))).Where(pair => pair.First.IsSkipped).Select(pair => NoteOf(pair.First, pair.Second)));
        notes.AddRange(read.SelectMany(row => row.Beside.Select(text => (text, row.Number))).GroupBy(beside => (ImportMark.WordOf(beside.text), RowPlace.SheetOf(beside.Number)))
            .Select(same => new ImportNote(ImportNoteKind.Beside, same.Key.Item2, same.First().text, same.Count(), RowText(same.First().Number))));
        return new ImportReading(ImportPeople.Of(read), notes);
    }

    private static IEnumerable<ImportNote> Unused(int sheet, IReadOnlyList<ImportColumn> columns, IReadOnlyList<SheetRow> rows)
    {
        var width = rows.Where(row => RowPlace.SheetOf(row.Number) == sheet).Select(row => row.Cells.Count).DefaultIfEmpty().Max();
        for (var index = 0; index < Math.Max(width, columns.Count); index++)
        {
            var column = columns.FirstOrDefault(column => column.Index == index);
            if (column is null or { Field: ImportField.Skip })
            {
                var filled = rows.Count(row => RowPlace.SheetOf(row.Number) == sheet && row[index].Trim().Length > 0);
                if (filled > 0 || column is { Header.Length: > 0 })
                {
                    yield return new ImportNote(ImportNoteKind.Column, sheet, column?.Header ?? "", filled, ImportColumn.LetterOf(index));
                }
            }
        }
    }

    private static ImportNote NoteOf(ReadRow read, SheetRow row) =>
        new(read.NoPerson!.Value, RowPlace.SheetOf(row.Number), PersonName.Tidy(string.Join(' ', row.Cells.Where((cell, index) => !CellColour.IsOne(cell) && !row.Faults.ContainsKey(index)))), 1, RowText(row.Number));

    private static string RowText(int place) => RowPlace.RowOf(place).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
