namespace Diaspora.Domain.Payments;

/// <summary>Evidence of money and what it was matched to.</summary>
public interface IEvidenceRepository
{
    void Add(Evidence evidence);

    void Add(Match match);

    Task<Evidence?> FindAsync(Guid evidenceId, CancellationToken cancel = default);

    /// <summary>The same one, if it came before.</summary>
    /// <param name="identity">As it is stored: see <see cref="Evidence.IdentityOf"/>.</param>
    Task<Evidence?> FindAsync(EvidenceSource source, string identity, CancellationToken cancel = default);

    Task<Match?> MatchAsync(Guid matchId, CancellationToken cancel = default);

    /// <summary>The live match of a piece of evidence.</summary>
    Task<Match?> MatchOfAsync(Guid evidenceId, CancellationToken cancel = default);

    /// <summary>The live matches of an intent.</summary>
    Task<IReadOnlyList<Match>> MatchesOfIntentAsync(Guid intentId, CancellationToken cancel = default);

    /// <summary>Evidence that the portal would have confirmed this intent by, and that is still compared.</summary>
    Task<IReadOnlyList<Evidence>> ForeseenAsync(Guid intentId, CancellationToken cancel = default);

    /// <summary>The intents that these pieces were thought to be the money of.</summary>
    Task<IReadOnlyList<Guid>> GuessedAsync(IReadOnlyCollection<Guid> evidenceIds, CancellationToken cancel = default);

    /// <summary>The trust of a source, made with what it begins with where none is stored.</summary>
    Task<SourceTrust> TrustAsync(EvidenceSource source, DateTime now, CancellationToken cancel = default);
}
