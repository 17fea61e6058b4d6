namespace Diaspora.Domain.Import;

/// <summary>Finds the lists of people in a file, sheet by sheet, and says of all the rest why it is left out.</summary>
internal static class ImportStaging
{
    /// <exception cref="DomainException">Nobody is in it, or too many.</exception>
    public static (ImportLayout Layout, IReadOnlyList<SheetRow> Rows) Of(Sheet file)
    {
        List<ImportSheet> sheets = [];
        List<ImportColumn> columns = [];
        List<ImportNote> notes = [];
        List<SheetRow> rows = [];
        foreach (var (index, page) in file.Pages.Index().Where(page => !page.Item.IsHidden))
        {
            if (SheetLayout.Of(page, index) is { } layout && layout.To + 1 < page.Rows.Count)
            {
                Take(index, page, layout);
            }
            else
            {
                notes.Add(new ImportNote(page.Rows.Count == 0 ? ImportNoteKind.SheetEmpty : ImportNoteKind.SheetWithoutList, index, page.Name));
            }
        }

        if (sheets.Count == 0)
        {
            // Nothing is recognised: the first sheet with anything in it is shown, and a person says what its columns are.
            var (index, page) = file.Pages.Index().FirstOrDefault(page => !page.Item.IsHidden && page.Item.Rows.Count > 0);
            if (page is null)
            {
                throw new DomainException(Problems.ImportEmpty);
            }

            notes.RemoveAll(note => note.Sheet == index);
            Take(index, page, SheetLayout.Guessed(page, index));
        }

        foreach (var (index, page) in file.Pages.Index().Where(page => page.Item.IsHidden))
        {
            // It waits for a person to say that it is to be read, if it has a list and there is room for it.
            if (rows.Count + page.Rows.Count <= ImportLimits.MaxRows && SheetLayout.Of(page, index) is { } layout && layout.To + 1 < page.Rows.Count)
            {
                Take(index, page, layout);
            }
            else
            {
                notes.Add(new ImportNote(ImportNoteKind.SheetHidden, index, page.Name));
            }
        }

        if (rows.Count is 0 or > ImportLimits.MaxRows)
        {
            throw rows.Count == 0 ? new DomainException(Problems.ImportEmpty) : new DomainException(Problems.ImportTooManyRows, ImportLimits.MaxRows);
        }

        return (new ImportLayout([.. sheets.OrderBy(sheet => sheet.Index)], [.. columns.OrderBy(column => column.Sheet)]) { Notes = notes }, [.. rows.OrderBy(row => row.Number)]);

        void Take(int index, SheetPage page, SheetLayout layout)
        {
            sheets.Add(new ImportSheet(index, page.Name, page.Rows[layout.From].Number, page.Rows[layout.To].Number) { IsRead = !page.IsHidden, IsHidden = page.IsHidden });
            columns.AddRange(layout.Columns);
            notes.AddRange(page.Notes.Select(note => note with { Sheet = index }));
            notes.AddRange(page.Rows.Take(layout.From).Select(row => new ImportNote(ImportNoteKind.Title, index, PersonName.Tidy(string.Join(' ', row.Cells)), 1, Row(row.Number))));
            var below = page.Rows.Skip(layout.To + 1).Select(row => WithCity(row, page, layout.Columns)).ToList();
            notes.AddRange(ColoursOf(below, index));
            rows.AddRange(below.Select(row => row with { Number = RowPlace.Of(index, row.Number) }));
        }
    }

    /// <summary>A city that is written once beside several people, in a cell that reaches down, is the city of all of them.</summary>
    private static SheetRow WithCity(SheetRow row, SheetPage page, IReadOnlyList<ImportColumn> columns)
    {
        if (row.Faults.Count == 0 || columns.FirstOrDefault(column => column.Field == ImportField.City) is not { } city || !row.Faults.ContainsKey(city.Index)
            || page.Merges.FirstOrDefault(merge => merge.Covers(row.Number, city.Index)) is not { Top: > 0 } merged || merged.Left != merged.Right
            || page.Rows.FirstOrDefault(other => other.Number == merged.Top) is not { } top)
        {
            return row;
        }

        var cells = row.Cells.Concat(Enumerable.Repeat("", Math.Max(0, city.Index + 1 - row.Cells.Count))).ToArray();
        cells[city.Index] = top[city.Index];
        return row with { Cells = cells, Faults = row.Faults.Where(fault => fault.Key != city.Index).ToDictionary() };
    }

    private static IEnumerable<ImportNote> ColoursOf(List<SheetRow> rows, int sheet) =>
        rows.SelectMany(row => row.Fills.Select(fill => (fill.Value, row.Number, fill.Key))).GroupBy(fill => fill.Value)
            .Select(same => new ImportNote(ImportNoteKind.Colour, sheet, same.Key, same.Count(), $"{ImportColumn.LetterOf(same.First().Key)}{same.First().Number}"));

    private static string Row(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
