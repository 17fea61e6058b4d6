using System.Text;

namespace Diaspora.Domain.Members;

/// <summary>
/// The key that names are sorted by: three alphabets put into the order of the Russian one, so that a list reads from А to Я and
/// comparing code by code is enough on every database. Kazakh and Azerbaijani letters stand right after the letter they are near to.
/// </summary>
public static class NameOrder
{
    private const string Alphabet = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

    /// <summary>Letters of other alphabets by those they are near to. What has an accent and is not here stands with its plain letter.</summary>
    private static readonly Dictionary<char, string> Others = new()
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

        // Whoever writes in large letters writes I for both, so both stand in one place.
        ['ı'] = "и",
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

        // The new Latin alphabet of Kazakh, of 2021 and of 2018.
        ['ä'] = "ә",
        ['á'] = "ә",
        ['ǵ'] = "ғ",
        ['ñ'] = "ң",
        ['ń'] = "ң",
        ['ó'] = "ө",
        ['ū'] = "ұ",
        ['ú'] = "ү",
        ['ý'] = "у",

        // The old Cyrillic alphabet of Azerbaijani, and neighbours.
        ['ј'] = "й",
        ['ҝ'] = "г",
        ['ҹ'] = "дж",
        ['ґ'] = "г",
        ['є'] = "е",
        ['ҳ'] = "х",
        ['ҷ'] = "дж",
    };

    /// <summary>Latin letters and spaces only, one for each place in the alphabet; empty for an empty name.</summary>
    public static string KeyOf(string? name)
    {
        var key = new StringBuilder();
        foreach (var letter in (name.Visible() ?? "").Small(NormalizationForm.FormKC))
        {
            foreach (var own in PlacesOf(letter))
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

    private static string PlacesOf(char letter) =>
        Others.TryGetValue(letter, out var near) ? near
        : !char.IsLetter(letter) || Alphabet.Contains(letter, StringComparison.Ordinal) ? letter.ToString()
        : letter.ToString().Whole(NormalizationForm.FormD)[..1] is var plain && Others.TryGetValue(plain[0], out near) ? near : plain;
}
