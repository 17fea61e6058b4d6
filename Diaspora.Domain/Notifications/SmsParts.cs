namespace Diaspora.Domain.Notifications;

/// <summary>How a text goes by SMS: in one part or several, each of which is paid for.</summary>
/// <param name="Length">In what a part holds: signs of the telephones' own alphabet, or units of UTF-16 where one sign is not in it.</param>
/// <param name="Count">How many parts; none for no text.</param>
/// <param name="IsWide">One sign is not in the telephones' alphabet, as every Cyrillic one, so a part holds less than half.</param>
public readonly record struct SmsParts(int Length, int Count, bool IsWide)
{
    /// <summary>GSM 03.38, each sign of which takes one place.</summary>
    private const string Alphabet =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ!\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>Its second table: a sign of it takes two places.</summary>
    private const string Extended = "\f^{}\\[~]|€";

    /// <summary>What a part holds where there is one, and where there are several: those say which of how many they are.</summary>
    private const int Narrow = 160;
    private const int NarrowOfSeveral = 153;
    private const int Wide = 70;
    private const int WideOfSeveral = 67;

    /// <summary>A short message has no title of its own. Spaces that hold a sum together are no letters of that alphabet, and nobody sees them on a telephone.</summary>
    public static string Join(string title, string text) => string.Concat($"{title}. {text}".Select(letter => letter == '\n' || !char.IsWhiteSpace(letter) ? letter : ' ')).Trim();

    public static SmsParts Of(string text)
    {
        var isWide = text.Any(sign => !Alphabet.Contains(sign, StringComparison.Ordinal) && !Extended.Contains(sign, StringComparison.Ordinal));
        IReadOnlyList<int> places = isWide
            ? [.. text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength)]
            : [.. text.Select(sign => Extended.Contains(sign, StringComparison.Ordinal) ? 2 : 1)];
        var length = places.Sum();
        return new SmsParts(length, length <= (isWide ? Wide : Narrow) ? Math.Min(length, 1) : PartsOf(places, isWide ? WideOfSeveral : NarrowOfSeveral), isWide);
    }

    /// <summary>A sign of two places is not torn apart: it begins the next part, and one place stays empty.</summary>
    private static int PartsOf(IReadOnlyList<int> places, int room)
    {
        var (count, left) = (1, room);
        foreach (var place in places)
        {
            (count, left) = place > left ? (count + 1, room - place) : (count, left - place);
        }

        return count;
    }
}
