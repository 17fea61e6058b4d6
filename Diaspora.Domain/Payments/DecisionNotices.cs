using Diaspora.Domain.Notifications;

namespace Diaspora.Domain.Payments;

/// <summary>Who is told of a decision, and what.</summary>
internal static class DecisionNotices
{
    /// <summary>The payer of all months that were decided now; whose months they are besides, of their own.</summary>
    public static IEnumerable<Notice> Of(AuditAction action, PaymentIntent intent) =>
        action is not (AuditAction.PaymentConfirmed or AuditAction.PaymentRejected or AuditAction.PaymentSettled or AuditAction.PaymentRecorded or AuditAction.PaymentRefunded) ? []
            : from payment in intent.Payments
              where payment.DecidedAt == intent.UpdatedAt && CauseOf(payment) is not null
              group payment by CauseOf(payment)!.Value into decided
              from memberId in decided.Select(payment => payment.MemberId).Append(intent.PayerId).Distinct()
              select Of(decided.Key, intent, memberId, [.. decided.Where(payment => memberId == intent.PayerId || payment.MemberId == memberId)]);

    private static Notice Of(Cause cause, PaymentIntent intent, Guid memberId, IReadOnlyList<Payment> payments) => new(
        cause, intent.Id, memberId, intent.UpdatedAt,
        new NoticeFacts([.. payments.Select(payment => payment.Period).Order()], Money.Sum(payments.Select(payment => payment.Amount)).Tenge, payments[0].Reason),
        MayBeUndone: cause != Cause.PaymentRefunded);

    /// <summary>Nothing where the money is kept: the page says it better than a refusal would.</summary>
    private static Cause? CauseOf(Payment payment) => payment.Status switch
    {
        PaymentStatus.Confirmed => Cause.PaymentConfirmed,
        PaymentStatus.Rejected when payment.Reason is not Reasons.KeptAsCredit => Cause.PaymentRejected,
        PaymentStatus.Refunded => Cause.PaymentRefunded,
        _ => null,
    };
}
