namespace Diaspora.Domain.Kernel;

/// <summary>Between what a whole number has to lie, both ends included.</summary>
public sealed record WholeRange(int Least, int Most)
{
    public Problem Refusal => new(Problems.NumberOutOfRange, Least, Most);

    public bool Has(long number) => number >= Least && number <= Most;

    /// <summary>The number in a text as people type it, «2 500 ₸» too; nothing when there is none or it is out of range.</summary>
    public int? Read(string? text) => WholeNumber.TryRead(text, out var number) && Has(number) ? (int)number : null;

    /// <exception cref="DomainException">Out of range.</exception>
    internal int Require(long number) => Has(number) ? (int)number : throw new DomainException(Refusal);
}
