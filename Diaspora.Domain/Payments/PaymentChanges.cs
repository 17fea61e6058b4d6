namespace Diaspora.Domain.Payments;

/// <summary>An intent was started, claimed, decided, cancelled, reopened, or its receipts changed.</summary>
public sealed record PaymentsChanged(Guid IntentId, IReadOnlyList<Guid> MemberIds) : Change
{
    /// <summary>The months in which its money may have come, whatever months it pays; missing where they are not known.</summary>
    public IReadOnlyList<Period>? Months { get; init; }

    public bool Concerns(Period month) => Months?.Contains(month) ?? true;
}
