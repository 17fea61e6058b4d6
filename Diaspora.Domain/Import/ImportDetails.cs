using Diaspora.Domain.Members;

namespace Diaspora.Domain.Import;

/// <summary>An import as its page shows it.</summary>
public sealed record ImportDetails(
    Guid Id, string FileName, ImportState State, int RowCount, DateTime CreatedAt, DateTime? BookedAt, DateTime? UndoneAt, ImportTotals? Totals,
    IReadOnlyList<ImportSheetDetails> Sheets, IReadOnlyList<ImportNote> Left)
{
    public IReadOnlyList<ImportColumn> Columns => [.. Sheets.SelectMany(sheet => sheet.Columns)];

    /// <summary>Several sheets are read, so a row is named with its sheet.</summary>
    public bool HasSeveralSheets => Sheets.Count(sheet => sheet.Sheet.IsRead) > 1;

    internal static ImportDetails Of(ImportBatch batch, IReadOnlyList<ImportRow> staged)
    {
        var layout = batch.Layout;
        var rows = staged.Select(row => row.ToSheetRow()).ToLookup(row => RowPlace.SheetOf(row.Number));
        return new ImportDetails(
            batch.Id, batch.FileName, batch.State, batch.RowCount, batch.CreatedAt, batch.BookedAt, batch.UndoneAt, batch.Totals,
            [.. layout.Sheets.Select(sheet => ImportSheetDetails.Of(sheet, [.. layout.Columns.Where(column => column.Sheet == sheet.Index)], [.. rows[sheet.Index]]))],
            [.. layout.Notes.Where(note => note.Kind is ImportNoteKind.SheetHidden or ImportNoteKind.SheetEmpty or ImportNoteKind.SheetWithoutList)]);
    }
}

/// <summary>A sheet with what it gives.</summary>
/// <param name="People">How many of its rows are people.</param>
/// <param name="Samples">What stands in the first rows, by column.</param>
public sealed record ImportSheetDetails(ImportSheet Sheet, int People, IReadOnlyList<ImportColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Samples)
{
    private const int SampleCount = 3;

    internal static ImportSheetDetails Of(ImportSheet sheet, IReadOnlyList<ImportColumn> columns, IReadOnlyList<SheetRow> rows)
    {
        // A total or a heading says nothing of a column. Where nobody is found yet, all rows may be people.
        var people = rows.Where(row => !ReadRow.IsNobody(row, columns)).ToList();
        var first = (people.Count > 0 ? people : rows.Where(row => !row.IsTitle)).Take(SampleCount * 4).ToList();
        return new ImportSheetDetails(
            sheet, people.Count, columns,
            [.. columns.Select(column => (IReadOnlyList<string>)[.. first.Where(row => !row.Faults.ContainsKey(column.Index)).Select(row => row[column.Index].Trim()).Where(cell => cell.Length > 0).Take(SampleCount)])]);
    }
}

/// <summary>The dry run as it is shown.</summary>
public sealed record ImportCheck(IReadOnlyList<ImportCheckRow> Rows, IReadOnlyList<MonthTotal> Months)
{
    /// <summary>What is asked once for all cells, answered or not.</summary>
    public IReadOnlyList<ImportQuestion> Questions { get; init; } = [];

    /// <summary>What of the file is not used.</summary>
    public IReadOnlyList<ImportNote> Notes { get; init; } = [];
}

/// <param name="Number">Its <see cref="RowPlace"/>.</param>
/// <param name="MemberNumber">Of the member that is there; missing for a new one.</param>
public sealed record ImportCheckRow(
    int Number, string FullName, string? Phone, string City, ImportOutcome Outcome, string? MemberNumber, ImportTwin? Twin, DateOnly? JoinedOn,
    IReadOnlyList<FieldChange> Changes, IReadOnlyList<PlannedMonth> Booked, int Known, IReadOnlyList<CellProblem> Problems)
{
    public IReadOnlyList<PlannedExemption> Exempt { get; init; } = [];

    /// <summary>What was typed on the screen instead of what the file says, and is in order now: it can be typed once more.</summary>
    public IReadOnlyList<CellMend> Mends { get; init; } = [];

    /// <param name="mends">By the row's place.</param>
    internal static ImportCheckRow Of(PlannedRow planned, ILookup<int, CellMend> mends) => new(
        planned.Row.Number, planned.Row.FullName, planned.Row.Phone?.Value, planned.Row.City, planned.Outcome, planned.Member?.Number.Value, planned.Twin, planned.JoinedOn,
        planned.Changes, planned.Booked, planned.Known, planned.Problems)
    {
        Exempt = planned.Exempt,
        Mends = [.. planned.Row.Paid.Select(mark => mark.Place).Prepend(planned.Row.Number).Distinct().SelectMany(place => mends[place]).Where(mend => !planned.Problems.Any(problem => (problem.Place, problem.Column) == (mend.Place, mend.Column)))],
    };
}
