using Diaspora.Domain.Payments;
using SkiaSharp;

namespace Diaspora.Data.Payments;

/// <summary>
/// A photo made ready to be shown: upright, at most <see cref="MaxSide"/> pixels, on white, without the camera's own data.
/// Nothing is decoded before the size it declares is known to fit.
/// </summary>
internal sealed class ReceiptPicture : IDisposable
{
    public const int MaxSide = 1600;
    public const int ThumbnailSide = 200;

    /// <summary>What a picture may take while it is made; more is refused.</summary>
    public const long MaxMemory = 80 * 1024 * 1024;

    /// <summary>The most pixels of a JPEG. Cameras make large ones, but they can be decoded at a smaller size.</summary>
    private const long MaxJpegPixels = 64_000_000;

    /// <summary>The most pixels of a picture that must be decoded whole. With what is made of it, it still fits into the memory above.</summary>
    private const long MaxWholePixels = 14_000_000;

    /// <summary>Where a PNG says whether it comes in passes.</summary>
    private const int PngPasses = 28;

    private const int BytesPerPixel = 4;
    private const int PictureQuality = 85;
    private const int ThumbnailQuality = 80;

    private readonly SKCodec _codec;
    private readonly SKSizeI _decoded;

    private ReceiptPicture(SKCodec codec, string path)
    {
        _codec = codec;
        _decoded = Smallest(codec);
        var kept = Fit(_decoded.Width, _decoded.Height, MaxSide);
        Memory = BytesOf(_decoded) + Math.Max(BytesOf(_decoded) / 4, BytesOf(kept)) + BytesOfDecoder(path);
    }

    /// <summary>Bytes it takes at most: the pixels, what is made of them first, and what the decoder keeps.</summary>
    public long Memory { get; }

    /// <exception cref="DomainException">Damaged, or too many pixels.</exception>
    public static ReceiptPicture Open(string path, string contentType)
    {
        var codec = SKCodec.Create(path) ?? throw new DomainException(Problems.ImageDamaged);
        try
        {
            if (contentType != ContentTypeOf(codec.EncodedFormat))
            {
                throw new DomainException(Problems.ImageDamaged);
            }

            // Pixels are checked first, because the rest is computed from them.
            var fits = (long)codec.Info.Width * codec.Info.Height <= (codec.EncodedFormat == SKEncodedImageFormat.Jpeg ? MaxJpegPixels : MaxWholePixels);
            return fits && new ReceiptPicture(codec, path) is { Memory: <= MaxMemory } picture ? picture : throw new DomainException(Problems.ImageTooLarge);
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }

    /// <summary>Writes the picture and its thumbnail.</summary>
    /// <exception cref="DomainException">Damaged.</exception>
    public void Write(string path, string thumbnailPath)
    {
        using var picture = Shrink(Decode(), MaxSide, _codec.EncodedOrigin);
        Encode(picture, path, PictureQuality);
        using var thumbnail = Shrink(picture, ThumbnailSide, SKEncodedOrigin.TopLeft);
        Encode(thumbnail, thumbnailPath, ThumbnailQuality);
    }

    public void Dispose() => _codec.Dispose();

    private SKBitmap Decode()
    {
        // Converted to sRGB, whatever profile the camera had.
        using var colours = SKColorSpace.CreateSrgb();
        var bitmap = MappedBitmap.Create(new SKImageInfo(_decoded.Width, _decoded.Height, SKColorType.Rgba8888, SKAlphaType.Premul, colours));
        if (_codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
        {
            return bitmap;
        }

        bitmap.Dispose();
        throw new DomainException(Problems.ImageDamaged);
    }

    /// <summary>Halves the picture while it is more than twice too large. Each pixel is then the mean of four, so small print stays readable.</summary>
    /// <param name="source">Disposed of as soon as it is not needed.</param>
    private static SKBitmap Shrink(SKBitmap source, int side, SKEncodedOrigin origin)
    {
        var size = Fit(source.Width, source.Height, side);
        while (source.Width > 2 * size.Width && source.Height > 2 * size.Height)
        {
            source = Draw(source, new SKSizeI((source.Width + 1) / 2, (source.Height + 1) / 2), SKEncodedOrigin.TopLeft);
        }

        return Draw(source, size, origin);
    }

    /// <param name="size">Before it is turned.</param>
    private static SKBitmap Draw(SKBitmap source, SKSizeI size, SKEncodedOrigin origin)
    {
        using (source)
        {
            var isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
            var target = MappedBitmap.Create(new SKImageInfo(isTurned ? size.Height : size.Width, isTurned ? size.Width : size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, source.ColorSpace));
            using var canvas = new SKCanvas(target);
            using var pixels = source.PeekPixels();
            using var image = SKImage.FromPixels(pixels);
            canvas.Clear(SKColors.White);
            canvas.SetMatrix(Turn(origin, size.Width, size.Height));
            canvas.DrawImage(image, new SKRect(0, 0, size.Width, size.Height), new SKSamplingOptions(SKFilterMode.Linear));
            return target;
        }
    }

    /// <summary>Turns the pixels as they are stored into the picture as it is looked at.</summary>
    private static SKMatrix Turn(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static void Encode(SKBitmap bitmap, string path, int quality)
    {
        // Never straight into the file: where the disk is full, its exception would have to pass through the library's own code, and nothing survives that.
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality) ?? throw new DomainException(Problems.ImageDamaged);
        using var file = PrivateFiles.Create(path);
        file.Write(encoded.AsSpan());
        file.Flush(flushToDisk: true);
    }

    private static SKSizeI Fit(int width, int height, int side)
    {
        var scale = Math.Min(1.0, (double)side / Math.Max(width, height));
        return new SKSizeI(Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    /// <summary>The smallest size the format can be decoded to at once that is not smaller than what is kept.</summary>
    private static SKSizeI Smallest(SKCodec codec)
    {
        const int Steps = 8;
        var wanted = Fit(codec.Info.Width, codec.Info.Height, MaxSide);
        for (var step = 1; step < Steps; step++)
        {
            var size = codec.GetScaledDimensions((float)step / Steps);
            if (size.Width >= wanted.Width && size.Height >= wanted.Height)
            {
                return size;
            }
        }

        return new SKSizeI(codec.Info.Width, codec.Info.Height);
    }

    private static long BytesOf(SKSizeI size) => (long)size.Width * size.Height * BytesPerPixel;

    /// <summary>What the decoder needs besides the pixels it gives. A WebP is decoded whole before it is scaled, and an interlaced PNG is kept until its last pass.</summary>
    private long BytesOfDecoder(string path)
    {
        // Mapped into memory and not read, and disposed of before anything is decoded.
        using var file = SKData.Create(path) ?? throw new IOException("The receipt's file cannot be read.");
        var whole = BytesOf(new SKSizeI(_codec.Info.Width, _codec.Info.Height));
        return _codec.EncodedFormat switch
        {
            SKEncodedImageFormat.Jpeg => JpegHead.CoefficientBytes(file.Span) ?? throw new DomainException(Problems.ImageDamaged),
            SKEncodedImageFormat.Png when file.Span is { Length: > PngPasses } png && png[PngPasses] != 0 => whole,
            SKEncodedImageFormat.Webp => whole,
            _ => 0,
        };
    }

    private static string? ContentTypeOf(SKEncodedImageFormat format) => format switch
    {
        SKEncodedImageFormat.Jpeg => ReceiptRules.Jpeg,
        SKEncodedImageFormat.Png => ReceiptRules.Png,
        SKEncodedImageFormat.Webp => ReceiptRules.Webp,
        _ => null,
    };
}
