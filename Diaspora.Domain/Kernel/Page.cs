namespace Diaspora.Domain.Kernel;

/// <summary>What is read a page at a time.</summary>
public interface IPaged
{
    /// <summary>Which page this is, from 1.</summary>
    int Number { get; }

    /// <summary>How many pages there are; one where there is nothing.</summary>
    int Count { get; }
}

/// <summary>One page of a longer list.</summary>
/// <param name="Total">How many there are on all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Number, int Size) : IPaged
{
    public int Count => Math.Max(1, (Total + Size - 1) / Size);

    public Page<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Total, Number, Size);
}

public static class Paging
{
    /// <summary>The page that is asked for; where the list ends before it, its last. Rows go while an address that was kept stays.</summary>
    public static async Task<TPage> OrLastAsync<TPage>(int number, Func<int, Task<TPage>> read) where TPage : IPaged
    {
        var page = await read(number);
        return page.Number > page.Count ? await read(page.Count) : page;
    }
}
