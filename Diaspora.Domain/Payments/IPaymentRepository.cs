using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Payments;

public interface IPaymentRepository
{
    void Add(PaymentIntent intent);

    /// <summary>The intent with payments and receipts.</summary>
    Task<PaymentIntent?> FindAsync(Guid intentId, CancellationToken cancel = default);

    Task<bool> CodeExistsAsync(string code, CancellationToken cancel = default);

    /// <summary>The member's own intents in which a payment is pending.</summary>
    Task<IReadOnlyList<PaymentIntent>> PendingOfAsync(Guid payerId, CancellationToken cancel = default);

    /// <summary>The months of <paramref name="intent"/> for which another intent has a live payment.</summary>
    Task<IReadOnlyList<ChosenMonth>> TakenElsewhereAsync(PaymentIntent intent, CancellationToken cancel = default);

    /// <summary>Unclaimed intents started before <paramref name="utc"/> with a pending payment.</summary>
    Task<IReadOnlyList<Guid>> UnclaimedBeforeAsync(DateTime utc, CancellationToken cancel = default);

    /// <summary>How many transfers that somebody said they made before <paramref name="utc"/> nobody has decided on, and since when the oldest of them waits.</summary>
    Task<(int Count, DateTime? Oldest)> ClaimedBeforeAsync(DateTime utc, CancellationToken cancel = default);

    /// <summary>Every payment of one member, newest month first.</summary>
    Task<IReadOnlyList<HistoryRow>> HistoryAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>The rows with what makes a cashier look twice.</summary>
    Task<Page<PaymentRow>> PageAsync(PaymentFilter filter, DuesRules rules, DateTime now, CancellationToken cancel = default);

    Task<PaymentRow?> RowAsync(Guid intentId, CancellationToken cancel = default);

    /// <summary>As staff see it: with what makes them look twice.</summary>
    Task<PaymentRow?> RowAsync(Guid intentId, DuesRules rules, DateTime now, CancellationToken cancel = default);

    /// <summary>As the other, of several; those that are not there are left out.</summary>
    Task<IReadOnlyList<PaymentRow>> RowsAsync(IReadOnlyCollection<Guid> intentIds, DuesRules rules, DateTime now, CancellationToken cancel = default);

    /// <summary>How many of the open intents a cashier should look at twice.</summary>
    Task<int> AttentionAsync(DuesRules rules, DateTime now, CancellationToken cancel = default);

    /// <summary>What somebody decided in a stretch of time, the first first.</summary>
    Task<IReadOnlyList<DecidedRow>> DecidedAsync(Guid memberId, DateTime since, DateTime until, CancellationToken cancel = default);

    /// <param name="fee">What the month costs whoever has not paid it.</param>
    Task<QueueFigures> FiguresAsync(Period month, Money fee, CancellationToken cancel = default);

    Task<(Receipt Receipt, PaymentIntent Intent)?> FindReceiptAsync(Guid receiptId, CancellationToken cancel = default);

    /// <summary>Which of these files a row names.</summary>
    Task<IReadOnlyCollection<string>> FilesAmongAsync(IReadOnlySet<string> storedNames, CancellationToken cancel = default);
}

public static class PaymentRepositories
{
    extension(IWork work)
    {
        public IPaymentRepository Payments => work.Repository<IPaymentRepository>();

        public IEvidenceRepository Evidence => work.Repository<IEvidenceRepository>();

        public ICreditRepository Credits => work.Repository<ICreditRepository>();

        /// <summary>The figures above the queue, of the month that it is, without those of <see cref="QueueFigures.Attention"/>: they are read for whoever shows them.</summary>
        public Task<QueueFigures> FiguresAsync(DuesRules rules, DateTime now, CancellationToken cancel = default)
        {
            var month = rules.PeriodOf(now);
            return work.Payments.FiguresAsync(month, rules.FeeOf(month), cancel);
        }
    }
}
