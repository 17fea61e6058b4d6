namespace Diaspora.Domain.Import;

/// <summary>Where a sheet's header is, which may take several rows, and what its columns seem to mean.</summary>
/// <param name="From">The place of the header's first row among the sheet's rows.</param>
/// <param name="To">Of its last row.</param>
public sealed record SheetLayout(int From, int To, IReadOnlyList<ImportColumn> Columns)
{
    /// <summary>A year, a half or a quarter, the months; no header that was seen had more.</summary>
    private const int MostRows = 3;

    /// <summary>Who keeps no phones on a sheet has months there: one may be the date of something.</summary>
    private const int FewestMonths = 2;

    /// <summary>The header of a list of people; nothing where the sheet has none.</summary>
    /// <param name="sheet">The sheet's place in the file.</param>
    public static SheetLayout? Of(SheetPage page, int sheet)
    {
        // The earliest end and the fewest rows: what stands above may be a title.
        for (var to = 0; to < Math.Min(page.Rows.Count, ImportLimits.HeaderRows); to++)
        {
            for (var from = to; from >= 0 && from > to - MostRows; from--)
            {
                if (page.Rows.Skip(from).Take(to - from + 1).Any(ImportColumns.NamesPeople) && IsBlock(page, from, to) && IsHeader(Read(page, from, to)))
                {
                    return Whole(page, from, to, sheet);
                }
            }
        }

        return null;
    }

    /// <summary>For a sheet without a header that is known: what looks most like one, so that a person can say what its columns are.</summary>
    public static SheetLayout Guessed(SheetPage page, int sheet)
    {
        var at = ImportColumns.HeaderOf(page.Rows);
        return Named(page, at, at, sheet);
    }

    private static bool IsHeader(List<ImportColumn> heads) =>
        heads.Exists(head => head.Field == ImportField.Name)
        && (heads.Exists(head => head.Field == ImportField.Phone) || heads.Count(head => head.Field == ImportField.Month || head.Bare is not null) >= FewestMonths);

    /// <summary>The header with the rows that go on with it, below and above.</summary>
    private static SheetLayout Whole(SheetPage page, int from, int to, int sheet)
    {
        var best = Read(page, from, to);

        // Between a year and its months there may be a row of quarters, which alone says little.
        for (var next = to + 1; next <= to + 2 && next - from < MostRows && IsBlock(page, from, next); next++)
        {
            if (Read(page, from, next) is var more && GoesOn(page, from, next, best, more))
            {
                (best, to) = (more, next);
            }
        }

        for (var above = from - 1; above >= 0 && to - above < MostRows && page.Rows[above].Number == page.Rows[above + 1].Number - 1 && IsAbove(page, above, best); above--)
        {
            if (HasYear(page.Rows[above]))
            {
                from = above;
                best = Read(page, from, to);
            }
        }

        return Named(page, from, to, sheet);
    }

    private static SheetLayout Named(SheetPage page, int from, int to, int sheet)
    {
        var titles = page.Rows.Take(from).Select(row => string.Join(' ', row.Cells)).ToList();
        var heads = HeadYears.Complete(Read(page, from, to), page.Name, titles);
        return new SheetLayout(from, to, [.. ImportColumns.Ask(heads, page.Rows.Skip(to + 1)).Select(column => column with { Sheet = sheet })]);
    }

