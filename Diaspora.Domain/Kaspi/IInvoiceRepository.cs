namespace Diaspora.Domain.Kaspi;

/// <summary>Bills at an aggregator, and its calls.</summary>
public interface IInvoiceRepository
{
    void Add(Invoice invoice);

    /// <summary>By our own number of it, or by the aggregator's.</summary>
    Task<Invoice?> FindAsync(string provider, string? order, string? number, CancellationToken cancel = default);

    Task<Invoice?> OfIntentAsync(Guid intentId, CancellationToken cancel = default);

    /// <summary>Those that may still be paid, made after <paramref name="utc"/>.</summary>
    Task<IReadOnlyList<Invoice>> UnpaidAsync(string provider, DateTime utc, CancellationToken cancel = default);

    void Add(WebhookEvent call);

    Task<bool> HasAsync(string provider, string sha256, CancellationToken cancel = default);

    /// <summary>Empties the bodies of calls that were worked off before <paramref name="utc"/>.</summary>
    Task<int> ForgetBodiesAsync(DateTime utc, CancellationToken cancel = default);

    Task<WebhookEvent?> FindEventAsync(Guid eventId, CancellationToken cancel = default);

    /// <summary>What was not worked off yet, oldest first; behind the rest what has failed, the oftener the later.</summary>
    Task<IReadOnlyList<WebhookEvent>> WaitingEventsAsync(int most, CancellationToken cancel = default);
}
