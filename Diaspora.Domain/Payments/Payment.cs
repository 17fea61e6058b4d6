using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Payments;

/// <summary>The numbers are stored; the database's filter for "live" names the first two.</summary>
public enum PaymentStatus
{
    Pending = 0,
    Confirmed = 1,
    Rejected = 2,
    Refunded = 3,
}

public static class PaymentStatusInLedger
{
    /// <summary>What a payment in this status means to its month.</summary>
    public static PaidMonthState ForLedger(this PaymentStatus status) => status switch
    {
        PaymentStatus.Pending => PaidMonthState.Pending,
        PaymentStatus.Confirmed => PaidMonthState.Confirmed,
        _ => PaidMonthState.Void,
    };
}

public enum PaymentMethod
{
    KaspiTransfer,
    KaspiQr,
    Manual,
    Other,
}

/// <summary>One member's money for one month. Nothing confirmed is ever edited or deleted; each step is a verb that may refuse.</summary>
public sealed class Payment
{
    private Payment()
    {
    }

    internal Payment(Guid intentId, Guid memberId, Period period, Money amount, PaymentMethod method, DateTime now)
    {
        IntentId = intentId;
        MemberId = memberId;
        Period = period;
        Amount = amount;
        Method = method;
        CreatedAt = UpdatedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid IntentId { get; private set; }

    public Guid MemberId { get; private set; }

    public Period Period { get; private set; }

    public Money Amount { get; private set; }

    public string Currency { get; private set; } = "KZT";

    public PaymentStatus Status { get; private set; }

    public PaymentMethod Method { get; private set; }

    /// <summary>The bank's or aggregator's own number, where one confirmed by itself.</summary>
    public string? ProviderPaymentId { get; private set; }

    /// <summary>An https address of a proof kept elsewhere; shown, never fetched.</summary>
    public string? ProofUrl { get; private set; }

    public Guid? ConfirmedBy { get; private set; }

    public DateTime? ConfirmedAt { get; private set; }

    /// <summary>Who took the last decision, whatever it was. Missing for a background task.</summary>
    public Guid? DecidedBy { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    /// <summary>Why it was rejected or refunded; the member reads it. A key of <see cref="Reasons"/> where the portal itself decided.</summary>
    public string? Reason { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public bool IsLive => Status is PaymentStatus.Pending or PaymentStatus.Confirmed;

    public bool CanConfirm => Status == PaymentStatus.Pending;

    public bool CanReject => Status == PaymentStatus.Pending;

    public bool CanReopen => Status == PaymentStatus.Confirmed || (Status == PaymentStatus.Rejected && Reason is not (Reasons.SettlingUndone or Reasons.KeptAsCredit));

    public bool CanRefund => Status == PaymentStatus.Confirmed;

    /// <param name="operation">The bank's number of the money, where it is known.</param>
    internal void Confirm(Guid? by, DateTime now, string? operation = null)
    {
        Require(CanConfirm);
        Decide(PaymentStatus.Confirmed, by, null, now);
        ConfirmedBy = by;
        ConfirmedAt = now;
        ProviderPaymentId = operation;
    }

    internal void Reject(Guid? by, string reason, DateTime now)
    {
        Require(CanReject);
        Decide(PaymentStatus.Rejected, by, reason, now);
    }

    /// <summary>The undo of a decision. The caller has checked that the month is still free.</summary>
    internal void Reopen(DateTime now)
    {
        if (!CanReopen)
        {
            throw new DomainException(Status == PaymentStatus.Pending ? Problems.AlreadyPending : Problems.AlreadyDecided);
        }

        Decide(PaymentStatus.Pending, null, null, now);
        DecidedAt = ConfirmedAt = null;
        ConfirmedBy = null;
        ProviderPaymentId = null;
    }

    /// <summary>The undo of a decision that had booked it: nobody had claimed this month.</summary>
    internal void TakeBack(DateTime now)
    {
        Decide(PaymentStatus.Rejected, DecidedBy, Reasons.SettlingUndone, now);
        ConfirmedAt = null;
        ConfirmedBy = null;
    }

    internal void Refund(Guid? by, string reason, DateTime now)
    {
        if (!CanRefund)
        {
            throw new DomainException(Problems.CannotRefund);
        }

        Decide(PaymentStatus.Refunded, by, reason, now);
    }

    /// <summary>Two records of one person became one, and this month is paid twice by them: it pays another month, or its money goes back.</summary>
    internal void SetAside(Period? instead, Guid by, DateTime now)
    {
        if (instead is { } period)
        {
            Period = period;
            UpdatedAt = now;
        }
        else if (CanRefund)
        {
            Refund(by, Reasons.Duplicate, now);
        }
        else
        {
            Reject(by, Reasons.Duplicate, now);
        }
    }

    internal void HandTo(Guid memberId) => MemberId = memberId;

    /// <summary>As it was before a merge that is undone. The owner was put back before.</summary>
    internal void Restore(Period period, PaymentStatus status, Guid? decidedBy, DateTime? decidedAt, string? reason, DateTime updatedAt) =>
        (Period, Status, DecidedBy, DecidedAt, Reason, UpdatedAt) = (period, status, decidedBy, decidedAt, reason, updatedAt);

    private static void Require(bool allowed)
    {
        if (!allowed)
        {
            throw new DomainException(Problems.AlreadyDecided);
        }
    }

    private void Decide(PaymentStatus status, Guid? by, string? reason, DateTime now)
    {
        Status = status;
        DecidedBy = by;
        DecidedAt = UpdatedAt = now;
        Reason = reason;
    }
}

/// <summary>Reasons that the portal itself gives; every other reason is a cashier's own words.</summary>
public static class Reasons
{
    public const string CancelledByMember = "cancelled_by_member";
    public const string Lapsed = "lapsed";

    /// <summary>Another sum came than the member had claimed, and it did not reach for this month.</summary>
    public const string SumDiffers = "sum_differs";

    /// <summary>A cashier took back the settling that had booked this month besides the claim.</summary>
    public const string SettlingUndone = "settling_undone";

    /// <summary>Money came that pays no month, too little or of somebody whose months are closed: all of it stays with the member.</summary>
    public const string KeptAsCredit = "kept_as_credit";

    /// <summary>The member was there twice and had paid this month twice.</summary>
    public const string Duplicate = "duplicate";
}
