using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>How far a source is trusted, and what it has shown of itself.</summary>
/// <param name="ChangedBy">The admin who chose it; missing where the portal lowered it, and at the beginning.</param>
/// <param name="Why">The code of the payment that was taken back, where the portal lowered it.</param>
public sealed record TrustRow(EvidenceSource Source, TrustLevel Level, DateTime ChangedAt, string? ChangedBy, string? Why, ShadowFigures Shadow, IReadOnlyList<Disagreement> Disagreements)
{
    /// <summary>It carries our own number, so there is nothing to guess.</summary>
    public bool IsExact => SourceTrust.Beginning(Source) == TrustLevel.Automatic;

    public bool MayConfirm => IsExact || Shadow.InARow >= SourceTrust.AgreedNeeded;
}

/// <summary>What the portal would have confirmed, against what cashiers did.</summary>
/// <param name="Lines">All that came.</param>
/// <param name="Waiting">It would have confirmed these, and no cashier has decided on them yet.</param>
/// <param name="InARow">How many agreed since the last disagreement.</param>
public sealed record ShadowFigures(int Lines, int Waiting, int Agreed, int Disagreed, int InARow)
{
    public int Would => Waiting + Agreed + Disagreed;
}

/// <summary>A line that the portal would have confirmed otherwise than a cashier did.</summary>
/// <param name="Row">With what the cashier did.</param>
/// <param name="WouldIntentId">Missing where it would have booked the member's oldest months.</param>
public sealed record Disagreement(EvidenceRow Row, Guid? WouldIntentId, string? WouldCode, string WouldMember, string WouldNumber, DateTime At);
