using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Merging;

/// <summary>What a merge of two members may change of a payment.</summary>
public sealed record PaymentState(Guid Id, Guid MemberId, Period Period, PaymentStatus Status, Guid? DecidedBy, DateTime? DecidedAt, string? Reason, DateTime UpdatedAt)
{
    public static PaymentState Of(Payment payment) =>
        new(payment.Id, payment.MemberId, payment.Period, payment.Status, payment.DecidedBy, payment.DecidedAt, payment.Reason, payment.UpdatedAt);
}

/// <summary>What a merge of two members may change of an intent.</summary>
public sealed record IntentState(Guid Id, Guid PayerId, DateTime UpdatedAt, IReadOnlyList<PaymentState> Payments)
{
    public static IntentState Of(PaymentIntent intent) => new(intent.Id, intent.PayerId, intent.UpdatedAt, [.. intent.Payments.Select(PaymentState.Of)]);
}

/// <summary>What becomes of an intent when two records of one person are merged, and when that is undone.</summary>
internal static class IntentHandover
{
    /// <summary>One of two payments of the same month, whose members are one person: it pays another month, or its money goes back.</summary>
    public static void SetAside(this PaymentIntent intent, Guid paymentId, Period? instead, Guid by, DateTime now)
    {
        intent.Find(paymentId).SetAside(instead, by, now);
        intent.HandTo(intent.PayerId, now);
    }

    /// <summary>What was one member's is another's.</summary>
    public static void HandOver(this PaymentIntent intent, Guid from, Guid to, DateTime now)
    {
        foreach (var payment in intent.Payments.Where(payment => payment.MemberId == from))
        {
            payment.HandTo(to);
        }

        intent.HandTo(intent.PayerId == from ? to : intent.PayerId, now);
    }

    /// <summary>The first half of undoing a merge: gives it back to whom it was taken from. Done first, so that no month ever has two live payments.</summary>
    public static void HandBack(this PaymentIntent intent, IntentState state)
    {
        foreach (var payment in state.Payments)
        {
            intent.Find(payment.Id).HandTo(payment.MemberId);
        }

        intent.HandTo(state.PayerId, intent.UpdatedAt);
    }

    /// <summary>The second half: months and decisions as they were.</summary>
    public static void Restore(this PaymentIntent intent, IntentState state)
    {
        foreach (var payment in state.Payments)
        {
            intent.Find(payment.Id).Restore(payment.Period, payment.Status, payment.DecidedBy, payment.DecidedAt, payment.Reason, payment.UpdatedAt);
        }

        intent.HandTo(intent.PayerId, state.UpdatedAt);
    }
}
