namespace Diaspora.Domain.Payments;

/// <summary>What the matcher thought of a piece of evidence when it last looked: kept, so that lists and the cashier's panel need not think again.</summary>
public sealed class EvidenceGuess
{
    private EvidenceGuess()
    {
    }

    /// <param name="place">From 0, the likeliest first.</param>
    /// <param name="isSure">It may be confirmed without a person: only the first can be.</param>
    public EvidenceGuess(Guid evidenceId, int place, Guid? intentId, Guid memberId, int rank, bool isSure, string reasonsJson)
    {
        EvidenceId = evidenceId;
        Place = place;
        IntentId = intentId;
        MemberId = memberId;
        Rank = rank;
        IsSure = isSure;
        ReasonsJson = reasonsJson;
    }

    public Guid EvidenceId { get; private set; }

    public int Place { get; private set; }

    public Guid? IntentId { get; private set; }

    public Guid MemberId { get; private set; }

    public int Rank { get; private set; }

    public bool IsSure { get; private set; }

    public string ReasonsJson { get; private set; } = "[]";
}
