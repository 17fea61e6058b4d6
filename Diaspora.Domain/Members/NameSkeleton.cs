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
    public static string Of(string? text) => Once(SoundsOf(text));

    /// <summary>
    /// What a search for a name looks for. Of «zzz» one letter would stay, which is in everybody's name: where half of what was typed or more is a letter said again, as in no name and no beginning
    /// of one, it stays as it was typed. Nobody's skeleton has that.
    /// </summary>
    public static string Sought(string? text)
    {
        var sounds = SoundsOf(text);
        var once = Once(sounds);
        return LettersOf(once) * 2 > LettersOf(sounds) ? once : sounds;

        static int LettersOf(string words) => words.Length - words.Count(letter => letter == ' ');
    }

    /// <summary>
    /// So many letters are a name and not its beginning: what one writes as one word, as Мамедзаде, another writes as two. Of shorter ones the end of a word and the beginning of the next are nobody's
    /// name. Within a word a skeleton has j for дз, so both are compared with that letter taken apart.
    /// </summary>
    public const int WholeWord = 6;

    /// <summary>A skeleton without its spaces, to be looked for in another one of the kind.</summary>
    public static string Joined(string skeleton) => Apart(skeleton.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>A skeleton in which j is dz, as where two words meet.</summary>
    public static string Apart(string skeleton) => skeleton.Replace("j", "dz", StringComparison.Ordinal);

    /// <summary>The words of a skeleton in the order of the alphabet.</summary>
    public static string InAnyOrder(string skeleton) => string.Join(' ', skeleton.Split(' ').Order(StringComparer.Ordinal));

    private static string SoundsOf(string? text)
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

        // Spellings write one sound in several ways: iye/ie, gh/g, sh/s, ch/c.
        return folded.ToString().Trim()
            .Replace("sh", "s", StringComparison.Ordinal).Replace("ch", "c", StringComparison.Ordinal).Replace("kh", "h", StringComparison.Ordinal)
            .Replace("gh", "g", StringComparison.Ordinal).Replace("zh", "j", StringComparison.Ordinal).Replace("ts", "s", StringComparison.Ordinal)
            .Replace("dj", "j", StringComparison.Ordinal).Replace("dz", "j", StringComparison.Ordinal)
            .Replace("ya", "a", StringComparison.Ordinal).Replace("yu", "u", StringComparison.Ordinal).Replace("ye", "e", StringComparison.Ordinal)
            .Replace("yo", "e", StringComparison.Ordinal).Replace('y', 'i');
    }

    /// <summary>A doubled letter is one.</summary>
    private static string Once(string sounds)
    {
        var squeezed = new StringBuilder(sounds.Length);
        foreach (var letter in sounds.Where(letter => squeezed.Length == 0 || squeezed[^1] != letter || char.IsAsciiDigit(letter)))
        {
            squeezed.Append(letter);
        }

        return squeezed.ToString();
    }
}
