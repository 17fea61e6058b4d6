namespace Diaspora.Domain.Payments;

/// <summary>An intent was started, claimed, decided, cancelled, reopened, or its receipts changed.</summary>
public sealed record PaymentsChanged(Guid IntentId, IReadOnlyList<Guid> MemberIds) : Change;
