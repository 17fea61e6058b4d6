namespace Diaspora.Domain.Payments;

/// <summary>One decision of a cashier: the months of an intent that were decided at once.</summary>
/// <param name="CanReopen">It can be taken back as it is.</param>
public sealed record DecidedRow(
    Guid IntentId, string Code, string PayerName, IReadOnlyList<Period> Months, Money Sum, PaymentMethod Method, PaymentStatus Status, string? Reason, DateTime DecidedAt, bool CanReopen);
