using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments.Admin.Receipts;

public static class ReceiptKind
{
    /// <summary>A PDF is drawn by the browser; everything else is a picture.</summary>
    public static bool IsPdf(this ReceiptRow receipt) => receipt.ContentType == ReceiptRules.Pdf;
}
