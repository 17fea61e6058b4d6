namespace Diaspora.Domain.Payments;

/// <summary>How a decision of an intent is taken back.</summary>
public sealed partial class PaymentIntent
{
    /// <summary>What the decision of that moment decided and an undo can take back.</summary>
    public IReadOnlyList<Payment> DecidedAt(DateTime at) => _payments.FindAll(payment => payment.CanReopen && payment.DecidedAt == at);

    /// <summary>
    /// Makes what one decision decided pending again: the undo. A cashier has taken it up, so it lapses no more. Months that a settling
    /// had booked besides the claim are rejected instead: nobody claimed them.
    /// </summary>
    /// <param name="decidedAt">The decision that is meant; months decided at another time stay as they are.</param>
    /// <param name="isMatched">Its evidence was set free with it, and may have paid no month at all.</param>
    public void Reopen(DateTime decidedAt, DateTime now, bool isMatched = false)
    {
        var meant = DecidedAt(decidedAt);
        if (meant.Count == 0 && !isMatched)
        {
            throw new DomainException(IsPending ? Problems.AlreadyPending : Problems.AlreadyDecided);
        }

        if (SettledAt == decidedAt)
        {
            (SettledAt, Received, ReceivedOn, Note) = (null, null, null, null);
        }

        foreach (var payment in meant)
        {
            if (IsBookedWith(payment, decidedAt))
            {
                payment.TakeBack(now);
            }
            else
            {
                payment.Reopen(now);
            }
        }

        UpdatedAt = now;
        ClaimedAt ??= now;
        IsSaid = true;
    }

    /// <summary>A month that nobody had claimed: the settling itself booked it, or evidence did.</summary>
    private bool IsBookedWith(Payment payment, DateTime decidedAt) => BookedFrom is not null || RecordedBy is null && payment.CreatedAt == decidedAt && payment.CreatedAt > CreatedAt;
}
