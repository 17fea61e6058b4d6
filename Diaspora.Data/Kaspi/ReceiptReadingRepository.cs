using Diaspora.Domain.Kaspi;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Kaspi;

internal sealed class ReceiptReadingRepository(DiasporaDbContext context) : IReceiptReadingRepository
{
    public void Add(ReceiptReading reading) => context.ReceiptReadings.Add(reading);

    public async Task<IReadOnlyList<UnreadReceipt>> UnreadAsync(int most, CancellationToken cancel = default) =>
        await context.Receipts.Where(receipt => !context.ReceiptReadings.Any(reading => reading.ReceiptId == receipt.Id))
            .OrderByDescending(receipt => receipt.CreatedAt).Take(most)
            .Select(receipt => new UnreadReceipt(receipt.Id, receipt.IntentId, receipt.StoredName, receipt.CreatedAt)).ToListAsync(cancel);

    public async Task<IReadOnlyList<Guid>> IntentsOfAsync(Guid evidenceId, CancellationToken cancel = default) =>
        await (from reading in context.ReceiptReadings
               where reading.EvidenceId == evidenceId
               join receipt in context.Receipts on reading.ReceiptId equals receipt.Id
               select receipt.IntentId).Distinct().ToListAsync(cancel);

    public Task<bool> IsReadAsync(Guid receiptId, CancellationToken cancel = default) => context.ReceiptReadings.AnyAsync(reading => reading.ReceiptId == receiptId, cancel);

    public async Task<ILookup<Guid, ReceiptFacts>> OfIntentsAsync(IReadOnlyCollection<Guid> intentIds, CancellationToken cancel = default)
    {
        List<Guid> intents = [.. intentIds];
        var rows = await (
            from receipt in context.Receipts
            where EF.Parameter(intents).Contains(receipt.IntentId)
            join reading in context.ReceiptReadings on receipt.Id equals reading.ReceiptId
            join evidence in context.Evidence on reading.EvidenceId equals evidence.Id
            orderby receipt.CreatedAt
            select new { receipt.Id, receipt.IntentId, receipt.FileName, EvidenceId = evidence.Id, evidence.Operation, evidence.Tiyn, evidence.On, evidence.At, evidence.Payer }).ToListAsync(cancel);
        List<Guid> ids = rows.ConvertAll(row => row.EvidenceId);
        var elsewhere = (rows.Count == 0 ? [] : await (
            from reading in context.ReceiptReadings
            where reading.EvidenceId != null && EF.Parameter(ids).Contains(reading.EvidenceId.Value)
            join receipt in context.Receipts on reading.ReceiptId equals receipt.Id
            join intent in context.Intents on receipt.IntentId equals intent.Id
            orderby intent.CreatedAt
            select new { EvidenceId = reading.EvidenceId!.Value, intent.Id, intent.Code }).ToListAsync(cancel)).ToLookup(other => other.EvidenceId);
        return rows.ToLookup(row => row.IntentId, row =>
        {
            var other = elsewhere[row.EvidenceId].FirstOrDefault(other => other.Id != row.IntentId);
            return new ReceiptFacts(row.Id, row.FileName, row.Operation, row.Tiyn, row.On, row.At, row.Payer, other?.Id, other?.Code);
        });
    }
}
