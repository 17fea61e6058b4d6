namespace Diaspora.Domain.Payments;

/// <summary>
/// What one payer sets out to pay in one transfer: payments of one or several months, a reference code, receipts. Its state
/// follows from its payments.
/// </summary>
public sealed partial class PaymentIntent
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

    /// <summary>Whether the payer said so. Where they only sent a receipt, the claim goes when the last receipt goes.</summary>
    public bool IsSaid { get; private set; }

    /// <summary>What really came, where the cashier wrote it down.</summary>
    public Money? Received { get; private set; }

    /// <summary>The local day on which the money came, where the cashier wrote it down.</summary>
    public DateOnly? ReceivedOn { get; private set; }

    /// <summary>When a claim was settled with another sum than it said; missing once that was undone, and where the sum was recorded by hand.</summary>
    public DateTime? SettledAt { get; private set; }

    /// <summary>The cashier's own words about it.</summary>
    public string? Note { get; private set; }

    /// <summary>Which cashier recorded it by hand; missing where the payer set out by themselves.</summary>
    public Guid? RecordedBy { get; private set; }

    /// <summary>Where money came from that nobody had claimed and that was booked on its own; missing where there was a claim.</summary>
    public EvidenceSource? BookedFrom { get; private set; }

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

    /// <summary>Whether it waits for these months of this member and for nothing else.</summary>
    /// <param name="periods">In order.</param>
    public bool WaitsFor(Guid memberId, IReadOnlyList<Period> periods) =>
        _payments.Where(payment => payment.Status == PaymentStatus.Pending).OrderBy(payment => payment.Period).Select(payment => (payment.MemberId, payment.Period))
            .SequenceEqual(periods.Select(period => (memberId, period)));

    public Payment Find(Guid paymentId) => _payments.Find(payment => payment.Id == paymentId) ?? throw new DomainException(Problems.NotFound);

    /// <param name="months">Each month with what it costs; at least one. The caller has checked that they may be paid.</param>
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

    /// <summary>Money that a cashier took in by hand: confirmed from the start.</summary>
    /// <param name="id">The id of the form, so that the same form sent twice is one intent.</param>
    /// <param name="lines">At least one. The caller has checked that these months may be paid.</param>
    public static PaymentIntent Record(Guid id, string code, Guid payerId, IReadOnlyList<IntentLine> lines, PaymentMethod method, Receiving receiving, Guid by, DateTime now)
    {
        if (lines.Count == 0)
        {
            throw new DomainException(Problems.NothingChosen);
        }

        var intent = new PaymentIntent { Id = id, Code = code, PayerId = payerId, RecordedBy = by, ClaimedAt = now, IsSaid = true, CreatedAt = now, UpdatedAt = now };
        intent.Take(receiving);
        intent.Book(lines, method, by, now);
        return intent;
    }

    /// <summary>Money that evidence told of and nobody had claimed: confirmed from the start. Where it pays no month, the first open one says so, rejected.</summary>
    /// <param name="lines">What it pays; may be empty.</param>
    /// <param name="instead">The month that is named where it pays none.</param>
    /// <param name="by">The cashier who said whose it is; missing where the portal knew.</param>
    public static PaymentIntent Book(
        string code, Guid payerId, IReadOnlyList<IntentLine> lines, IntentLine instead, PaymentMethod method, Receiving receiving, EvidenceSource source, string? operation, Guid? by, DateTime now)
    {
        var intent = new PaymentIntent { Code = code, PayerId = payerId, RecordedBy = by, BookedFrom = source, ClaimedAt = now, IsSaid = true, CreatedAt = now, UpdatedAt = now };
        intent.Take(receiving);
        intent.Book(lines, method, by, now, operation);
        if (lines.Count == 0)
        {
            var payment = new Payment(intent.Id, instead.MemberId, instead.Period, instead.Amount, method, now);
            payment.Reject(by, Reasons.KeptAsCredit, now);
            intent._payments.Add(payment);
        }

        return intent;
    }

    /// <summary>
    /// The money that came differs from the claim: of the pending months those in <paramref name="lines"/> are confirmed, the others
    /// rejected, and months that nobody had claimed are booked besides.
    /// </summary>
    /// <exception cref="DomainException">Nothing is pending, or a sum is written down already.</exception>
    public void Settle(IReadOnlyList<IntentLine> lines, Receiving receiving, Guid? by, DateTime now, string? operation = null)
    {
        RequirePending();
        Take(receiving);
        SettledAt = now;
        var pending = _payments.FindAll(payment => payment.Status == PaymentStatus.Pending);
        var kept = pending.ToLookup(payment => lines.Any(line => IsFor(payment, line)));
        kept[true].ToList().ForEach(payment => payment.Confirm(by, now, operation));
        kept[false].ToList().ForEach(payment => payment.Reject(by, Reasons.SumDiffers, now));
        Book([.. lines.Where(line => !pending.Exists(payment => IsFor(payment, line)))], Method, by, now, operation);
        UpdatedAt = now;
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

    /// <summary>Confirms all that are pending.</summary>
    /// <param name="operation">The bank's number of the money, where it is known.</param>
    public void Confirm(Guid? by, DateTime now, string? operation = null) => Decide(payment => payment.CanConfirm, payment => payment.Confirm(by, now, operation), now);

    /// <summary>Rejects all that are pending.</summary>
    public void Reject(Guid? by, string reason, DateTime now) => Decide(payment => payment.CanReject, payment => payment.Reject(by, reason, now), now);

    /// <summary>Confirms one month.</summary>
    public void Confirm(Guid paymentId, Guid by, DateTime now) => Decide(Find(paymentId), payment => payment.Confirm(by, now), now);

    /// <summary>Rejects one month.</summary>
    public void Reject(Guid paymentId, Guid by, string reason, DateTime now) => Decide(Find(paymentId), payment => payment.Reject(by, reason, now), now);

    /// <summary>Gives back one month's money; the month is open again, the payment stays in the history.</summary>
    public void Refund(Guid paymentId, Guid by, string reason, DateTime now) => Decide(Find(paymentId), payment => payment.Refund(by, reason, now), now);

    /// <summary>Whether it may come or go, <see cref="IntentReceipts"/> knows. One alone claims the intent.</summary>
    internal void Add(Receipt receipt, DateTime now)
    {
        _receipts.Add(receipt);
        ClaimedAt ??= now;
        UpdatedAt = now;
    }

    internal void Remove(Receipt receipt, DateTime now)
    {
        _receipts.Remove(receipt);
        ClaimedAt = _receipts.Count == 0 && !IsSaid ? null : ClaimedAt;
        UpdatedAt = now;
    }

    /// <summary>Two records of one person became one, or were parted again.</summary>
    internal void HandTo(Guid payerId, DateTime at) => (PayerId, UpdatedAt) = (payerId, at);

    /// <summary>Written down once: a second sum in its place would be the end of the first.</summary>
    private void Take(Receiving receiving) => (Received, ReceivedOn, Note) = Received is { } earlier ? throw new DomainException(Problems.SumRecorded, earlier)
        : (receiving.Sum, receiving.On, string.IsNullOrWhiteSpace(receiving.Note) ? null : receiving.Note.Trim());

    private void Book(IReadOnlyList<IntentLine> lines, PaymentMethod method, Guid? by, DateTime now, string? operation = null)
    {
        foreach (var line in lines)
        {
            var payment = new Payment(Id, line.MemberId, line.Period, line.Amount, method, now);
            payment.Confirm(by, now, operation);
            _payments.Add(payment);
        }
    }

    private void Decide(Payment payment, Action<Payment> decide, DateTime now)
    {
        decide(payment);
        UpdatedAt = now;
    }

    private static bool IsFor(Payment payment, IntentLine line) => payment.MemberId == line.MemberId && payment.Period == line.Period;

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
