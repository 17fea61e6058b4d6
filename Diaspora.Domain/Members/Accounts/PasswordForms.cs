using System.Text;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>The spellings in which a password is compared: whoever guesses tries a word in each of them.</summary>
public static class PasswordForms
{
    private const string LatinKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
    private const string CyrillicKeys = "йцукенгшщзхъфывапролджэячсмитьбюё";
    private const string Swapped = "@40$5317";
    private const string Letters = "aaosseit";

    /// <summary>As typed in small letters, as typed on the other keyboard, with letters for the signs that stand for them, and in Latin letters.</summary>
    public static IReadOnlyList<string> Of(string password)
    {
        var typed = password.Whole(NormalizationForm.FormKC).Trim().ToLowerInvariant();
        string[] keyed = [typed, Exchange(typed, CyrillicKeys, LatinKeys), Exchange(typed, LatinKeys, CyrillicKeys)];
        return [.. keyed.Concat([Exchange(typed, Swapped, Letters), Exchange(typed.Replace('1', 'l'), Swapped, Letters)]).Concat(keyed.Select(Latin)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A word without its spelling: Айгюн, Aygün and AYGUN are one. Without spaces.</summary>
    public static string Latin(string text) => NameSkeleton.Of(text).Replace(" ", "", StringComparison.Ordinal);

    private static string Exchange(string text, string from, string to) =>
        string.Concat(text.Select(sign => from.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var place ? to[place] : sign));
}
