using System.Globalization;

namespace Diaspora.Domain.Members;

/// <summary>
/// The individual identification number of Kazakhstan: twelve digits, the first six the birth date, the seventh century and sex,
/// the last a check digit.
/// </summary>
public static class Iin
{
    public const int Length = 12;

    private static readonly int[] First = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    private static readonly int[] Second = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

    /// <summary>The digits without the spaces people put between them.</summary>
    public static string Tidy(string? text) => string.Concat((text ?? "").Where(sign => !char.IsWhiteSpace(sign) && sign != '-'));

    /// <summary>What is wrong with it; nothing when it can be somebody's, or is left out.</summary>
    public static Problem? Check(string? text)
    {
        var digits = Tidy(text);
        return digits.Length == 0 ? null
            : digits.Length != Length || !digits.All(char.IsAsciiDigit) ? new Problem(Problems.IinLength)
            : digits[4] is '4' or '5' or '6' ? new Problem(Problems.IinOfCompany)
            : CheckDigit(digits) != digits[Length - 1] - '0' || !HasDate(digits) ? new Problem(Problems.IinImpossible)
            : null;
    }

    /// <summary>The day its owner was born; nothing where the century is not said.</summary>
    /// <param name="iin">Twelve digits that were checked.</param>
    public static DateOnly? BirthDate(string? iin)
    {
        if (iin is not { Length: Length } || Century(iin) is not { } century)
        {
            return null;
        }

        return DateOnly.TryParseExact($"{century}{iin[..6]}", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    private static int? Century(string digits) => digits[6] switch
    {
        '1' or '2' => 18,
        '3' or '4' => 19,
        '5' or '6' => 20,
        _ => null,
    };

    /// <summary>Without a century any year does.</summary>
    private static bool HasDate(string digits) =>
        BirthDate(digits) is not null
        || (Century(digits) is null && DateOnly.TryParseExact($"20{digits[..6]}", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    /// <summary>Twice weighed; a number that leaves 10 both times does not exist.</summary>
    private static int CheckDigit(string digits) => Weigh(digits, First) is var once && once < 10 ? once : Weigh(digits, Second);

    private static int Weigh(string digits, int[] weights) => weights.Select((weight, place) => weight * (digits[place] - '0')).Sum() % 11;
}
