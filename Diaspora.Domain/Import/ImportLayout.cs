namespace Diaspora.Domain.Import;

/// <summary>A sheet that is read.</summary>
/// <param name="Index">Its place in the file, from 0.</param>
/// <param name="Name">Empty for a CSV.</param>
/// <param name="HeaderRow">The first row of its header, as the file counts.</param>
/// <param name="HeaderEnd">The last one.</param>
public sealed record ImportSheet(int Index, string Name, int HeaderRow, int HeaderEnd)
{
    /// <summary>A person may leave it out, or take a hidden one in.</summary>
    public bool IsRead { get; init; } = true;

    /// <summary>In the file it is hidden: not read unless a person says so.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>What a person says that a word in a month means.</summary>
public enum ImportMeaning
{
    /// <summary>The fee of the month.</summary>
    Paid,

    /// <summary>A sum of its own.</summary>
    Sum,
    Exempt,
    Nothing,

    /// <summary>Several fees: of the month and of those after it.</summary>
    Ahead,
}

/// <summary>An answer holds for all cells with the word.</summary>
/// <param name="Word">As <see cref="ImportQuestion.Word"/> has it.</param>
/// <param name="Tenge">For <see cref="ImportMeaning.Sum"/>.</param>
public sealed record ImportAnswer(string Word, ImportMeaning Meaning, long? Tenge = null);

/// <summary>A cell as it was typed on the screen instead of what the file says.</summary>
/// <param name="Place">The row's <see cref="RowPlace"/>.</param>
public sealed record CellMend(int Place, int Column, string Text);

/// <summary>All that is known of a staged file besides its rows, and what a person has said of it.</summary>
internal sealed record ImportLayout(IReadOnlyList<ImportSheet> Sheets, IReadOnlyList<ImportColumn> Columns)
{
    public IReadOnlyList<ImportAnswer> Answers { get; init; } = [];

    public IReadOnlyList<CellMend> Mends { get; init; } = [];

    public IReadOnlyList<ImportNote> Notes { get; init; } = [];
}
