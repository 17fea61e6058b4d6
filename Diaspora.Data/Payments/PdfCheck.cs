using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using SkiaSharp;

namespace Diaspora.Data.Payments;

/// <summary>
/// Refuses a PDF that runs something or cannot be read without a password. It looks for names, in the file as it lies and in its
/// compressed streams, and looks at no more than a bound: a reader of the whole format would unpack whatever it is told to.
/// </summary>
internal static class PdfCheck
{
    /// <summary>How much of one file is read and unpacked. Enough for several pictures of a phone's screen, and done within a second.</summary>
    private const long MaxBytes = 128 * 1024 * 1024;

    private const int WindowBytes = 64 * 1024;

    /// <summary>A name looked for, each of its signs escaped, with what comes before and after.</summary>
    private const int LongestName = 40;

    private static readonly string[] Locks = ["Encrypt"];
    private static readonly string[] Runs = ["JavaScript", "Launch", "Rendition", "XFA"];
    private static readonly SearchValues<byte> EndOfName = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);

    /// <exception cref="DomainException">It has a password, a script, something packed so that none would be found, or too much in it to be looked through.</exception>
    public static void Check(SKData file)
    {
        if (HasName(file.Span, Locks, isLast: true))
        {
            throw new DomainException(Problems.PdfLocked);
        }

        if (!PdfFilters.AreKnown(file.Span))
        {
            throw new DomainException(Problems.PdfUnknownFilter);
        }

        if (HasName(file.Span, Runs, isLast: true) || HasNameInStreams(file))
        {
            throw new DomainException(Problems.PdfHasScript);
        }
    }

    private static bool HasNameInStreams(SKData file)
    {
        using var content = file.AsStream();
        var window = ArrayPool<byte>.Shared.Rent(WindowBytes);
        try
        {
            var left = MaxBytes;
            for (var at = 0; Next(file.Span, ref at);)
            {
                content.Position = at;
                if (HasName(content, window, ref left))
                {
                    return true;
                }

                // What was read counts too, because an endless stream can unpack to nothing.
                left -= content.Position - at;
                if (left < 0)
                {
                    throw new DomainException(Problems.PdfUnreadable);
                }
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    /// <summary>Goes to the next compressed stream, whatever its dictionary calls it.</summary>
    private static bool Next(ReadOnlySpan<byte> file, ref int at)
    {
        while (file[at..].IndexOf("stream"u8) is >= 0 and var found)
        {
            at += found + "stream"u8.Length;
            var start = file[at..].IndexOfAnyExcept("\r\n\t "u8);
            if (start >= 0 && at + start + 1 < file.Length && IsPacked(file[at + start], file[at + start + 1]))
            {
                at += start;
                return true;
            }
        }

        return false;
    }

    private static bool IsPacked(byte method, byte check) => (method & 0x0F) == 8 && (method << 8 | check) % 31 == 0;

    private static bool HasName(Stream packed, byte[] window, ref long left)
    {
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress, leaveOpen: true);
        var kept = 0;
        int read;
        while ((read = Read(unpacked, window.AsSpan(kept, WindowBytes - kept))) > 0)
        {
            if ((left -= read) < 0)
            {
                throw new DomainException(Problems.PdfUnreadable);
            }

            var seen = window.AsSpan(0, kept + read);
            if (HasName(seen, Runs, isLast: false))
            {
                return true;
            }

            // A name may lie across the edge.
            var rest = seen[^Math.Min(seen.Length, LongestName)..];
            rest.CopyTo(window);
            kept = rest.Length;
        }

        return HasName(window.AsSpan(0, kept), Runs, isLast: true);
    }

    /// <summary>A stream that breaks off ends there, as it does in a PDF viewer.</summary>
    private static int Read(ZLibStream unpacked, Span<byte> buffer)
    {
        try
        {
            return unpacked.Read(buffer);
        }
        catch (InvalidDataException)
        {
            return 0;
        }
    }

    private static bool HasName(ReadOnlySpan<byte> bytes, string[] names, bool isLast)
    {
        while (bytes.IndexOf((byte)'/') is >= 0 and var slash)
        {
            bytes = bytes[(slash + 1)..];
            foreach (var name in names)
            {
                if (Matches(bytes, name) is { } length && (length < bytes.Length ? EndOfName.Contains(bytes[length]) : isLast))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>How many bytes the name takes up there, if it is there; each sign of a name may be written as #xx.</summary>
    private static int? Matches(ReadOnlySpan<byte> bytes, string name)
    {
        var at = 0;
        foreach (var sign in name)
        {
            if (at < bytes.Length && bytes[at] == sign)
            {
                at++;
            }
            else if (at + 2 < bytes.Length && bytes[at] == '#' && byte.TryParse(bytes.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped) && escaped == sign)
            {
                at += 3;
            }
            else
            {
                return null;
            }
        }

        return at;
    }
}
