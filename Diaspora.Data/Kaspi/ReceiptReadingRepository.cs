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

    public Task<bool> IsReadAsync(Guid receiptId, CancellationToken cancel = default) => context.ReceiptReadings.AnyAsync(reading => reading.ReceiptId == receiptId, cancel);

    public async Task<IReadOnlyList<ReceiptFacts>> OfIntentAsync(Guid intentId, CancellationToken cancel = default)
    {
        var rows = await (
            from receipt in context.Receipts
            where receipt.IntentId == intentId
            join reading in context.ReceiptReadings on receipt.Id equals reading.ReceiptId
            join evidence in context.Evidence on reading.EvidenceId equals evidence.Id
            orderby receipt.CreatedAt
            select new
            {
                Receipt = receipt,
                Evidence = evidence,
                UsedIn = (from other in context.ReceiptReadings
                          where other.EvidenceId == evidence.Id && other.ReceiptId != receipt.Id
                          join file in context.Receipts on other.ReceiptId equals file.Id
                          where file.IntentId != intentId
                          join intent in context.Intents on file.IntentId equals intent.Id
                          orderby intent.CreatedAt
                          select new { intent.Id, intent.Code }).FirstOrDefault(),
            }).ToListAsync(cancel);
        return rows.ConvertAll(row => new ReceiptFacts(
            row.Receipt.Id, row.Receipt.FileName, row.Evidence.Operation, row.Evidence.Tiyn, row.Evidence.On, row.Evidence.At, row.Evidence.Payer, row.UsedIn?.Id, row.UsedIn?.Code));
    }
}
