namespace Diaspora.Domain.Import;

/// <summary>One row of a spreadsheet, as text: a date is written <c>yyyy-MM-dd</c>, a formula is its last value.</summary>
/// <param name="Number">The row's number in the file, from 1.</param>
/// <param name="Faults">What is wrong with a cell before anybody knows what it means: a code of <see cref="Problems"/> by the column's place, from 0.</param>
/// <param name="IsTitle">Nothing but one cell over several columns: a heading.</param>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells, IReadOnlyDictionary<int, string> Faults, bool IsTitle = false)
{
    public static readonly IReadOnlyDictionary<int, string> NoFaults = new Dictionary<int, string>();

    public IReadOnlyList<string> Cells { get; } = [.. Cells.Select(cell => cell.Visible())];

    public SheetRow(int number, params IReadOnlyList<string> cells) : this(number, cells, NoFaults)
    {
    }

    public bool IsEmpty => Faults.Count == 0 && Cells.All(string.IsNullOrWhiteSpace);

    public string this[int column] => column < Cells.Count ? Cells[column] : "";
}

/// <summary>A spreadsheet that was read whole.</summary>
/// <param name="Rows">Every row that is not empty, in order.</param>
public sealed record Sheet(string FileName, string Sha256, IReadOnlyList<SheetRow> Rows);

/// <summary>How much of a spreadsheet is taken in at once.</summary>
public static class ImportLimits
{
    public const long MaxBytes = 20 * 1024 * 1024;
    public const int MaxRows = 20_000;
    public const int MaxColumns = 200;
    public const int MaxCell = 500;

    /// <summary>Of a line of text: as many columns as are taken, each as long as it may be.</summary>
    public const int MaxLine = MaxColumns * MaxCell;

    /// <summary>Rows of a workbook with and without anything in them: each of these is an object to the library that reads it.</summary>
    public const int MaxRowsWithEmpty = 150_000;

    /// <summary>Ten thousand members with two years of months, and room besides.</summary>
    public const int MaxCells = 400_000;

    public const int MaxMerges = 1000;

    /// <summary>How long one file may be read.</summary>
    public const int MaxSeconds = 20;

    /// <summary>How many rows at the top are searched for the header.</summary>
    public const int HeaderRows = 50;
}
