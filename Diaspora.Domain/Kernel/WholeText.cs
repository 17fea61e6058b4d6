using System.Text;

namespace Diaspora.Domain.Kernel;

public static class WholeText
{
    private const int NoCharacter = 0xFFFE;

    /// <summary>
    /// The text with each letter in one form. What comes from outside may hold half of a pair or U+FFFE, which are no characters, and .NET refuses to normalise such
    /// a text: they become U+FFFD.
    /// </summary>
    public static string Whole(this string text, NormalizationForm form)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains((char)NoCharacter, StringComparison.Ordinal))
        {
            return text.Normalize(form);
        }

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append((rune.Value == NoCharacter ? Rune.ReplacementChar : rune).ToString());
        }

        return whole.ToString().Normalize(form);
    }
}
