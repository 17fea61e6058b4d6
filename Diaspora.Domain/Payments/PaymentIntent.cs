using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Payments;

/// <summary>
/// What one payer sets out to pay in one transfer: payments of one or several months, a reference code, receipts. Its state
/// follows from its payments.
/// </summary>
public sealed class PaymentIntent
{
    private readonly List<Payment> _payments = [];
    private readonly List<Receipt> _receipts = [];

    private PaymentIntent()
    {
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>Digits the payer writes into the transfer's message.</summary>
    public string Code { get; private set; } = "";

    public Guid PayerId { get; private set; }

    /// <summary>When the payer said that it is paid or attached a receipt. Unclaimed ones come last and lapse.</summary>
    public DateTime? ClaimedAt { get; private set; }

    /// <summary>Whether the payer said so; a claim that came with a receipt alone goes with the last receipt.</summary>
    public bool IsSaid { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public Guid Version { get; private set; }

    public IReadOnlyList<Payment> Payments => _payments;

    public IReadOnlyList<Receipt> Receipts => _receipts;

    public Money Total => Money.Sum(_payments.Select(payment => payment.Amount));

    public PaymentMethod Method => _payments[0].Method;

    public bool IsPending => _payments.Exists(payment => payment.Status == PaymentStatus.Pending);

    public IReadOnlyList<Guid> MemberIds => [.. _payments.Select(payment => payment.MemberId).Distinct()];

    public bool Concerns(Guid memberId) => PayerId == memberId || _payments.Exists(payment => payment.MemberId == memberId);

    /// <param name="months">Each month with what it costs; at least one. That they may be paid is the caller's to know.</param>
    public static PaymentIntent Start(string code, Guid payerId, IReadOnlyList<(Period Period, Money Amount)> months, PaymentMethod method, DateTime now)
    {
        if (months.Count == 0)
        {
            throw new DomainException(Problems.NothingChosen);
        }

        var intent = new PaymentIntent { Code = code, PayerId = payerId, CreatedAt = now, UpdatedAt = now };
        intent._payments.AddRange(months.Select(month => new Payment(intent.Id, payerId, month.Period, month.Amount, method, now)));
        return intent;
    }

    /// <summary>«Я оплатил(а)». Saying it again changes nothing and answers false.</summary>
    public bool Claim(DateTime now)
    {
        RequirePending();
        if (IsSaid)
        {
            return false;
        }

        ClaimedAt ??= now;
        UpdatedAt = now;
        IsSaid = true;
        return true;
    }

    /// <summary>A receipt claims the intent by itself. The same file a second time is the receipt that is there.</summary>
    public Receipt Attach(string fileName, StoredFile file, Guid by, DateTime now)
    {
        RequirePending();
        if (_receipts.Find(receipt => receipt.Sha256 == file.Sha256) is { } known)
        {
            return known;
        }

        if (_receipts.Count >= ReceiptRules.MaxFiles)
        {
            throw new DomainException(Problems.TooManyFiles, ReceiptRules.MaxFiles);
        }

        var receipt = new Receipt(Id, fileName, file, by, now);
        _receipts.Add(receipt);
        ClaimedAt ??= now;
        UpdatedAt = now;
        return receipt;
    }

    public Receipt Detach(Guid receiptId, DateTime now)
    {
        RequirePending();
        var receipt = _receipts.Find(receipt => receipt.Id == receiptId) ?? throw new DomainException(Problems.NotFound);
        _receipts.Remove(receipt);
        if (_receipts.Count == 0 && !IsSaid)
        {
            ClaimedAt = null;
        }

        UpdatedAt = now;
        return receipt;
    }

    /// <summary>Confirms all that are pending.</summary>
    public void Confirm(Guid? by, DateTime now) => Decide(payment => payment.CanConfirm, payment => payment.Confirm(by, now), now);

    /// <summary>Rejects all that are pending.</summary>
    public void Reject(Guid? by, string reason, DateTime now) => Decide(payment => payment.CanReject, payment => payment.Reject(by, reason, now), now);

    /// <summary>Makes all decided payments pending again: the undo. A cashier has taken it up, so it lapses no more.</summary>
    public void Reopen(DateTime now)
    {
        if (!_payments.Exists(payment => payment.CanReopen))
        {
            throw new DomainException(IsPending ? Problems.AlreadyPending : Problems.AlreadyDecided);
        }

        Decide(payment => payment.CanReopen, payment => payment.Reopen(now), now);
        ClaimedAt ??= now;
        IsSaid = true;
    }

    /// <summary>Gives back all that is confirmed; the months are open again.</summary>
    public void Refund(Guid? by, string reason, DateTime now)
    {
        if (!_payments.Exists(payment => payment.CanRefund))
        {
            throw new DomainException(Problems.CannotRefund);
        }

        Decide(payment => payment.CanRefund, payment => payment.Refund(by, reason, now), now);
    }

    private void Decide(Predicate<Payment> which, Action<Payment> decide, DateTime now)
    {
        var concerned = _payments.FindAll(which);
        if (concerned.Count == 0)
        {
            throw new DomainException(Problems.AlreadyDecided);
        }

        concerned.ForEach(decide);
        UpdatedAt = now;
    }

    private void RequirePending()
    {
        if (!IsPending)
        {
            throw new DomainException(Problems.AlreadyDecided);
        }
    }
}
