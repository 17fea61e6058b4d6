using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Payments;

internal sealed class EvidenceRepository(DiasporaDbContext context) : IEvidenceRepository
{
    public void Add(Evidence evidence) => context.Evidence.Add(evidence);

    public void Add(Match match) => context.Matches.Add(match);

    public Task<Evidence?> FindAsync(Guid evidenceId, CancellationToken cancel = default) => context.Evidence.FirstOrDefaultAsync(evidence => evidence.Id == evidenceId, cancel);

    public Task<Evidence?> FindAsync(EvidenceSource source, string identity, CancellationToken cancel = default) =>
        context.Evidence.FirstOrDefaultAsync(evidence => evidence.Source == source && evidence.Identity == identity, cancel);

    public Task<Match?> MatchAsync(Guid matchId, CancellationToken cancel = default) => context.Matches.FirstOrDefaultAsync(match => match.Id == matchId, cancel);

    public Task<Match?> MatchOfAsync(Guid evidenceId, CancellationToken cancel = default) =>
        context.Matches.FirstOrDefaultAsync(match => match.EvidenceId == evidenceId && match.UndoneAt == null, cancel);

    public async Task<IReadOnlyList<Match>> MatchesOfIntentAsync(Guid intentId, CancellationToken cancel = default) =>
        await context.Matches.Where(match => match.IntentId == intentId && match.UndoneAt == null).ToListAsync(cancel);

    public async Task<IReadOnlyList<Evidence>> ForeseenAsync(Guid intentId, CancellationToken cancel = default) =>
        await context.Evidence.Where(evidence => evidence.WouldIntentId == intentId && evidence.Shadow != ShadowOutcome.None).ToListAsync(cancel);

    public async Task<IReadOnlyList<Guid>> GuessedAsync(IReadOnlyCollection<Guid> evidenceIds, CancellationToken cancel = default) =>
        evidenceIds.Count == 0 ? [] : await context.Guesses.Where(guess => EF.Parameter(evidenceIds).Contains(guess.EvidenceId) && guess.IntentId != null).Select(guess => guess.IntentId!.Value).Distinct().ToListAsync(cancel);

    public async Task<SourceTrust> TrustAsync(EvidenceSource source, DateTime now, CancellationToken cancel = default)
    {
        if (await context.Trusts.FirstOrDefaultAsync(trust => trust.Source == source, cancel) is { } stored)
        {
            return stored;
        }

        var beginning = new SourceTrust(source, now);
        context.Trusts.Add(beginning);
        return beginning;
    }
}
