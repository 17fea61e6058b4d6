using System.Text.RegularExpressions;

namespace Diaspora.Domain.Import;

/// <summary>A cell with a phone as people keep it: two numbers, a word beside one, no number at all, or what a spreadsheet made of it.</summary>
public static partial class ImportPhones
{
    private static readonly HashSet<string> None = new(StringComparer.Ordinal) { "-", "–", "—", "нет", "нету", "нет номера", "нет телефона", "б/н", "жоқ", "yox", "no", "none", "?" };

    /// <summary>Without what people write where there is no phone.</summary>
    public static string Tidy(string text) => None.Contains(text.Spaced().TrimEnd('.')) ? "" : text;

    /// <summary>What is wrong with a cell that is no single number; nothing where the phone's own rule says it well.</summary>
    public static Problem? Explain(string text)
    {
        if (Rounded().IsMatch(text.Trim()))
        {
            return new Problem(Problems.ImportPhoneLost, text.Trim());
        }

        return Among(text) switch
        {
            [var one, var other, ..] => new Problem(Problems.ImportPhoneChoice, one.ToDisplay(), other.ToDisplay()),
            [var one] when !PhoneNumber.TryParse(text, out _, out _) => new Problem(Problems.ImportPhoneBeside, one.ToDisplay()),
            _ => null,
        };
    }

    /// <summary>The numbers that stand in a text, in order.</summary>
    public static IReadOnlyList<PhoneNumber> Among(string text)
    {
        List<PhoneNumber> found = [];
        foreach (var part in Parts().Split(text).SelectMany(part => Digits().Matches(part).Select(digits => digits.Value)).SelectMany(Halves))
        {
            if (PhoneNumber.TryParse(part, out var phone, out _) && !found.Contains(phone))
            {
                found.Add(phone);
            }
        }

        return found;
    }

    /// <summary>«87015556677 87770001122»: two numbers with nothing but a space between them.</summary>
    private static string[] Halves(string part)
    {
        var digits = string.Concat(part.Where(char.IsAsciiDigit));
        return digits.Length == 22 && digits[0] is '7' or '8' && digits[11] is '7' or '8' ? [digits[..11], digits[11..]] : [part];
    }

    /// <summary>As a spreadsheet shows a long number in a narrow column; a CSV keeps no more of it.</summary>
    [GeneratedRegex(@"^\d(?:[.,]\d+)? ?[EeЕе]\+?\d{1,2}$")]
    private static partial Regex Rounded();

    [GeneratedRegex(@"[/;,|\r\n]|(?<=\d)\s+(?:и|или|және|немесе|və|or)\s+")]
    private static partial Regex Parts();

    [GeneratedRegex(@"\+?[\d(][\d\s().-]{5,}\d")]
    private static partial Regex Digits();
}
