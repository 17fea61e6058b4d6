namespace Diaspora.Domain.Kaspi;

/// <summary>What stands where in a table that nobody knows: places of columns, from 0, and the row that their heads stand in.</summary>
/// <param name="HeaderRow">The number of the head's last row in the file, from 1; lines begin below it. Nought where there is no head.</param>
/// <param name="Time">Missing where the time stands beside the day, or nowhere.</param>
/// <param name="Sum">Of both ways, with a sign or with <paramref name="Kind"/>; missing where there are two columns.</param>
/// <param name="In">What came, where it has a column of its own.</param>
/// <param name="Out">What went, where it has a column of its own.</param>
/// <param name="Kind">Says in words which way the money went.</param>
public sealed record TableColumns(
    int HeaderRow, int Day, int? Time = null, int? Sum = null, int? In = null, int? Out = null, int? Kind = null, int? Payer = null, int? Message = null, int? Operation = null)
{
    /// <summary>Whether a line can be read by them at all.</summary>
    public bool AreEnough => HeaderRow >= 0 && Day >= 0 && (Sum ?? In) >= 0 && All.Distinct().Count() == All.Count;

    private List<int> All => [.. new[] { Day, Time, Sum, In, Out, Kind, Payer, Message, Operation }.OfType<int>()];
}

/// <summary>A table whose columns a person has to name.</summary>
/// <param name="Head">The head in one line; the next file of the same kind has the same one.</param>
/// <param name="Rows">The first rows, with their numbers in the file.</param>
/// <param name="Guess">What its words seem to say; missing where no day or no sum is found.</param>
public sealed record UnnamedTable(string Head, IReadOnlyList<TableRow> Rows, TableColumns? Guess)
{
    /// <summary>How many rows are shown.</summary>
    public const int Shown = 12;
}

/// <summary>A row of it.</summary>
public sealed record TableRow(int Number, IReadOnlyList<string> Cells);

/// <summary>What came of a file: a statement, or a table that asks for the meaning of its columns.</summary>
public sealed record StatementReading
{
    public StatementReading(ReadStatement statement) => Statement = statement;

    public StatementReading(UnnamedTable unnamed) => Unnamed = unnamed;

    public ReadStatement? Statement { get; }

    public UnnamedTable? Unnamed { get; }
}
