using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Diaspora.Tests.Payments;

/// <summary>Photos as phones and ill-wishers make them.</summary>
internal static class TestPictures
{
    /// <summary>The four quarters, from the top left: enough to see how a picture was turned.</summary>
    public static readonly SKColor[] Quarters = [SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.Yellow];

    private const int StartBytes = 2;

    public static byte[] Jpeg(int width, int height) => Encode(Paint(width, height), SKEncodedImageFormat.Jpeg);

    public static byte[] Webp(int width, int height) => Encode(Paint(width, height), SKEncodedImageFormat.Webp);

    /// <summary>Nothing but see-through.</summary>
    public static byte[] ClearPng(int width, int height)
    {
        var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        bitmap.Erase(SKColors.Transparent);
        return Encode(bitmap, SKEncodedImageFormat.Png);
    }

    /// <summary>Every pixel another: a file as large as a camera's.</summary>
    public static byte[] Noise(int width, int height, int quality)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        new Random(7).NextBytes(bitmap.GetPixelSpan());
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, quality).ToArray();
    }

    /// <summary>The JPEG with what a camera writes about it: how it was held, and where.</summary>
    public static byte[] WithExif(byte[] jpeg, ushort orientation)
    {
        // Two directories: one with the orientation and where the other lies, one that says "N" for north.
        byte[] tiff =
        [
            .. "MM\0*"u8, 0, 0, 0, 8,
            0, 2,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
            0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38,
            0, 0, 0, 0,
            0, 1,
            0, 1, 0, 2, 0, 0, 0, 2, (byte)'N', 0, 0, 0,
            0, 0, 0, 0,
        ];
        byte[] segment = [.. "Exif\0\0"u8, .. tiff, .. "GPS of a home in Almaty"u8];
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(segment.Length + length.Length));
        return [.. jpeg[..StartBytes], 0xFF, 0xE1, .. length, .. segment, .. jpeg[StartBytes..]];
    }

    /// <summary>The JPEG with another size in its head, and said to come in several scans where wanted.</summary>
    public static byte[] Declaring(byte[] jpeg, ushort width, ushort height, bool isProgressive)
    {
        byte[] changed = [.. jpeg];
        var frame = changed.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        changed[frame + 1] = isProgressive ? (byte)0xC2 : (byte)0xC0;
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(frame + 7), width);
        return changed;
    }

    /// <summary>A PNG of a hundred bytes that says how large it would be.</summary>
    public static byte[] PngDeclaring(int width, int height, bool inPasses = false)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9], head[12]) = (8, 2, inPasses ? (byte)1 : (byte)0);
        return [0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR", head), .. Chunk("IDAT", [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc(named));
        return [.. length, .. named, .. check];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
            }
        }

        return ~crc;
    }

    private static SKBitmap Paint(int width, int height)
    {
        var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint();
        for (var quarter = 0; quarter < Quarters.Length; quarter++)
        {
            paint.Color = Quarters[quarter];
            canvas.DrawRect(quarter % 2 * width / 2f, quarter / 2 * height / 2f, width / 2f, height / 2f, paint);
        }

        return bitmap;
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using (bitmap)
        {
            return bitmap.Encode(format, 90).ToArray();
        }
    }
}
