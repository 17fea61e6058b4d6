using System.Buffers;
using System.Globalization;
using System.Text;

namespace Diaspora.Data.Payments;

/// <summary>
/// How the streams of a PDF are packed. <see cref="PdfCheck"/> looks through what is packed once by Flate, and a picture holds nothing that runs; whatever is packed in
/// another way could hide a script from it and show it to a reader. Looked for in the whole file, since a dictionary's end can be forged.
/// </summary>
internal static class PdfFilters
{
    /// <summary>Longer than any name that is known, each of its signs escaped.</summary>
    private const int LongestName = 120;

    private const string Key = "Filter";

    /// <summary>The short key of a picture within a page. Some readers take it for the long one anywhere; but it may name a file as well.</summary>
    private const string ShortKey = "F";

    private static readonly string[] Packed = ["FlateDecode", "Fl"];
    private static readonly string[] Pictures = ["DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode"];
    private static readonly string[] Hiding = ["ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "LZWDecode", "LZW", "RunLengthDecode", "RL", "Crypt"];

    /// <summary>Under the same key a signature says who made it.</summary>
    private static readonly string[] Signatures = ["Adobe.PPKLite", "Adobe.PPKMS", "Adobe.PubSec", "Entrust.PPKEF", "CICI.SignIt", "VeriSign.PPKVS"];

    private static readonly SearchValues<byte> EndOfName = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);
    private static readonly SearchValues<byte> Space = SearchValues.Create("\0\t\n\f\r "u8);

    public static bool AreKnown(ReadOnlySpan<byte> file)
    {
        while (file.IndexOf((byte)'/') is >= 0 and var slash)
        {
            file = file[(slash + 1)..];
            if (file is [(byte)'F' or (byte)'#', ..] && !IsKnown(file))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsKnown(ReadOnlySpan<byte> at)
    {
        var key = Name(ref at);
        return key == Key ? Names(at) is { } named && IsKnown(named)
            : key != ShortKey || Names(at) is not { } names || !names.Any(name => Hiding.Contains(name) || Packed.Contains(name)) || IsKnown(names);
    }

    private static bool IsKnown(List<string> names) =>
        names is [var only] && Signatures.Contains(only)
        || names.Skip(names.Count > 0 && Packed.Contains(names[0]) ? 1 : 0).All(Pictures.Contains);

    /// <summary>The names of a value, one or a list; nothing when it is something else, such as a reference to another place.</summary>
    private static List<string>? Names(ReadOnlySpan<byte> at)
    {
        SkipSpace(ref at);
        if (at.StartsWith("null"u8))
        {
            return [];
        }

        if (at is [(byte)'/', ..])
        {
            at = at[1..];
            return [Name(ref at)];
        }

        if (at is not [(byte)'[', ..])
        {
            return null;
        }

        List<string> names = [];
        at = at[1..];
        for (SkipSpace(ref at); at is [(byte)'/', ..]; SkipSpace(ref at))
        {
            at = at[1..];
            names.Add(Name(ref at));
        }

        return at is [(byte)']', ..] ? names : null;
    }

    private static string Name(ref ReadOnlySpan<byte> at)
    {
        var end = at[..Math.Min(at.Length, LongestName)].IndexOfAny(EndOfName);
        var raw = at[..(end >= 0 ? end : Math.Min(at.Length, LongestName))];
        at = at[raw.Length..];
        var name = new StringBuilder(raw.Length);
        for (var index = 0; index < raw.Length; index++)
        {
            if (raw[index] == '#' && index + 2 < raw.Length && byte.TryParse(raw.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                name.Append((char)escaped);
                index += 2;
            }
            else
            {
                name.Append((char)raw[index]);
            }
        }

        return name.ToString();
    }

    private static void SkipSpace(ref ReadOnlySpan<byte> at)
    {
        while (true)
        {
            var begin = at.IndexOfAnyExcept(Space);
            at = begin < 0 ? [] : at[begin..];
            if (at is not [(byte)'%', ..])
            {
                return;
            }

            var end = at.IndexOfAny((byte)'\r', (byte)'\n');
            at = end < 0 ? [] : at[end..];
        }
    }
}
