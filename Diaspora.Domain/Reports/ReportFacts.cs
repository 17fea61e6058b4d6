using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Reports;

/// <summary>A member as the reports see them.</summary>
public sealed record ReportMember(Guid Id, string? City, DateOnly? JoinedOn, IReadOnlyList<PeriodSpan> Exemptions, IReadOnlyList<PeriodSpan> Suspensions);

/// <param name="IsClaimed">Its payer said that it is paid.</param>
/// <param name="DecidedOn">The local day of the last decision.</param>
public sealed record ReportPayment(Guid MemberId, Period Period, PaymentStatus Status, PaymentMethod Method, Money Amount, bool IsClaimed, DateOnly? DecidedOn);

/// <summary>An intent as money that came.</summary>
/// <param name="CameOn">See <see cref="ReportFacts.DayOf"/>.</param>
/// <param name="LeftOver">What stayed with the member.</param>
/// <param name="UsedUp">What it took from what stayed with them earlier: no money came for that.</param>
public sealed record ReportIntent(PaymentMethod Method, DateOnly? CameOn, IReadOnlyList<ReportPayment> Payments, Money LeftOver, Money UsedUp)
{
    /// <summary>What was refunded since came all the same.</summary>
    public Money Came => Money.Sum(Payments.Where(payment => payment.Status is PaymentStatus.Confirmed or PaymentStatus.Refunded).Select(payment => payment.Amount)) + LeftOver - UsedUp;
}

/// <summary>All that the figures of reports follow from, besides the rules and the clock.</summary>
/// <param name="CreditsReturned">Credits that went back to members, by their local day.</param>
public sealed record ReportFacts(IReadOnlyList<ReportMember> Members, IReadOnlyList<ReportIntent> Intents, IReadOnlyList<(DateOnly On, Money Sum)> CreditsReturned)
{
    /// <summary>
    /// The day the money of an intent came, as the reconciliation has it: the bank's own, else the one that a cashier wrote down, else the day of the claim. None where an import
    /// took months over from a list that does not say.
    /// </summary>
    /// <param name="provedOn">The earliest day of its evidence.</param>
    /// <param name="toldAt">When it was claimed, or started where nobody claimed it.</param>
    public static DateOnly? DayOf(DateOnly? provedOn, DateOnly? receivedOn, bool isRecorded, DateTime toldAt, DuesRules rules) =>
        provedOn ?? receivedOn ?? (isRecorded ? null : rules.DayOf(toldAt));

    public CameMoney CameIn(Period month)
    {
        bool IsIn(DateOnly? day) => day is { } known && Period.Of(known) == month;
        var refunded = Intents.SelectMany(intent => intent.Payments).Where(payment => payment.Status == PaymentStatus.Refunded && IsIn(payment.DecidedOn)).Select(payment => payment.Amount);
        return new CameMoney(
            MonthSummary.MethodsOf(Intents.Where(intent => IsIn(intent.CameOn) && !intent.Came.IsZero).Select(intent => (intent.Method, intent.Came))),
            Money.Sum(refunded) + Money.Sum(CreditsReturned.Where(credit => IsIn(credit.On)).Select(credit => credit.Sum)));
    }
}
