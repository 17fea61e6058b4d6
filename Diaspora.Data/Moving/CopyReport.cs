using System.Globalization;

namespace Diaspora.Data.Moving;

internal readonly record struct MonthSum(int Payments, long Tenge);

/// <param name="IsSame">Every value of every row.</param>
internal sealed record TableReport(string Name, long Source, long Target, bool IsSame);

/// <summary>Confirmed payments of a month.</summary>
internal sealed record MonthReport(Period Month, MonthSum Source, MonthSum Target);

internal sealed record CopyReport(IReadOnlyList<TableReport> Tables, IReadOnlyList<MonthReport> Months)
{
    public bool IsSame => Tables.All(table => table.IsSame) && Months.All(month => month.Source == month.Target);

    /// <summary>As a table for the console.</summary>
    public IEnumerable<string> Lines =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{"table",-24} {"source",12} {"target",12}  content"),
        .. Tables.Select(table => string.Create(CultureInfo.InvariantCulture, $"{table.Name,-24} {table.Source,12} {table.Target,12}  {(table.IsSame ? "same" : "DIFFERENT")}")),
        "",
        string.Create(CultureInfo.InvariantCulture, $"{"confirmed in",-24} {"source, ₸",12} {"target, ₸",12}  payments"),
        .. Months.Select(month => string.Create(CultureInfo.InvariantCulture,
            $"{month.Month,-24} {month.Source.Tenge,12} {month.Target.Tenge,12}  {(month.Source == month.Target ? $"{month.Source.Payments}" : $"{month.Source.Payments} and {month.Target.Payments}: DIFFERENT")}")),
    ];
}
