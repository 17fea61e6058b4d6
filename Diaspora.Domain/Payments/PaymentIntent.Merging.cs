namespace Diaspora.Domain.Payments;

/// <summary>What becomes of an intent when two records of one person are merged, and when that is undone.</summary>
public sealed partial class PaymentIntent
{
    internal IntentState State => new(Id, PayerId, UpdatedAt, [.. _payments.Select(payment => payment.State)]);

    /// <summary>One of two payments of the same month, whose members are one person: it pays another month, or its money goes back.</summary>
    internal void SetAside(Guid paymentId, Period? instead, Guid by, DateTime now) => Decide(Find(paymentId), payment => payment.SetAside(instead, by, now), now);

    /// <summary>What was one member's is another's: their records were merged.</summary>
    internal void HandOver(Guid from, Guid to, DateTime now)
    {
        PayerId = PayerId == from ? to : PayerId;
        _payments.FindAll(payment => payment.MemberId == from).ForEach(payment => payment.HandTo(to));
        UpdatedAt = now;
    }

    /// <summary>Gives it back to whom it was taken from: the first half of undoing a merge, so that no month has two live payments in between.</summary>
    internal void HandBack(IntentState state)
    {
        PayerId = state.PayerId;
        foreach (var payment in state.Payments)
        {
            Find(payment.Id).HandTo(payment.MemberId);
        }
    }

    /// <summary>The second half: months and decisions as they were.</summary>
    internal void Restore(IntentState state)
    {
        foreach (var payment in state.Payments)
        {
            Find(payment.Id).Restore(payment);
        }

        UpdatedAt = state.UpdatedAt;
    }
}

/// <summary>What a merge of two members may change of an intent.</summary>
public sealed record IntentState(Guid Id, Guid PayerId, DateTime UpdatedAt, IReadOnlyList<PaymentState> Payments);
