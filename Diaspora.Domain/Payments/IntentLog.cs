using Diaspora.Domain.Notifications;

namespace Diaspora.Domain.Payments;

/// <summary>What every verb of an intent leaves behind: an entry in the log with before and after, word to whoever it concerns, and word to the open pages.</summary>
internal static class IntentLog
{
    public static object Snapshot(PaymentIntent intent) => new { intent.Code, payments = SnapshotOf(intent) };

    public static object SnapshotOf(PaymentIntent intent) =>
        intent.Payments.Select(payment => new { payment.MemberId, payment.Period, amount = payment.Amount.Tenge, payment.Status, payment.Reason }).ToList();

    public static void Record(IWork work, Actor actor, AuditAction action, PaymentIntent intent, object? before = null, object? after = null)
    {
        work.Audit.Add(new AuditEntry(actor, action, nameof(PaymentIntent), intent.Id, intent.PayerId, before, after, intent.UpdatedAt));
        foreach (var notice in DecisionNotices.Of(action, intent))
        {
            work.Outbox.Tell(notice);
        }

        work.Announce(new PaymentsChanged(intent.Id, [.. intent.MemberIds.Append(intent.PayerId).Distinct()]) { Months = [.. MonthsOf(intent)] });
    }

    /// <summary>When its money came, as far as the intent itself knows. Where a day begins is not known here, so the last hours of a month are those of the next one too.</summary>
    public static IEnumerable<Period> MonthsOf(PaymentIntent intent)
    {
        var told = DateOnly.FromDateTime(intent.ClaimedAt ?? intent.CreatedAt);
        return new[] { told.AddDays(-1), told, told.AddDays(1), intent.ReceivedOn ?? told }.Select(Period.Of).Distinct();
    }
}
