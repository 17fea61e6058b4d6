using System.Collections;
using QRCoder;

namespace Diaspora.Web.Shared.Look;

/// <summary>The cells of a QR code, row by row, with the quiet edge around them.</summary>
public static class QrSquare
{
    /// <summary>Repairs the least: codes are shown whole, and fewer cells are larger ones, which more cameras read.</summary>
    public static IReadOnlyList<BitArray> Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        return code.ModuleMatrix;
    }
}
