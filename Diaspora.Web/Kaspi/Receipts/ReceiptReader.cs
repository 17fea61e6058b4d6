using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Pdf;

namespace Diaspora.Web.Kaspi.Receipts;

/// <summary>
/// Reads what a receipt says of itself: the text of a PDF, or the QR code on a picture. It is what a member sent, so nothing in it is believed, no address is asked, and a
/// file that is no receipt is simply none.
/// </summary>
public static class ReceiptReader
{
    /// <summary>What a receipt says stands at its beginning; what a member puts behind it, or scans with it, hides nothing of it.</summary>
    private const int Pages = 3;

    private const long PdfBytes = 2 * 1024 * 1024;
    private const int Letters = 30_000;

    /// <returns>Nothing where nothing is recognised.</returns>
    /// <exception cref="OperationCanceledException">It takes too long.</exception>
    public static ReadReceipt? Read(byte[] file, CancellationToken cancel = default)
    {
        if (PdfText.IsPdf(file))
        {
            List<string> rows = [];
            return PdfText.Read(file, Pages, PdfBytes, Letters, row => rows.Add(row.Text), cancel, isBeginningEnough: true) == PdfState.Read ? ReceiptText.Read(rows) : null;
        }

        return PictureCode.TextOf(file, cancel) is { } code ? ReceiptCode.Read(code) : null;
    }
}
