using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace Diaspora.Domain.Kernel;

/// <summary>A telephone number in its one canonical form, <c>+7XXXXXXXXXX</c>; numbers of other countries are as welcome.</summary>
public sealed record PhoneNumber
{
    private const string Home = "KZ";
    private const int HomeDigits = 11;
    private const int ShortestAbroad = 9;
    private static readonly PhoneNumberUtil Util = PhoneNumberUtil.GetInstance();

    private PhoneNumber(string value) => Value = value;

    /// <summary>E.164, with the plus.</summary>
    public string Value { get; }

    /// <summary>Takes a stored canonical value as it is.</summary>
    public static PhoneNumber FromCanonical(string value) => new(value);

    /// <exception cref="DomainException">The text is no possible number.</exception>
    public static PhoneNumber Parse(string? text) => TryParse(text, out var phone, out var problem) ? phone : throw new DomainException(problem);

    /// <summary>Reads any usual way of typing: <c>8 701 …</c>, <c>701 …</c>, <c>+7 (701) …</c>, <c>00994 …</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? phone, [NotNullWhen(false)] out Problem? problem)
    {
        phone = null;
        problem = null;
        var typed = text?.Trim() ?? "";
        if (typed.Length == 0)
        {
            problem = new Problem(Problems.PhoneEmpty);
            return false;
        }

        // The library reads letters as keys of a telephone and skips what stands before the number.
        if (typed.Any(char.IsLetter))
        {
            problem = new Problem(Problems.PhoneImpossible);
            return false;
        }

        if (typed.StartsWith("00", StringComparison.Ordinal))
        {
            typed = "+" + typed[2..];
        }

        var digits = string.Concat(typed.Where(char.IsAsciiDigit));
        if ((digits.Length == HomeDigits && digits[0] == '7') || (digits.Length == 12 && digits.StartsWith("994", StringComparison.Ordinal)))
        {
            typed = "+" + digits;
        }

        try
        {
            var number = Util.Parse(typed, Home);
            if (Util.IsValidNumber(number) || IsReservedMobile(number))
            {
                phone = new PhoneNumber(Util.Format(number, PhoneNumberFormat.E164));
                return true;
            }
        }
        catch (NumberParseException)
        {
            // Answered below, because the library's message is not a sentence for a member.
        }

        problem = Explain(typed, digits);
        return false;
    }

    /// <summary>As people write it: <c>+7 701 555 01 42</c>.</summary>
    public string ToDisplay()
    {
        if (Value.Length == HomeDigits + 1 && Value.StartsWith("+7", StringComparison.Ordinal))
        {
            return $"+7 {Value[2..5]} {Value[5..8]} {Value[8..10]} {Value[10..]}";
        }

        try
        {
            return Util.Format(Util.Parse(Value, Home), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return Value;
        }
    }

    public override string ToString() => Value;

    /// <summary>703 and 704 are reserved for mobile operators. The library does not know them yet.</summary>
    private static bool IsReservedMobile(PhoneNumbers.PhoneNumber number) => number is { CountryCode: 7, NationalNumber: >= 7_030_000_000 and <= 7_049_999_999 };

    private static Problem Explain(string typed, string digits)
    {
        // Only a number that is plainly of this country can be said to lack digits; lengths abroad vary.
        if (digits.Length == 0 || (typed.StartsWith('+') && digits[0] != '7'))
        {
            return new Problem(Problems.PhoneImpossible);
        }

        // As dialled at home in another country, with its 0 or without. Here every number begins with a 7, or with the 8 that is dialled instead.
        if (!typed.StartsWith('+') && digits[0] is not ('7' or '8') && digits.Length >= ShortestAbroad && digits.Any(digit => digit != digits[0]))
        {
            return new Problem(Problems.PhoneNeedsPlus);
        }

        // The number begins with the country's 7 or with the 8 that is dialled instead. No area or operator begins with 770 or 774.
        var hasPrefix = typed.StartsWith('+') || digits[0] == '8'
            || digits.StartsWith("770", StringComparison.Ordinal) || digits.StartsWith("774", StringComparison.Ordinal);
        var missing = HomeDigits - digits.Length - (hasPrefix ? 0 : 1);
        return missing switch
        {
            > 0 => new Problem(Problems.PhoneTooShort, missing),
            < 0 => new Problem(Problems.PhoneTooLong),
            0 => new Problem(Problems.PhoneImpossible),
        };
    }
}
