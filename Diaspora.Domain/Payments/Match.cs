namespace Diaspora.Domain.Payments;

/// <summary>What a piece of evidence is for: one intent's money. At most one per evidence is live; undone like every decision.</summary>
public sealed class Match
{
    private Match()
    {
    }

    /// <param name="decidedAt">The decision it took with it: what an undo names. Missing where the money was booked before the evidence came.</param>
    /// <param name="reasonsJson">Why, as the matcher said it.</param>
    /// <param name="by">Missing where the portal did it by itself.</param>
    public Match(Evidence evidence, Guid intentId, DateTime? decidedAt, int rank, string reasonsJson, Guid? by, DateTime now)
    {
        EvidenceId = evidence.Id;
        Source = evidence.Source;
        IntentId = intentId;
        DecidedAt = decidedAt;
        Rank = rank;
        ReasonsJson = reasonsJson;
        CreatedBy = by;
        CreatedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid EvidenceId { get; private set; }

    /// <summary>Of its evidence. One intent is proved at most once by each source: a second line is other money.</summary>
    public EvidenceSource Source { get; private set; }

    public Guid IntentId { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    /// <summary>Whether it confirmed or booked something, and did not just find it booked.</summary>
    public bool IsBooking => DecidedAt is not null;

    public int Rank { get; private set; }

    public string ReasonsJson { get; private set; } = "[]";

    public Guid? CreatedBy { get; private set; }

    public bool IsAutomatic => CreatedBy is null;

    public DateTime CreatedAt { get; private set; }

    public Guid? UndoneBy { get; private set; }

    public DateTime? UndoneAt { get; private set; }

    public bool IsLive => UndoneAt is null;

    public void Undo(Guid? by, DateTime now)
    {
        if (!IsLive)
        {
            throw new DomainException(Problems.EvidenceDecided);
        }

        (UndoneBy, UndoneAt) = (by, now);
    }
}
