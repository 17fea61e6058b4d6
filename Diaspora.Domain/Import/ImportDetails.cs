using Diaspora.Domain.Members;

namespace Diaspora.Domain.Import;

/// <summary>An import as its page shows it.</summary>
/// <param name="Samples">What stands in the first rows, by column.</param>
public sealed record ImportDetails(
    Guid Id, string FileName, ImportState State, int HeaderRow, int RowCount, DateTime CreatedAt, DateTime? BookedAt, DateTime? UndoneAt, ImportTotals? Totals,
    IReadOnlyList<ImportColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Samples)
{
    private const int SampleCount = 3;

    internal static ImportDetails Of(ImportBatch batch, IReadOnlyList<ImportRow> rows)
    {
        var first = rows.Take(SampleCount * 4).Select(row => row.ToSheetRow()).Where(row => !row.IsTitle).ToList();
        return new ImportDetails(
            batch.Id, batch.FileName, batch.State, batch.HeaderRow, batch.RowCount, batch.CreatedAt, batch.BookedAt, batch.UndoneAt, batch.Totals, batch.Columns,
            [.. batch.Columns.Select(column => (IReadOnlyList<string>)[.. first.Select(row => row[column.Index].Trim()).Where(cell => cell.Length > 0).Take(SampleCount)])]);
    }
}

/// <summary>The dry run as it is shown.</summary>
public sealed record ImportCheck(IReadOnlyList<ImportCheckRow> Rows, IReadOnlyList<MonthTotal> Months);

/// <param name="MemberNumber">Of the member that is there; missing for a new one.</param>
public sealed record ImportCheckRow(
    int Number, string FullName, string? Phone, string City, ImportOutcome Outcome, string? MemberNumber, ImportTwin? Twin, DateOnly? JoinedOn,
    IReadOnlyList<FieldChange> Changes, IReadOnlyList<PlannedMonth> Booked, int Known, IReadOnlyList<CellProblem> Problems)
{
    internal static ImportCheckRow Of(PlannedRow planned) => new(
        planned.Row.Number, planned.Row.FullName, planned.Row.Phone?.Value, planned.Row.City, planned.Outcome, planned.Member?.Number.Value, planned.Twin, planned.JoinedOn,
        planned.Changes, planned.Booked, planned.Known, planned.Problems);
}
