namespace Diaspora.Domain.Import;

/// <summary>One row of a spreadsheet, as text: a date is written <c>yyyy-MM-dd</c>, a formula is its last value, and an empty cell that is filled with a colour is <see cref="CellColour"/>.</summary>
/// <param name="Number">The row's number in the file, from 1; staged, its <see cref="RowPlace"/>.</param>
/// <param name="Faults">What is wrong with a cell before anybody knows what it means: a code of <see cref="Problems"/> by the column's place, from 0.</param>
/// <param name="IsTitle">Nothing but one cell over several columns: a heading.</param>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells, IReadOnlyDictionary<int, string> Faults, bool IsTitle = false)
{
    public static readonly IReadOnlyDictionary<int, string> NoFaults = new Dictionary<int, string>();

    public IReadOnlyList<string> Cells { get; init; } = [.. Cells.Select(cell => cell.Visible())];

    public SheetRow(int number, params IReadOnlyList<string> cells) : this(number, cells, NoFaults)
    {
    }

    public bool IsEmpty => Faults.Count == 0 && Cells.All(cell => string.IsNullOrWhiteSpace(cell) || CellColour.IsOne(cell));

    /// <summary>The colours of cells that have a text besides. Only looked at while a file is staged.</summary>
    public IReadOnlyDictionary<int, string> Fills { get; init; } = NoFaults;

    /// <summary>The text of a cell; a colour is none.</summary>
    public string this[int column] => Mark(column) is var cell && CellColour.IsOne(cell) ? "" : cell;

    /// <summary>The text of a cell, or its colour where there is nothing else.</summary>
    public string Mark(int column) => column >= 0 && column < Cells.Count ? Cells[column] : "";
}

/// <summary>Cells that are one, by the numbers of their rows from 1 and the places of their columns from 0.</summary>
public readonly record struct SheetMerge(int Top, int Left, int Bottom, int Right)
{
    public bool Covers(int row, int column) => row >= Top && row <= Bottom && column >= Left && column <= Right;
}

/// <summary>One sheet of a spreadsheet; a CSV is a single one without a name.</summary>
/// <param name="Rows">Every row that is not empty, in order.</param>
public sealed record SheetPage(string Name, IReadOnlyList<SheetRow> Rows)
{
    public bool IsHidden { get; init; }

    public IReadOnlyList<SheetMerge> Merges { get; init; } = [];

    /// <summary>What it has besides its cells and what is not read.</summary>
    public IReadOnlyList<ImportNote> Notes { get; init; } = [];
}

/// <summary>A spreadsheet that was read whole.</summary>
public sealed record Sheet(string FileName, string Sha256, IReadOnlyList<SheetPage> Pages)
{
    public Sheet(string fileName, string sha256, IReadOnlyList<SheetRow> rows) : this(fileName, sha256, [new SheetPage("", rows)])
    {
    }
}

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
