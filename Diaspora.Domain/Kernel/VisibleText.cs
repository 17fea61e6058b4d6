using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Diaspora.Domain.Kernel;

/// <summary>
/// What is pasted brings signs along that nobody sees: marks of direction, joiners, soft hyphens, spaces that do not break. With them, two texts that look the same
/// are two. So every form, filter, address and cell of a file takes its text in through here.
/// </summary>
public static class VisibleText
{
    /// <summary>No name, phone or code is longer, and each letter more costs the search.</summary>
    public const int SearchLength = 100;

    /// <summary>The first half of tags and variants beyond U+E0000. All of these are unseen.</summary>
    private const char Tags = '\uDB40';

    /// <summary>A pattern of Braille without any dot: it looks like a space, and is none to .NET.</summary>
    private const char BlankBraille = '\u2800';

    /// <summary>Signs without a look of their own that Unicode counts to letters and accents.</summary>
    private const string Blank = "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u3164\uFFA0";

    private static readonly SearchValues<char> Others =
        SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(sign => sign == Tags || IsUnseen(sign) || IsOddSpace(sign))]);

    /// <summary>The text that a person sees: without unseen signs, and with plain spaces only.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Visible(this string? text)
    {
        var first = text.AsSpan().IndexOfAny(Others);
        if (first < 0)
        {
            return text;
        }

        var visible = new StringBuilder(text!.Length).Append(text, 0, first);
        for (var at = first; at < text.Length; at++)
        {
            var sign = text[at];
            if (sign == Tags && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                at++;
            }
            else if (!IsUnseen(sign))
            {
                visible.Append(IsOddSpace(sign) ? ' ' : sign);
            }
        }

        return visible.ToString();
    }

    /// <summary>What is searched or filtered by: seen, trimmed, and no longer than <see cref="SearchLength"/>; nothing where nothing is left.</summary>
    public static string? Search(string? text)
    {
        var wanted = text.Visible()?.Trim() ?? "";
        if (wanted.Length > SearchLength)
        {
            wanted = wanted[..(char.IsHighSurrogate(wanted[SearchLength - 1]) ? SearchLength - 1 : SearchLength)].TrimEnd();
        }

        return wanted.Length == 0 ? null : wanted;
    }

    private static bool IsUnseen(char sign) =>
        char.GetUnicodeCategory(sign) == UnicodeCategory.Format || sign is >= '\uFE00' and <= '\uFE0F' || Blank.Contains(sign, StringComparison.Ordinal);

    private static bool IsOddSpace(char sign) => sign == BlankBraille || (sign != ' ' && char.GetUnicodeCategory(sign) == UnicodeCategory.SpaceSeparator);
}

/// <summary>Of a form's text: it stays as it came. A password is as it was typed, and what was seen is compared with what is stored sign by sign.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AsItCameAttribute : Attribute;
