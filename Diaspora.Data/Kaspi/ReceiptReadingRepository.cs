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

    public async Task<IReadOnlyList<ReceiptFacts>> OfIntentAsync(Guid intentId, CancellationToken cancel = default)
    {
        var rows = await (
            from receipt in context.Receipts
            where receipt.IntentId == intentId
            join reading in context.ReceiptReadings on receipt.Id equals reading.ReceiptId
            join evidence in context.Evidence on reading.EvidenceId equals evidence.Id
            orderby receipt.CreatedAt
            select new { Receipt = receipt, Evidence = evidence }).ToListAsync(cancel);
        if (rows.Count == 0)
        {
            return [];
        }

        List<Guid> ids = rows.ConvertAll(row => row.Evidence.Id);
        var elsewhere = (await (
            from reading in context.ReceiptReadings
            where reading.EvidenceId != null && EF.Parameter(ids).Contains(reading.EvidenceId.Value)
            join receipt in context.Receipts on reading.ReceiptId equals receipt.Id
            where receipt.IntentId != intentId
            join intent in context.Intents on receipt.IntentId equals intent.Id
            orderby intent.CreatedAt
            select new { EvidenceId = reading.EvidenceId!.Value, intent.Id, intent.Code }).ToListAsync(cancel)).ToLookup(other => other.EvidenceId);
        return rows.ConvertAll(row =>
        {
            var other = elsewhere[row.Evidence.Id].FirstOrDefault();
            return new ReceiptFacts(row.Receipt.Id, row.Receipt.FileName, row.Evidence.Operation, row.Evidence.Tiyn, row.Evidence.On, row.Evidence.At, row.Evidence.Payer, other?.Id, other?.Code);
        });
    }
}
