using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>A piece of evidence that waits, as the matcher takes it up.</summary>
/// <param name="WasUndone">Somebody took back a match of it: the portal does not try again by itself.</param>
public sealed record OpenEvidence(Guid Id, EvidenceFacts Facts, ShadowOutcome Shadow, bool WasUndone, IReadOnlyList<StoredGuess> Guesses);

/// <summary>A guess as it is stored.</summary>
public readonly record struct StoredGuess(Guid? IntentId, Guid MemberId, int Rank, bool IsSure, string ReasonsJson, string? Months);

/// <summary>An intent as the matcher compares it, in UTC.</summary>
public sealed record ClaimFacts(
    Guid IntentId, Guid PayerId, string Code, IReadOnlyList<IntentLine> Lines, bool IsConfirmed, DateTime CreatedAt, DateTime? ClaimedAt, IReadOnlyList<string> Receipts, Money? Received);

/// <summary>Statements, what the matcher reads and what it thought.</summary>
public interface IKaspiRepository
{
    void Add(Statement statement);

    void Add(TableMap map);

    /// <param name="head">As it is stored.</param>
    Task<TableMap?> FindTableMapAsync(string head, CancellationToken cancel = default);

    Task<Statement?> FindStatementAsync(Guid statementId, CancellationToken cancel = default);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<StatementRow>> StatementsAsync(CancellationToken cancel = default);

    /// <summary>Which of these lines are evidence already, and which; those that were withdrawn are not.</summary>
    /// <param name="identities">As they are stored.</param>
    Task<IReadOnlyDictionary<string, Guid>> KnownAsync(IReadOnlyCollection<string> identities, CancellationToken cancel = default);

    void Add(KnownLine line);

    /// <summary>The lines of a statement that others have too and which are not taken back; of several the one that was booked first.</summary>
    Task<IReadOnlyDictionary<Guid, KnownLine>> KnownElsewhereAsync(Guid statementId, CancellationToken cancel = default);

    /// <summary>The evidence that first came with a statement.</summary>
    Task<IReadOnlyList<Evidence>> OfStatementAsync(Guid statementId, CancellationToken cancel = default);

    /// <summary>Evidence of these identities that was withdrawn.</summary>
    Task<IReadOnlyList<Evidence>> WithdrawnAsync(IReadOnlyCollection<string> identities, CancellationToken cancel = default);

    /// <summary>Whether anything waits to be looked at.</summary>
    Task<bool> AnyOpenAsync(CancellationToken cancel = default);

    /// <summary>The newest money that waits, oldest first: what nobody could place for years keeps nothing new from being looked at.</summary>
    Task<IReadOnlyList<OpenEvidence>> OpenAsync(int most, CancellationToken cancel = default);

    /// <summary>Everybody who may have months to pay.</summary>
    Task<IReadOnlyList<Guid>> MemberIdsAsync(CancellationToken cancel = default);

    /// <summary>What waits, and what was confirmed since <paramref name="utc"/> and no live match of that source proves.</summary>
    Task<IReadOnlyList<ClaimFacts>> ClaimsAsync(EvidenceSource source, DateTime utc, CancellationToken cancel = default);

    /// <summary>What cashiers and time have confirmed of payers: live matches, counted.</summary>
    Task<IReadOnlyList<PayerHistory>> PayersAsync(CancellationToken cancel = default);

    /// <summary>Puts these guesses in the place of those that are there.</summary>
    /// <param name="evidenceIds">Of these pieces; one may have none any more.</param>
    Task ReplaceGuessesAsync(IReadOnlyCollection<Guid> evidenceIds, IReadOnlyList<EvidenceGuess> guesses, CancellationToken cancel = default);

    /// <summary>Those of these pieces that still wait.</summary>
    Task<IReadOnlyList<Evidence>> WaitingAmongAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel = default);

    /// <summary>Empties the pieces as they arrived of evidence that came before <paramref name="utc"/>.</summary>
    Task<int> ForgetRawAsync(DateTime utc, CancellationToken cancel = default);

    /// <summary>How many claims made after <paramref name="utc"/> were decided: those the money came for, and those that were rejected.</summary>
    Task<(int Came, int Missed)> DecidedClaimsAsync(DateTime utc, CancellationToken cancel = default);

    Task<EvidencePage> PageAsync(EvidenceFilter filter, CancellationToken cancel = default);

    /// <summary>Evidence that waits and may be this intent's money, or is known to be.</summary>
    Task<IReadOnlyList<EvidenceRow>> HintsAsync(Guid intentId, CancellationToken cancel = default);

    /// <summary>Whatever they are by now, in the order of the list.</summary>
    Task<IReadOnlyList<EvidenceRow>> RowsAsync(IReadOnlyCollection<Guid> evidenceIds, CancellationToken cancel = default);

    /// <summary>What the portal would have confirmed of a source, as far as it was decided after <paramref name="since"/>.</summary>
    Task<ShadowFigures> ShadowAsync(EvidenceSource source, DateTime since, CancellationToken cancel = default);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<Disagreement>> DisagreementsAsync(EvidenceSource source, DateTime since, int most, CancellationToken cancel = default);

    Task<EvidenceRow?> RowAsync(Guid evidenceId, CancellationToken cancel = default);

    /// <summary>What waits and is sure, in the order of the list.</summary>
    Task<IReadOnlyList<EvidenceRow>> SureAsync(Guid? statementId, CancellationToken cancel = default);

    /// <summary>The live matches that a cashier made at one moment.</summary>
    Task<IReadOnlyList<Guid>> MatchesAtAsync(Guid by, DateTime at, CancellationToken cancel = default);
}

public static class KaspiRepositories
{
    extension(IWork work)
    {
        public IKaspiRepository Kaspi => work.Repository<IKaspiRepository>();
    }
}
