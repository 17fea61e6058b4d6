using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Diaspora.Domain.Members;

/// <summary>
/// The number a member gives when paying: eight digits, the last a check digit after ISO 7064 MOD 11,10, which notices every
/// wrong digit and nearly every swap of neighbours.
/// </summary>
public readonly record struct MemberNumber
{
    public const int First = 1_000_000;
    public const int Last = 9_999_999;

    private MemberNumber(string value) => Value = value;

    public string Value { get; }

    /// <param name="body">Seven digits, <see cref="First"/> to <see cref="Last"/>.</param>
    public static MemberNumber FromBody(int body)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(body, First);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body, Last);
        var digits = body.ToString(CultureInfo.InvariantCulture);
        return new MemberNumber(digits + CheckDigit(digits));
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out MemberNumber number)
    {
        number = default;
        var digits = text?.Replace(" ", "", StringComparison.Ordinal) ?? "";
        if (digits.Length != 8 || !digits.All(char.IsAsciiDigit) || digits[7] != CheckDigit(digits[..7]))
        {
            return false;
        }

        number = new MemberNumber(digits);
        return true;
    }

    /// <summary>Takes a stored value as it is.</summary>
    public static MemberNumber FromStored(string value) => new(value);

    /// <summary>In groups of four: <c>1048 2917</c>.</summary>
    public string ToDisplay() => $"{Value[..4]} {Value[4..]}";

    public override string ToString() => Value;

    private static char CheckDigit(string digits)
    {
        var product = 10;
        foreach (var digit in digits)
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (char)('0' + (11 - product) % 10);
    }
}
