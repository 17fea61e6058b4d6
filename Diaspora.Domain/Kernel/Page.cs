namespace Diaspora.Domain.Kernel;

/// <summary>One page of a longer list.</summary>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Number">Which page this is, from 1.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Number, int Size)
{
    public int Count => Math.Max(1, (Total + Size - 1) / Size);

    public Page<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Total, Number, Size);
}
