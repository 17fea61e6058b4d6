using SkiaSharp;
using ZXing;
using ZXing.Common;

namespace Diaspora.Web.Shared.Look;

/// <summary>Reads the QR code on a picture that somebody sent: a receipt, a photo of a card.</summary>
public static class PictureCode
{
    /// <summary>What is unpacked of a picture at all: 48 MB.</summary>
    private const long MostPixels = 12_000_000;

    /// <summary>What is searched: a whole screen of a phone, and more of a photo adds nothing but time.</summary>
    private const double SearchedPixels = 4_000_000;

    /// <summary>Corners that a code may have, of which three are tried with each other: a picture full of them has no end. A screen with one code has a dozen that look so.</summary>
    private const int MostCorners = 200;

    /// <summary>The text of a QR code on a picture; nothing where there is none, or no picture.</summary>
    public static string? TextOf(byte[] file, CancellationToken cancel)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.Info.Width <= 0 || codec.Info.Height <= 0)
        {
            return null;
        }

        // Only some kinds can be made smaller while they are unpacked.
        var scale = Math.Sqrt(SearchedPixels / ((double)codec.Info.Width * codec.Info.Height));
        var size = scale < 1 ? codec.GetScaledDimensions((float)scale) : codec.Info.Size;
        if ((long)size.Width * size.Height > MostPixels)
        {
            return null;
        }

        cancel.ThrowIfCancellationRequested();
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Bgra8888, SKAlphaType.Premul))
            || codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput))
        {
            return null;
        }

        cancel.ThrowIfCancellationRequested();
        return Decode(bitmap);
    }

    private static string? Decode(SKBitmap bitmap)
    {
        var grey = new byte[bitmap.Width * bitmap.Height];
        var pixels = bitmap.GetPixelSpan();
        for (var row = 0; row < bitmap.Height; row++)
        {
            var line = pixels[(row * bitmap.RowBytes)..];
            for (var column = 0; column < bitmap.Width; column++)
            {
                var pixel = column * 4;
                grey[row * bitmap.Width + column] = (byte)((line[pixel] + line[pixel + 1] * 2 + line[pixel + 2]) >> 2);
            }
        }

        var reader = new BarcodeReaderGeneric { Options = new DecodingOptions { PossibleFormats = [BarcodeFormat.QR_CODE], TryHarder = true } };
        var corners = 0;
        reader.ResultPointFound += _ =>
        {
            if (++corners > MostCorners)
            {
                throw new InvalidDataException();
            }
        };
        try
        {
            return reader.Decode(new RGBLuminanceSource(grey, bitmap.Width, bitmap.Height, RGBLuminanceSource.BitmapFormat.Gray8))?.Text;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A picture can be made so that the library stumbles over it.
            return null;
        }
    }
}
