namespace Diaspora.Domain.Payments;

/// <summary>What the matcher thought of a piece of evidence when it last looked: kept, so that lists and the cashier's panel need not think again.</summary>
public sealed class EvidenceGuess
{
    private EvidenceGuess()
    {
    }

    /// <param name="place">From 0, the likeliest first.</param>
    /// <param name="isSure">It may be confirmed without a person: only the first can be.</param>
    /// <param name="months">What it would pay of a member who claimed nothing: see <see cref="Written"/>.</param>
    public EvidenceGuess(Guid evidenceId, int place, Guid? intentId, Guid memberId, int rank, bool isSure, string reasonsJson, string? months)
    {
        EvidenceId = evidenceId;
        Place = place;
        IntentId = intentId;
        MemberId = memberId;
        Rank = rank;
        IsSure = isSure;
        ReasonsJson = reasonsJson;
        Months = months;
    }

    public Guid EvidenceId { get; private set; }

    public int Place { get; private set; }

    public Guid? IntentId { get; private set; }

    public Guid MemberId { get; private set; }

    public int Rank { get; private set; }

    public bool IsSure { get; private set; }

    public string ReasonsJson { get; private set; } = "[]";

    /// <summary>Missing where there is an intent, whose months they are, and where it was thought before months were kept.</summary>
    public string? Months { get; private set; }

    public static string Written(IEnumerable<Period> months) => string.Join(' ', months);

    public static IReadOnlyList<Period> Read(string months) => [.. months.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(month => Period.Parse(month, null))];
}
