using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shared.Look;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Payments.Admin.Receipts;

/// <summary>The receipts of a payment in a line: the first as a small sheet, the others as a number. Markup, because a page has fifty of them.</summary>
public static class ReceiptThumbs
{
    /// <param name="more">How many there are besides.</param>
    /// <param name="withName">There is room to read it: its name beside it, and the whole picture while one points at it.</param>
    public static string Of(IReadOnlyList<ReceiptRow> receipts, IStringLocalizer<QueueTexts> texts, int more = 0, bool withName = false)
    {
        if (receipts is not [var receipt, ..])
        {
            return $"""<span class="thumb none" role="img" title="{texts["NoReceiptTitle"]}">×</span>""";
        }

        var (file, url) = (Markup.Text(receipt.FileName), Urls.Receipt(receipt.Id));
        var sheet = receipt.IsPdf() ? """<b class="thumb">PDF</b>""" : $"""<span class="thumb"><img src="{Urls.ReceiptThumbnail(receipt.Id)}" alt="" loading="lazy" decoding="async"></span>""";
        var whole = withName && !receipt.IsPdf() ? $"""<img class="whole" src="{url}" alt="" loading="lazy" decoding="async">""" : "";
        var others = receipts.Count + more - 1;
        return $"""<a class="receipt" href="{url}" target="_blank" rel="noopener"{(withName ? "" : $" title=\"{file}\"")}><span class="vh">{texts["Receipt"]}: </span>{sheet} <span class="{(withName ? "file" : "vh")}">{file}</span>{whole}</a>{(others > 0 ? $"""<span class="d">+{others}</span>""" : "")}""";
    }
}
