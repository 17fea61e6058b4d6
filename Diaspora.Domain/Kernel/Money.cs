using System.Globalization;

namespace Diaspora.Domain.Kernel;

/// <summary>Whole tenge (KZT). Dues have no tiyn.</summary>
public readonly record struct Money(long Tenge) : IComparable<Money>
{
    public static readonly Money Zero;

    public bool IsZero => Tenge == 0;

    public int CompareTo(Money other) => Tenge.CompareTo(other.Tenge);

    public static Money operator +(Money left, Money right) => new(left.Tenge + right.Tenge);

    public static Money operator -(Money left, Money right) => new(left.Tenge - right.Tenge);

    public static bool operator <(Money left, Money right) => left.Tenge < right.Tenge;

    public static bool operator >(Money left, Money right) => left.Tenge > right.Tenge;

    public static bool operator <=(Money left, Money right) => left.Tenge <= right.Tenge;

    public static bool operator >=(Money left, Money right) => left.Tenge >= right.Tenge;

    public static Money Sum(IEnumerable<Money> amounts) => new(amounts.Sum(amount => amount.Tenge));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tenge} KZT");
}
