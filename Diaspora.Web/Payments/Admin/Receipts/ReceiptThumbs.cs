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
    /// <param name="opens">What opens it; missing where it opens in a tab of its own, with no room to read its name.</param>
    public static string Of(IReadOnlyList<ReceiptRow> receipts, IStringLocalizer<QueueTexts> texts, int more = 0, string? opens = null)
    {
        if (receipts is not [var receipt, ..])
        {
            return $"""<span class="thumb none" role="img" title="{texts["NoReceiptTitle"]}">×</span>""";
        }

        var file = Markup.Text(receipt.FileName);
        var sheet = receipt.IsPdf() ? """<b class="thumb">PDF</b>""" : $"""<span class="thumb"><img src="{Urls.ReceiptThumbnail(receipt.Id)}" alt="" loading="lazy" decoding="async"></span>""";
        var link = opens is null ? $"""href="{Urls.Receipt(receipt.Id)}" target="_blank" rel="noopener" title="{file}" """ : $"""href="{Markup.Text(opens)}" """;
        var others = receipts.Count + more - 1;
        return $"""<a class="receipt" {link}><span class="vh">{texts["Receipt"]}: </span>{sheet} <span class="{(opens is null ? "vh" : "file")}">{file}</span></a>{(others > 0 ? $"""<span class="d">+{others}</span>""" : "")}""";
    }
}
