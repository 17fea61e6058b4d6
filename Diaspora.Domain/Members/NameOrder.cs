using System.Globalization;
using System.Text;

namespace Diaspora.Domain.Members;

/// <summary>
/// The key that names are sorted by: three alphabets put into the order of the Russian one, so that a list reads from А to Я and
/// comparing code by code is enough on every database. Kazakh and Azerbaijani letters stand right after the letter they are near to.
/// </summary>
public static class NameOrder
{
    private const string Alphabet = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

    private static readonly Dictionary<char, string> Latin = new()
    {
        ['a'] = "а",
        ['b'] = "б",
        ['c'] = "дж",
        ['ç'] = "ч",
        ['d'] = "д",
        ['e'] = "е",
        ['ə'] = "ә",
        ['f'] = "ф",
        ['g'] = "г",
        ['ğ'] = "ғ",
        ['h'] = "һ",
        ['x'] = "х",
        ['ı'] = "ы",
        ['i'] = "и",
        ['j'] = "ж",
        ['k'] = "к",
        ['q'] = "г",
        ['l'] = "л",
        ['m'] = "м",
        ['n'] = "н",
        ['o'] = "о",
        ['ö'] = "ө",
        ['p'] = "п",
        ['r'] = "р",
        ['s'] = "с",
        ['ş'] = "ш",
        ['t'] = "т",
        ['u'] = "у",
        ['ü'] = "ү",
        ['v'] = "в",
        ['w'] = "в",
        ['y'] = "й",
        ['z'] = "з",
    };

    /// <summary>Latin letters and spaces only, one for each place in the alphabet; empty for an empty name.</summary>
    public static string KeyOf(string? name)
    {
        var key = new StringBuilder();
        foreach (var letter in (name ?? "").Whole(NormalizationForm.FormKC).ToLower(CultureInfo.InvariantCulture))
        {
            foreach (var own in Latin.TryGetValue(letter, out var cyrillic) ? cyrillic : letter.ToString())
            {
                var place = Alphabet.IndexOf(own, StringComparison.Ordinal);
                if (place >= 0)
                {
                    // Two Latin letters for one place: 42 places do not fit into 26 letters.
                    key.Append((char)('a' + place / 10)).Append((char)('a' + place % 10));
                }
                else if (char.IsWhiteSpace(own) && key.Length > 0)
                {
                    key.Append(' ');
                }
            }
        }

        return key.ToString().TrimEnd();
    }
}
