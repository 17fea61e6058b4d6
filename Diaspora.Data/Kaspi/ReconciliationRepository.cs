using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Kaspi;

internal sealed class ReconciliationRepository(DiasporaDbContext context) : IReconciliationRepository
{
    /// <summary>So long before or after it came, money may have been confirmed.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromDays(100);

    public async Task<IReadOnlyList<ReconciledLine>> LinesAsync(DateOnly first, DateOnly last, CancellationToken cancel = default)
    {
        var lines = await (
            from evidence in context.Evidence
            where evidence.Source == EvidenceSource.Statement && evidence.On >= first && evidence.On <= last && (evidence.State == EvidenceState.Open || evidence.State == EvidenceState.Matched)
            join match in context.Matches.Where(match => match.UndoneAt == null) on evidence.Id equals match.EvidenceId into matches
            from match in matches.DefaultIfEmpty()
            orderby evidence.On, evidence.At, evidence.Line, evidence.Id
            select new { Evidence = evidence, IntentId = (Guid?)match.IntentId }).ToListAsync(cancel);
        List<Guid> ids = [.. lines.Where(line => line.IntentId is not null).Select(line => line.IntentId!.Value).Distinct()];
        var intents = await IntentsAsync(context.Intents.Where(intent => EF.Parameter(ids).Contains(intent.Id)), cancel);
        return lines.ConvertAll(line =>
        {
            var intent = line.IntentId is { } id ? intents.GetValueOrDefault(id) : null;
            return new ReconciledLine(
                line.Evidence.Id, line.Evidence.StatementId, line.Evidence.On, line.Evidence.Payer, line.Evidence.Message, line.Evidence.Tiyn, line.IntentId, intent?.Intent.Code, intent?.MemberName, intent?.Money);
        });
    }

    public async Task<IReadOnlyList<ReconciledIntent>> UnprovedAsync(DateOnly first, DateOnly last, TimeZoneInfo zone, CancellationToken cancel = default)
    {
        var (begin, end) = (first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - Around, last.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) + Around);

        // What an import took over says nothing of the day its money came.
        var intents = await IntentsAsync(
            context.Intents.Where(intent => (intent.RecordedBy == null || intent.ReceivedOn != null)
                && intent.Payments.Any(payment => payment.ConfirmedAt >= begin && payment.ConfirmedAt <= end)
                && !context.Matches.Any(match => match.IntentId == intent.Id && match.UndoneAt == null && match.Source == EvidenceSource.Statement)),
            cancel);
        List<Guid> ids = [.. intents.Keys];
        var proofs = await context.Matches.Where(match => EF.Parameter(ids).Contains(match.IntentId) && match.UndoneAt == null)
            .Join(context.Evidence, match => match.EvidenceId, evidence => evidence.Id, (match, evidence) => new { match.IntentId, evidence.Source, evidence.On })
            .GroupBy(proof => proof.IntentId).Select(group => group.First()).ToDictionaryAsync(proof => proof.IntentId, cancel);
        return
        [
            .. intents.Values.Where(found => !found.Money.IsZero).Select(found =>
                {
                    var proof = proofs.GetValueOrDefault(found.Intent.Id);
                    var told = found.Intent.ClaimedAt ?? found.Intent.CreatedAt;
                    var on = proof?.On ?? found.Intent.ReceivedOn ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(told, zone));
                    return new ReconciledIntent(found.Intent.Id, found.Intent.Code, found.MemberName, on, found.Money, found.Intent.Method, proof?.Source);
                })
                .Where(intent => intent.On >= first && intent.On <= last)
                .OrderBy(intent => intent.On).ThenBy(intent => intent.Code, StringComparer.Ordinal),
        ];
    }

    /// <summary>Intents with what they paid and left over; what was refunded came all the same.</summary>
    private async Task<Dictionary<Guid, Found>> IntentsAsync(IQueryable<PaymentIntent> wanted, CancellationToken cancel)
    {
        var rows = await wanted.Include(intent => intent.Payments)
            .Select(intent => new { Intent = intent, Name = context.Everybody.Where(member => member.Id == intent.PayerId).Select(member => member.FullName).First() }).ToListAsync(cancel);
        List<Guid> ids = [.. rows.Select(row => row.Intent.Id)];
        var left = (await context.Credits.Where(credit => EF.Parameter(ids).Contains(credit.IntentId) && credit.Status != CreditStatus.Voided).ToListAsync(cancel)).ToLookup(credit => credit.IntentId, credit => credit.Amount);
        var used = (await context.Credits.Where(credit => credit.UsedIntentId != null && EF.Parameter(ids).Contains(credit.UsedIntentId!.Value)).ToListAsync(cancel)).ToLookup(credit => credit.UsedIntentId!.Value, credit => credit.Amount);
        return rows.ToDictionary(row => row.Intent.Id, row => new Found(
            row.Intent,
            row.Name,
            Money.Sum(row.Intent.Payments.Where(payment => payment.Status is PaymentStatus.Confirmed or PaymentStatus.Refunded).Select(payment => payment.Amount))
                + Money.Sum(left[row.Intent.Id]) - Money.Sum(used[row.Intent.Id])));
    }

    private sealed record Found(PaymentIntent Intent, string MemberName, Money Money);
}
