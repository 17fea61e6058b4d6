using System.Text;

namespace Diaspora.Domain.Kernel;

public static class WholeText
{
    private const int NoCharacter = 0xFFFE;
    private const char LargeDottedI = 'İ';

    /// <summary>The dot that some keyboards send as a sign of its own after an i that has one already.</summary>
    private const string DottedTwice = "i\u0307";

    /// <summary>
    /// The text in small letters, each in one form, whatever the language. İ is the large i of Azerbaijani, Turkish and the new Kazakh script; no culture is asked, and
    /// without one .NET leaves it as it is.
    /// </summary>
    public static string Small(this string text, NormalizationForm form = NormalizationForm.FormC) =>
        text.Whole(form).Replace(LargeDottedI, 'i').ToLowerInvariant().Replace(DottedTwice, "i", StringComparison.Ordinal);

    /// <summary>What is seen of a text, in small letters and with single spaces: to know a word however it was typed.</summary>
    public static string Spaced(this string? text) => string.Join(' ', (text.Visible() ?? "").Small().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

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
