using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Receipts;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Look;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Payments.Admin.Queue;

/// <summary>
/// What in a row only says something, as pieces of markup: fifty rows of elements and components were a megabyte of the circuit (docs/decisions/0030-the-grid.md). What has the
/// focus or is being pressed stays an element, or a piece that changes only with the thing itself. Whatever a person wrote is encoded.
/// </summary>
public sealed class QueueCells(IStringLocalizer<QueueTexts> texts, QueueWords words)
{
    /// <summary>Beside the name: who it is, where from, and on a card how they paid and how long ago.</summary>
    public MarkupString Place(PaymentRow row, string? age) => new(
        $"""<span class="av av{Initials.Pair(row.PayerId.ToString())}" aria-hidden="true">{Markup.Text(Initials.Of(row.PayerName))}</span><span class="place">{Markup.Text(row.City ?? "")}<span class="card-only">{(row.City is null ? "" : " · ")}{words.Method(row)}{(age is null ? "" : $" · {age}")}</span></span>""");

    /// <summary>Under the name: the code, all that makes one look twice, and at most one word of how it stands.</summary>
    public MarkupString Marks(PaymentRow row, bool isNew, string? watcher = null)
    {
        var state = isNew ? Tag("new", texts["TagNew"])
            : words.Part(row) is { } part ? Tag("mut", part)
            : !row.CanDecide ? ""
            : row.ClaimedAt is null ? Tag("mut", texts["TagUnclaimed"])
            : row.Receipts.Count == 0 ? Tag("mut", texts["TagNoReceipt"])
            : "";
        var seen = watcher is null ? "" : $"""<span class="tag mut">{Icons.Use(Icons.Eye)}{texts["WatchedBy", Markup.Text(watcher)]}</span>""";
        return new($"""<span class="marks"><span class="{(row.City is null ? "code" : "code after")}">{texts["Code", Markup.Text(row.Code)]}</span>{seen}{state}{string.Concat(row.Warnings.Select(warning => Warning(row, warning)))}</span>""");
    }

    /// <summary>The cells of the months, the sum, the way of paying and the age.</summary>
    public MarkupString Facts(PaymentRow row, string? age) => new(
        $"""<td class="months">{words.Months(row)}</td><td class="pays">{Wording.Money(QueueWords.Sum(row).Tenge)}</td><td class="method">{words.Method(row)}</td><td class="age">{age ?? "—"}</td>""");

    /// <param name="opens">The address that opens the panel, where the receipt is.</param>
    public MarkupString Receipts(PaymentRow row, string opens) => new($"""<td class="rc">{ReceiptThumbs.Of(row.Receipts, texts, row.MoreReceipts, opens)}</td>""");

    private string Warning(PaymentRow row, RowWarning warning)
    {
        var (look, said) = (warning.Kind == ClaimWarning.ReceiptUsed ? "tag bad" : "tag", $"{Icons.Use(Icons.Alert)}{Markup.Text(words.Warning(row, warning))}");
        return warning.IntentId is { } other ? $"""<a class="{look}" href="{Urls.AdminIntent(other)}" title="{texts["TagUsedTitle"]}">{said}</a>""" : $"""<span class="{look}">{said}</span>""";
    }

    private static string Tag(string look, string word) => $"""<span class="tag {look}">{word}</span>""";
}
