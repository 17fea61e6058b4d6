using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Kaspi;

/// <summary>What the portal would have done, beside what cashiers did; and tables that were named by hand.</summary>
internal sealed partial class KaspiRepository
{
    public void Add(TableMap map) => context.TableMaps.Add(map);

    public Task<TableMap?> FindTableMapAsync(string head, CancellationToken cancel = default) => context.TableMaps.FirstOrDefaultAsync(map => map.Head == head, cancel);

    public Task<IReadOnlyList<EvidenceRow>> RowsAsync(IReadOnlyCollection<Guid> evidenceIds, CancellationToken cancel = default) =>
        RowsAsync(InOrder(context.Evidence.Where(evidence => EF.Parameter(evidenceIds).Contains(evidence.Id))), cancel);

    public async Task<ShadowFigures> ShadowAsync(EvidenceSource source, DateTime since, CancellationToken cancel = default)
    {
        var lines = await context.Evidence.CountAsync(evidence => evidence.Source == source && evidence.State != EvidenceState.Withdrawn, cancel);
        var waiting = await context.Evidence.CountAsync(evidence => evidence.Source == source && evidence.Shadow == ShadowOutcome.Waiting && evidence.State != EvidenceState.Withdrawn, cancel);
        var decided = context.Evidence.Where(evidence => evidence.Source == source && evidence.ShadowAt > since);
        var agreed = decided.Where(evidence => evidence.Shadow == ShadowOutcome.Agreed);
        var disagreed = decided.Where(evidence => evidence.Shadow == ShadowOutcome.Disagreed);
        var last = await disagreed.MaxAsync(evidence => evidence.ShadowAt, cancel) ?? since;
        return new ShadowFigures(lines, waiting, await agreed.CountAsync(cancel), await disagreed.CountAsync(cancel), await agreed.CountAsync(evidence => evidence.ShadowAt > last, cancel));
    }

    public async Task<IReadOnlyList<Disagreement>> DisagreementsAsync(EvidenceSource source, DateTime since, int most, CancellationToken cancel = default)
    {
        var found = await context.Evidence.Where(evidence => evidence.Source == source && evidence.Shadow == ShadowOutcome.Disagreed && evidence.ShadowAt > since)
            .OrderByDescending(evidence => evidence.ShadowAt).Take(most)
            .Select(evidence => new
            {
                evidence.Id,
                evidence.WouldIntentId,
                Code = context.Intents.Where(intent => intent.Id == evidence.WouldIntentId).Select(intent => intent.Code).FirstOrDefault(),
                Member = context.Everybody.Where(member => member.Id == evidence.WouldMemberId).Select(member => new { member.FullName, member.Number }).FirstOrDefault(),
                evidence.ShadowAt,
            }).ToListAsync(cancel);
        var rows = (await RowsAsync(found.ConvertAll(one => one.Id), cancel)).ToDictionary(row => row.Id);
        return found.ConvertAll(one => new Disagreement(rows[one.Id], one.WouldIntentId, one.Code, one.Member?.FullName ?? "—", one.Member?.Number.Value ?? "", one.ShadowAt!.Value));
    }
}
