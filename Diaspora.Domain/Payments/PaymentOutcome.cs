namespace Diaspora.Domain.Payments;

/// <summary>How a payment stands, and why. Who reads a status reads both: what its payer took back is stored as a rejection, and nobody refused it.</summary>
public readonly record struct PaymentOutcome(PaymentStatus Status, string? Reason = null)
{
    /// <summary>The member let it go, or nobody came for it in time.</summary>
    public bool IsOwnEnd => Status == PaymentStatus.Rejected && Reason is Reasons.CancelledByMember or Reasons.Lapsed;

    /// <summary>It covers no month.</summary>
    public bool IsVoid => Status is PaymentStatus.Rejected or PaymentStatus.Refunded;
}
