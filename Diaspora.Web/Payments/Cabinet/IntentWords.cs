using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Web.Dues;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Payments.Cabinet;

/// <summary>What a member is told of an intent, by its state.</summary>
public sealed class IntentWords(IStringLocalizer<PayTexts> texts, PeriodWords months, Wording words)
{
    /// <summary>Nobody refused it: the member let it go, or nobody came for it.</summary>
    public static bool IsOwnEnd(PaymentRow row) => row is { Status: PaymentStatus.Rejected, Reason: Reasons.CancelledByMember or Reasons.Lapsed };

    public static StatusLook Look(PaymentRow row) => IsOwnEnd(row) ? MonthState.Before.Look() : row.Status.Look(forMember: true);

    public string Title(PaymentRow row, bool isTransfer)
    {
        var count = row.Months.Count;
        return row.Status switch
        {
            PaymentStatus.Pending => isTransfer ? texts["TransferTitle", Wording.Money(row.Total.Tenge)] : texts["WaitingTitle"],
            PaymentStatus.Confirmed => texts[count == 1 ? "ConfirmedOne" : "ConfirmedMany", months.ListTitled(Periods(row))],
            PaymentStatus.Refunded => texts["RefundedTitle"],
            _ => texts[row.Reason switch
            {
                Reasons.CancelledByMember => "CancelledTitle",
                Reasons.Lapsed => "LapsedTitle",
                _ => "RejectedTitle",
            }],
        };
    }

    public string Line(PaymentRow row, bool isTransfer) => row.Status switch
    {
        PaymentStatus.Pending => isTransfer ? texts["TransferLine", months.List(Periods(row))] : texts["WaitingLine"],
        PaymentStatus.Confirmed => row is { DecidedBy: { } name, DecidedAt: { } at } ? texts["ConfirmedBy", name, words.Moment(at)] : texts["ConfirmedLine"],
        PaymentStatus.Refunded => ReasonOf(row.Reason) ?? texts["RefundedLine"],
        _ => row.Reason switch
        {
            Reasons.CancelledByMember => texts["CancelledLine"],
            Reasons.Lapsed => texts["LapsedLine"],
            _ => texts["RejectedLine", row.Reason is Reasons.SumDiffers ? texts["ReasonSumDiffers"].Value : row.Reason ?? ""],
        },
    };

    /// <summary>The cashier's words as they are, the portal's own reasons in the reader's language.</summary>
    public string? ReasonOf(string? reason) => reason switch
    {
        null or "" => null,
        Reasons.CancelledByMember => texts["ReasonCancelled"].Value,
        Reasons.Lapsed => texts["ReasonLapsed"].Value,
        Reasons.SumDiffers => texts["ReasonSumDiffers"].Value,
        _ => texts["ReasonCashier", reason].Value,
    };

    private static IReadOnlyCollection<Period> Periods(PaymentRow row) => [.. row.Months.Select(month => month.Period)];
}
