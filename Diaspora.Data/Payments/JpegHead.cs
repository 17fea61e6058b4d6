using System.Buffers.Binary;

namespace Diaspora.Data.Payments;

/// <summary>
/// What a JPEG costs beyond its pixels. One in several scans is kept whole and unscaled until the last scan.
/// So a few bytes can demand much memory, and each further scan takes as long as the first.
/// </summary>
internal static class JpegHead
{
    /// <summary>A usual progressive one has ten.</summary>
    private const int MaxScans = 64;

    private const int BlockSide = 8;
    private const int BytesPerBlock = BlockSide * BlockSide * sizeof(short);
    private const int LengthBytes = 2;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <summary>The bytes a decoder keeps besides the pixels. Missing where there is no frame before the first scan, or too many scans.</summary>
    public static long? CoefficientBytes(ReadOnlySpan<byte> file)
    {
        Frame? frame = null;
        var scans = 0;
        for (var rest = file[LengthBytes..]; Next(ref rest) is { } marker and not EndOfImage;)
        {
            if (!BinaryPrimitives.TryReadUInt16BigEndian(rest, out var length) || length < LengthBytes || length > rest.Length)
            {
                break;
            }

            var segment = rest[LengthBytes..length];
            rest = rest[length..];
            frame = Frame.Read(marker, segment) ?? frame;
            if (marker != StartOfScan)
            {
                continue;
            }

            if (frame is null || segment.Length == 0 || ++scans > MaxScans)
            {
                return null;
            }

            if (!frame.IsProgressive && segment[0] == frame.Components)
            {
                return 0;
            }
        }

        return scans > 0 ? frame!.Bytes : null;
    }

    /// <summary>Moves behind the next marker. Bytes of pixels and restart markers among them are skipped.</summary>
    private static byte? Next(ref ReadOnlySpan<byte> rest)
    {
        while (rest.IndexOf((byte)0xFF) is >= 0 and var at && at + 1 < rest.Length)
        {
            var marker = rest[at + 1];
            if (marker == 0xFF)
            {
                rest = rest[(at + 1)..];
                continue;
            }

            rest = rest[(at + 2)..];
            if (marker is not (0x00 or 0x01 or (>= 0xD0 and <= 0xD8)))
            {
                return marker;
            }
        }

        return null;
    }

    private sealed record Frame(bool IsProgressive, int Components, long Bytes)
    {
        public static Frame? Read(byte marker, ReadOnlySpan<byte> segment)
        {
            const int Head = 6;
            const int PerComponent = 3;
            var isFrame = marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            if (!isFrame || segment.Length < Head || segment.Length < Head + PerComponent * segment[Head - 1])
            {
                return null;
            }

            long height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
            long width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
            int components = segment[Head - 1];
            var (across, down) = (1, 1);
            for (var index = 0; index < components; index++)
            {
                var sampling = segment[Head + PerComponent * index + 1];
                (across, down) = (Math.Max(across, sampling >> 4), Math.Max(down, sampling & 15));
            }

            long blocks = 0;
            for (var index = 0; index < components; index++)
            {
                var sampling = segment[Head + PerComponent * index + 1];
                blocks += Blocks(width * (sampling >> 4), across) * Blocks(height * (sampling & 15), down);
            }

            return new Frame(marker is 0xC2 or 0xC6 or 0xCA or 0xCE, components, blocks * BytesPerBlock);
        }

        private static long Blocks(long pixels, int sampling) => (pixels + BlockSide * sampling - 1) / (BlockSide * sampling);
    }
}
