using System.Globalization;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Statements;
using Microsoft.AspNetCore.WebUtilities;
using SkiaSharp;
using ZXing;
using ZXing.Common;

namespace Diaspora.Web.Kaspi.Receipts;

/// <summary>The QR code on a picture of a sale's receipt: an address of the bank that carries the facts itself. It is read, and never gone to.</summary>
internal static class ReceiptCode
{
    private const string Host = "receipt.kaspi.kz";
    private const string FiscalPath = "/web/fiscal";
    private const string SalePath = "/web";

    /// <summary>What is unpacked of a picture at all: 48 MB.</summary>
    private const long MostPixels = 12_000_000;

    /// <summary>What is searched: a whole screen of a phone, and more of a photo adds nothing but time.</summary>
    private const double SearchedPixels = 4_000_000;

    private const int LongestNumber = 24;

    /// <summary>Corners that a code may have, of which three are tried with each other: a picture full of them has no end. A screen with one code has a dozen that look so.</summary>
    private const int MostCorners = 200;

    private static readonly string[] Times = ["yyyyMMdd'T'HHmm", "yyyyMMdd'T'HHmmss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss", "yyyy-MM-dd"];

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

    /// <summary>The facts that a code carries; nothing where it is not the bank's.</summary>
    public static ReadReceipt? Read(string code)
    {
        if (!Uri.TryCreate(code, UriKind.Absolute, out var address)
            || address.Scheme != Uri.UriSchemeHttps || address.Host != Host || !address.IsDefaultPort || address.UserInfo.Length > 0
            || address.AbsolutePath is not (FiscalPath or SalePath))
        {
            return null;
        }

        var query = QueryHelpers.ParseQuery(address.Query);
        var fiscal = address.AbsolutePath == FiscalPath ? Digits(Of("i")) : null;
        var number = Of("extTranId") is { } sale && sale.StartsWith("QR", StringComparison.OrdinalIgnoreCase) ? Digits(sale[2..]) : null;
        if (fiscal is null && number is null)
        {
            return null;
        }

        DateTime? when = DateTime.TryParseExact(Of("t") ?? Of("sale_date"), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
        return new ReadReceipt(
            number, fiscal, Of("s") is { } sum && Cells.TrySum(sum, out var tiyn) && tiyn > 0 ? tiyn : null,
            when is { } day ? DateOnly.FromDateTime(day) : null, when is { TimeOfDay.Ticks: > 0 } at ? TimeOnly.FromDateTime(at) : null, "", null, IsTransfer: false);

        string? Of(string name) => query.TryGetValue(name, out var value) && value.Count == 1 ? value[0] : null;
    }

    private static string? Digits(string? text) => text is { Length: > 3 and <= LongestNumber } && text.All(char.IsAsciiDigit) ? text : null;

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