    /// <summary>Whether the rows may be one header: they follow upon each other, and below the first nobody's name or phone stands in them.</summary>
    private static bool IsBlock(SheetPage page, int from, int to)
    {
        // A heading over the whole width is none of it, but «2026 год» over the months alone is.
        if (to >= page.Rows.Count || page.Rows[from].IsTitle)
        {
            return false;
        }

        for (var row = from + 1; row <= to; row++)
        {
            if (page.Rows[row].Number != page.Rows[row - 1].Number + 1 || !HasHeads(page.Rows[row]) || HasPerson(page.Rows[row], Read(page, from, row - 1)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasHeads(SheetRow row) => row.Cells.Any(cell => ImportColumns.Recognise([cell])[0] is { } head && (head.Field != ImportField.Skip || head.Bare is not null || ImportMonths.YearAlone(cell) is not null || (head.Header.Length > 0 && ImportMonths.IsPartOfYear(cell))));

    private static bool HasPerson(SheetRow row, List<ImportColumn> heads) =>
        heads.Exists(head => head.Field is ImportField.Name or ImportField.Phone && row[head.Index].Trim() is { Length: > 0 } text && ImportColumns.Recognise([text])[0].Field is not (ImportField.Name or ImportField.Phone or ImportField.Email))
        || row.Cells.Any(cell => cell.Count(char.IsAsciiDigit) >= 10 && PhoneNumber.TryParse(cell, out _, out _));

    /// <summary>Whether the row below belongs to the header: its name or its months reach down, or months stand there.</summary>
    private static bool GoesOn(SheetPage page, int from, int at, List<ImportColumn> heads, List<ImportColumn> more)
    {
        var next = page.Rows[at];
        var reaches = page.Merges.Any(merge => merge.Top >= page.Rows[from].Number && merge.Top < next.Number && merge.Bottom >= next.Number && merge.Left == merge.Right
            && heads.Exists(head => head.Index == merge.Left && head.Field is ImportField.Name or ImportField.Phone));
        return reaches || more.Count(column => next[column.Index].Trim() is { Length: > 0 } text && (ImportMonths.Bare(text) is not null || ImportMonths.Mentions(text, out _) || ImportMonths.IsPartOfYear(text) || (ImportMonths.Numbered(text) is not null && (column.Bare is not null || column.Field == ImportField.Month)))
            && heads.Find(head => head.Index == column.Index) is not { Field: ImportField.Month }) >= FewestMonths;
    }

    /// <summary>Whether a row above says the years of the months, or their quarters. A year over anything else is a title's.</summary>
    private static bool IsAbove(SheetPage page, int at, List<ImportColumn> heads)
    {
        var row = page.Rows[at];
        return row.Cells.Index().Where(cell => cell.Item.Trim().Length > 0).All(cell => ImportMonths.YearOfTitle(cell.Item) is null ? HasYear(row) || ImportMonths.IsPartOfYear(cell.Item)
            : heads.ElementAtOrDefault(cell.Index) is { } head && (head.Bare is not null || head.Field is ImportField.Month or ImportField.Unclear));
    }

    private static bool HasYear(SheetRow row) => row.Cells.Any(cell => ImportMonths.YearOfTitle(cell) is not null);

    /// <summary>Each column's head: what stands over it in all rows of the header, merged cells over all that they cover, a year over the months beside it.</summary>
    private static List<ImportColumn> Read(SheetPage page, int from, int to)
    {
        var rows = page.Rows.Skip(from).Take(to - from + 1).ToList();
        var width = Math.Min(ImportLimits.MaxColumns, Math.Max(rows.Max(row => row.Cells.Count), page.Merges.Where(merge => rows.Exists(row => row.Number >= merge.Top && row.Number <= merge.Bottom)).Select(merge => merge.Right + 1).DefaultIfEmpty().Max()));
        var texts = Enumerable.Range(0, width).Select(column => rows.ConvertAll(row => TextOver(page, rows, row, column))).ToList();
        for (var at = 0; at < rows.Count - 1; at++)
        {
            HeadYears.Spread(texts, at);
        }

        return [.. ImportColumns.Recognise([.. texts.Select(column => (IReadOnlyList<string>)[.. column.Where(text => text.Length > 0).Distinct()])])];
    }

    private static string TextOver(SheetPage page, List<SheetRow> rows, SheetRow row, int column)
    {
        if (row[column].Trim() is { Length: > 0 } text)
        {
            return text;
        }

        var merged = page.Merges.FirstOrDefault(merge => merge.Covers(row.Number, column));
        return merged.Top > 0 && rows.Find(other => other.Number == merged.Top) is { } top ? top[merged.Left].Trim() : "";
    }
}
