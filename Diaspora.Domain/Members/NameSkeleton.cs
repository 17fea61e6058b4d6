using System.Globalization;
using System.Text;

namespace Diaspora.Domain.Members;

/// <summary>
/// One spelling for a name in three alphabets, so that Алиев, Əliyev, Aliyev and Әлиев are found by one another. Lossy on
/// purpose: it is only searched, never shown.
/// </summary>
public static class NameSkeleton
{
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['а'] = "a",
        ['б'] = "b",
        ['в'] = "v",
        ['г'] = "g",
        ['д'] = "d",
        ['е'] = "e",
        ['ж'] = "j",
        ['з'] = "z",
        ['и'] = "i",
        ['й'] = "y",
        ['к'] = "k",
        ['л'] = "l",
        ['м'] = "m",
        ['н'] = "n",
        ['о'] = "o",
        ['п'] = "p",
        ['р'] = "r",
        ['с'] = "s",
        ['т'] = "t",
        ['у'] = "u",
        ['ф'] = "f",
        ['х'] = "h",
        ['ц'] = "s",
        ['ч'] = "c",
        ['ш'] = "s",
        ['щ'] = "s",
        ['ъ'] = "",
        ['ы'] = "i",
        ['ь'] = "",
        ['э'] = "e",
        ['ю'] = "u",
        ['я'] = "a",
        ['ё'] = "e",
        ['ә'] = "a",
        ['ғ'] = "g",
        ['қ'] = "k",
        ['ң'] = "n",
        ['ө'] = "o",
        ['ұ'] = "u",
        ['ү'] = "u",
        ['һ'] = "h",
        ['і'] = "i",
        ['ə'] = "a",
        ['ı'] = "i",
        ['ğ'] = "g",
        ['ş'] = "s",
        ['ç'] = "c",
        ['ö'] = "o",
        ['ü'] = "u",
        ['x'] = "h",
        ['q'] = "k",
        ['w'] = "v",
        ['ј'] = "y",
        ['ҝ'] = "g",
        ['ҹ'] = "c",
    };

    /// <summary>Lower-case Latin letters, digits and single spaces; empty for an empty text.</summary>
    public static string Of(string? text)
    {
        var seen = text.Visible();
        if (string.IsNullOrWhiteSpace(seen))
        {
            return "";
        }

        var folded = new StringBuilder(seen.Length);
        foreach (var letter in seen.Small(NormalizationForm.FormKC))
        {
            if (Letters.TryGetValue(letter, out var latin))
            {
                folded.Append(latin);
            }
            else if (char.IsAsciiLetterOrDigit(letter))
            {
                folded.Append(letter);
            }
            else if (char.IsLetter(letter))
            {
                folded.Append(string.Concat(letter.ToString().Whole(NormalizationForm.FormD).Where(char.IsAsciiLetter)));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return Squeeze(folded.ToString().Trim());
    }

    /// <summary>The words of a skeleton in the order of the alphabet.</summary>
    public static string InAnyOrder(string skeleton) => string.Join(' ', skeleton.Split(' ').Order(StringComparer.Ordinal));

    /// <summary>Spellings write one sound in several ways: <c>iye/ie</c>, <c>gh/g</c>, <c>sh/s</c>, <c>ch/c</c>, doubled letters.</summary>
    private static string Squeeze(string text)
    {
        var one = text
            .Replace("sh", "s", StringComparison.Ordinal).Replace("ch", "c", StringComparison.Ordinal).Replace("kh", "h", StringComparison.Ordinal)
            .Replace("gh", "g", StringComparison.Ordinal).Replace("zh", "j", StringComparison.Ordinal).Replace("ts", "s", StringComparison.Ordinal)
            .Replace("dj", "j", StringComparison.Ordinal).Replace("dz", "j", StringComparison.Ordinal)
            .Replace("ya", "a", StringComparison.Ordinal).Replace("yu", "u", StringComparison.Ordinal).Replace("ye", "e", StringComparison.Ordinal)
            .Replace("yo", "e", StringComparison.Ordinal).Replace('y', 'i');
        var squeezed = new StringBuilder(one.Length);
        foreach (var letter in one.Where(letter => squeezed.Length == 0 || squeezed[^1] != letter || char.IsAsciiDigit(letter)))
        {
            squeezed.Append(letter);
        }

        return squeezed.ToString();
    }
}
