namespace Diaspora.Domain.Notifications;

/// <summary>What of a text a telephone network carries at once. One letter that its own alphabet does not have, and every letter takes twice the room.</summary>
public static class SmsText
{
    private const string Alphabet = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>Each takes the room of two.</summary>
    private const string Extension = "^{}\\[~]|€\f";

    private const int WholeLatin = 160;
    private const int PartLatin = 153;
    private const int Whole = 70;
    private const int Part = 67;

    /// <summary>Spaces that hold a sum together are no letters of that alphabet, and nobody sees them on a telephone.</summary>
    public static string Clean(string text) => string.Concat(text.Select(letter => letter == '\n' || !char.IsWhiteSpace(letter) ? letter : ' ')).Trim();

    /// <summary>As how many messages it is sent and paid.</summary>
    public static int PartsOf(string text)
    {
        var isLatin = text.All(letter => Alphabet.Contains(letter, StringComparison.Ordinal) || Extension.Contains(letter, StringComparison.Ordinal));
        List<int> rooms = isLatin ? [.. text.Select(letter => Extension.Contains(letter, StringComparison.Ordinal) ? 2 : 1)] : [.. text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength)];
        var (whole, part) = isLatin ? (WholeLatin, PartLatin) : (Whole, Part);
        if (rooms.Sum() <= whole)
        {
            return 1;
        }

        // Nothing that takes two places is cut between two parts.
        var (parts, left) = (1, part);
        foreach (var room in rooms)
        {
            if (room > left)
            {
                (parts, left) = (parts + 1, part);
            }

            left -= room;
        }

        return parts;
    }
}
