using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Web.Dues;
using Diaspora.Web.Payments.Cabinet.Pay;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Payments.Cabinet.Intent;

/// <summary>What a member is told of an intent, by its state.</summary>
public sealed class IntentWords(IStringLocalizer<PayTexts> texts, PeriodWords months, Wording words)
{
    /// <summary>Some months were decided differently from others, or are not decided yet.</summary>
    public static bool IsMixed(PaymentRow row) => row.Months.Select(month => month.Status).Distinct().Count() > 1;

    /// <summary>Not all months ended the same way, so each says why.</summary>
    public static bool IsSaidByMonth(PaymentRow row) => row.Months.Select(month => month.Outcome).Distinct().Count() > 1;

    /// <summary>Money came and no cashier refused it: it was less than a month costs, and is kept.</summary>
    public static bool IsShort(string? reason) => reason is Reasons.SumDiffers or Reasons.KeptAsCredit;

    public string Title(PaymentRow row, bool isTransfer)
    {
        var confirmed = Of(row, PaymentStatus.Confirmed);
        if (IsMixed(row) && !isTransfer)
        {
            var rejected = Of(row, PaymentStatus.Rejected);
            return confirmed.Count > 0 ? texts["ConfirmedPart", confirmed.Count, Wording.Plural(texts, "OfMonths", row.Months.Count)]
                : rejected.Count > 0 ? texts["RejectedPart", rejected.Count, Wording.Plural(texts, "OfMonths", row.Months.Count)]
                : texts["RefundedTitle"];
        }

        return row.Status switch
        {
            PaymentStatus.Pending => isTransfer ? texts["TransferTitle", Wording.Money(Sum(row, PaymentStatus.Pending))] : texts["WaitingTitle", Wording.Money(Sum(row, PaymentStatus.Pending))],
            PaymentStatus.Confirmed => texts[confirmed.Distinct().Count() == 1 ? "ConfirmedOne" : "ConfirmedMany", months.ListTitled(confirmed)],
            PaymentStatus.Refunded => texts["RefundedTitle"],
            _ => texts[row.Reason switch
            {
                Reasons.CancelledByMember => "CancelledTitle",
                Reasons.Lapsed => "LapsedTitle",
                _ when IsShort(row.Reason) => "ShortTitle",
                _ => "RejectedTitle",
            }],
        };
    }

    public string Line(PaymentRow row, bool isTransfer) => row.Status switch
    {
        PaymentStatus.Pending when isTransfer => texts["TransferLine", months.List(Of(row, PaymentStatus.Pending))],
        PaymentStatus.Pending when IsMixed(row) => texts["WaitingRest", months.List(Of(row, PaymentStatus.Pending))],
        PaymentStatus.Pending => texts["WaitingLine"],
        PaymentStatus.Confirmed when IsMixed(row) => texts["NotAllLine", months.List([.. row.Months.Where(month => month.Status != PaymentStatus.Confirmed).Select(month => month.Period)])],
        PaymentStatus.Confirmed => row is { DecidedBy: { } name, DecidedAt: { } at } ? texts["ConfirmedBy", name, words.Moment(at)] : texts["ConfirmedLine"],
        PaymentStatus.Refunded => ReasonOf(row.Reason) ?? texts["RefundedLine"],
        _ => row.Reason switch
        {
            Reasons.CancelledByMember => texts["CancelledLine"],
            Reasons.Lapsed => texts["LapsedLine"],
            _ when IsShort(row.Reason) => texts["ShortLine"],
            _ => texts["RejectedLine", row.Reason is Reasons.SettlingUndone or Reasons.Duplicate ? ReasonOf(row.Reason)! : row.Reason ?? ""],
        },
    };

    /// <summary>What is written below the seal of a confirmed payment: its number and day.</summary>
    public string? Stamp(PaymentRow row) => row is { Status: PaymentStatus.Confirmed, DecidedAt: { } at }
        ? row.Code.Length == 0 ? words.Date(at) : texts["Stamp", row.Code, words.Date(at)]
        : null;

    /// <summary>What the months in this status come to.</summary>
    public static long Sum(PaymentRow row, PaymentStatus status) => row.Months.Where(month => month.Status == status).Sum(month => month.Amount.Tenge);

    /// <summary>«Подтверждено: 2 сентября»: what happened last to a payment, and when.</summary>
    public string DayOf(HistoryRow row) => (row.Status, row.Reason) switch
    {
        (PaymentStatus.Pending, _) => row.ClaimedAt is { } at ? texts["Sent", words.Moment(at)] : texts["StartedOn", words.Moment(row.CreatedAt)],
        (PaymentStatus.Confirmed, _) => texts["ConfirmedOn", words.Date(row.DecidedAt ?? row.CreatedAt)],
        (PaymentStatus.Refunded, _) => texts["RefundedOn", words.Date(row.DecidedAt ?? row.CreatedAt)],
        (_, Reasons.CancelledByMember) => texts["CancelledOn", words.Date(row.DecidedAt ?? row.CreatedAt)],
        (_, Reasons.Lapsed) => texts["LapsedOn", words.Date(row.DecidedAt ?? row.CreatedAt)],
        _ => texts["RejectedOn", words.Date(row.DecidedAt ?? row.CreatedAt)],
    };

    /// <summary>The cashier's words as they are, the portal's own reasons in the reader's language.</summary>
    public string? ReasonOf(string? reason) => reason switch
    {
        null or "" => null,
        Reasons.CancelledByMember => texts["ReasonCancelled"].Value,
        Reasons.Lapsed => texts["ReasonLapsed"].Value,
        Reasons.SumDiffers => texts["ReasonSumDiffers"].Value,
        Reasons.SettlingUndone => texts["ReasonSettlingUndone"].Value,
        Reasons.KeptAsCredit => texts["ReasonKeptAsCredit"].Value,
        Reasons.Duplicate => texts["ReasonDuplicate"].Value,
        _ => texts["ReasonCashier", reason].Value,
    };

    private static IReadOnlyCollection<Period> Of(PaymentRow row, PaymentStatus status) => [.. row.Months.Where(month => month.Status == status).Select(month => month.Period)];
}
