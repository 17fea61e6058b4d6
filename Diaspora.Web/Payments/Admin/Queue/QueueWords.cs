using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Record;
using Diaspora.Web.Shared;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Payments.Admin.Queue;

/// <summary>How the cashier reads an intent: its months, its age, its way of paying.</summary>
public sealed class QueueWords(IStringLocalizer<QueueTexts> texts, IStringLocalizer<RecordTexts> money, Wording words, TimeProvider clock, TimeZoneInfo zone)
{
    /// <summary>«Мар–Май»: the months that the row's status is about. While a month waits, only the waiting ones.</summary>
    public string Months(PaymentRow row) => MonthsText.InGrid(Meant(row).Select(month => month.Period).Distinct(), words, ThisYear);

    public string Months(IEnumerable<Period> months) => MonthsText.InGrid(months, words, ThisYear);

    /// <summary>«март–май», in a sentence.</summary>
    public string MonthsLower(PaymentRow row) => MonthsText.InSentence(Meant(row).Select(month => month.Period).Distinct(), words, ThisYear);

    public string MonthLower(PaymentMonth month) => MonthsText.InSentence([month.Period], words, ThisYear);

    /// <summary>What <see cref="Months"/> come to.</summary>
    public static Money Sum(PaymentRow row) => Money.Sum(Meant(row).Select(month => month.Amount));

    /// <summary>«Решено 2 из 3», «Подтверждено 2 из 3»: missing where all months share one status.</summary>
    public string? Part(PaymentRow row)
    {
        var meant = Meant(row).Count();
        return meant == row.Months.Count ? null
            : row.CanDecide ? money["PartDecided", row.Months.Count - meant, row.Months.Count].Value
            : money[row.Status == PaymentStatus.Confirmed ? "PartConfirmed" : "PartOther", meant, row.Months.Count].Value;
    }

    /// <summary>How the money came. What an import wrote has no day of receipt: nobody knows how it was paid.</summary>
    public string Method(PaymentRow row) => row is { Method: PaymentMethod.Manual, RecordedBy: not null, ReceivedOn: null } ? texts["MethodImported"] : Method(row.Method);

    public string Method(PaymentMethod method) => texts[$"Method{method}"];

    /// <summary>«12 сек», «3 мин», «1 ч», «4 дн»: how long the intent waits. What is decided waits no more.</summary>
    public string? Age(PaymentRow row, DateTime now)
    {
        if (!row.CanDecide)
        {
            return null;
        }

        var age = now - row.WaitsSince;
        return age switch
        {
            { TotalMinutes: < 1 } => texts["AgeSeconds", Math.Max(0, (int)age.TotalSeconds)],
            { TotalHours: < 1 } => texts["AgeMinutes", (int)age.TotalMinutes],
            { TotalDays: < 1 } => texts["AgeHours", (int)age.TotalHours],
            _ => texts["AgeDays", (int)age.TotalDays],
        };
    }

    /// <summary>Why one looks twice, with what differs: «В чеке 4 000 ₸, ожидали 6 000 ₸».</summary>
    public string Warning(PaymentRow row, RowWarning warning) => warning.Kind switch
    {
        ClaimWarning.ReceiptUsed => texts["TagUsed"],
        ClaimWarning.SumDiffers => texts["WarnSum", Wording.Money(warning.Tiyn / 100), Wording.Money((row.Received ?? row.Live).Tenge)],
        ClaimWarning.DayDiffers => texts["WarnDay", warning.On is { } day ? words.Date(day) : ""],
        ClaimWarning.PayerDiffers => texts["WarnPayer", warning.Payer ?? ""],
        ClaimWarning.SaidTwice => texts["WarnTwice", warning.Code ?? ""],
        ClaimWarning.SecondIntent => texts["WarnSecond", warning.Code ?? ""],
        ClaimWarning.OlderOwed => texts["WarnOlder", warning.Month is { } month ? MonthsText.InSentence([month], words, ThisYear) : ""],
        _ => Wording.Plural(texts, "WarnMonths", warning.Months),
    };

    /// <summary>The cashier's own words, or ours where the portal decided.</summary>
    public string Reason(string reason) => reason switch
    {
        Reasons.CancelledByMember => texts["ReasonCancelledByMember"],
        Reasons.Lapsed => texts["ReasonLapsed"],
        Reasons.SumDiffers => texts["ReasonSumDiffers"],
        Reasons.SettlingUndone => texts["ReasonSettlingUndone"],
        Reasons.KeptAsCredit => texts["ReasonKeptAsCredit"],
        Reasons.Duplicate => texts["ReasonDuplicate"],
        _ => reason,
    };

    public static string Phone(string canonical) => PhoneNumber.FromCanonical(canonical).ToDisplay();

    private static IEnumerable<PaymentMonth> Meant(PaymentRow row) => row.Months.Where(month => month.Status == row.Status);

    private int ThisYear => TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, zone).Year;
}
