using Diaspora.Domain.Import;

namespace Diaspora.Tests.Members.Import.Lists;

/// <summary>What a spreadsheet that was made at random really says.</summary>
internal sealed class ListTruth
{
    public List<Person> People { get; } = [];

    /// <summary>What whoever made it means by its words and colours: what the portal may ask, and how it is answered.</summary>
    public Dictionary<string, ImportAnswer> Answers { get; } = [];

    /// <summary>Its months have no year anywhere: that is asked too.</summary>
    public int? AskedYear { get; set; }

    /// <param name="Phone">As it is stored.</param>
    public sealed record Person(string Name, string Phone, string City)
    {
        public SortedDictionary<Period, Paid> Paid { get; } = [];

        public SortedSet<Period> Exempt { get; } = [];

        /// <summary>What is typed for a phone that the file has lost.</summary>
        public bool IsPhoneMended { get; set; }
    }

    public sealed record Paid(long Tenge, DateOnly? On);
}

/// <summary>A sheet before it is a file: cells with their texts, days, colours and merges, from the first row and column.</summary>
internal sealed class ListGrid(string name)
{
    public string Name { get; } = name;

    public Dictionary<(int Row, int Column), object> Cells { get; } = [];

    public Dictionary<(int Row, int Column), string> Fills { get; } = [];

    public List<(int Top, int Left, int Bottom, int Right)> Merges { get; } = [];

    public bool IsHidden { get; init; }

    public int Rows => Cells.Count == 0 ? 0 : Cells.Keys.Max(cell => cell.Row) + 1;

    public int Columns => Cells.Count == 0 ? 0 : Cells.Keys.Max(cell => cell.Column) + 1;

    public void Put(int row, int column, object? value)
    {
        if (value is not (null or ""))
        {
            Cells[(row, column)] = value;
        }
    }

    public void Merge(int top, int left, int bottom, int right)
    {
        if (top != bottom || left != right)
        {
            Merges.Add((top, left, bottom, right));
        }
    }
}
