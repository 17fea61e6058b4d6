using Diaspora.Domain.Access;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Kaspi;

/// <summary>A receipt nobody has read yet.</summary>
public sealed record UnreadReceipt(Guid ReceiptId, Guid IntentId, string StoredName, DateTime CreatedAt);

/// <summary>Receipts and what was read from them.</summary>
public interface IReceiptReadingRepository
{
    void Add(ReceiptReading reading);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<UnreadReceipt>> UnreadAsync(int most, CancellationToken cancel = default);

    /// <summary>The intents with a receipt that says so.</summary>
    Task<IReadOnlyList<Guid>> IntentsOfAsync(Guid evidenceId, CancellationToken cancel = default);

    Task<bool> IsReadAsync(Guid receiptId, CancellationToken cancel = default);

    /// <summary>What was read from the receipts of each intent.</summary>
    Task<ILookup<Guid, ReceiptFacts>> OfIntentsAsync(IReadOnlyCollection<Guid> intentIds, CancellationToken cancel = default);
}

public static class ReceiptReadingRepositories
{
    extension(IWork work)
    {
        public IReceiptReadingRepository ReceiptReadings => work.Repository<IReceiptReadingRepository>();
    }
}

/// <summary>A receipt with what speaks against it.</summary>
public sealed record CheckedReceipt(ReceiptFacts Facts, Money Total, IReadOnlyList<ReceiptWarning> Warnings);

/// <summary>Keeps what was read from receipts, and holds it against the claims they belong to.</summary>
public sealed class ReceiptReadingService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>The background task's: what is to be read next.</summary>
    public Task<IReadOnlyList<UnreadReceipt>> UnreadAsync(int most, CancellationToken cancel = default) => store.ReadAsync(work => work.ReceiptReadings.UnreadAsync(most, cancel), cancel);

    /// <summary>The background task's: notes what stands on a receipt, or that nothing was recognised. The same number on another file is the same piece of evidence.</summary>
    public Task NoteAsync(UnreadReceipt receipt, ReadReceipt? read, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            // It may have been taken off meanwhile, or read by another portal.
            var found = await work.Payments.FindReceiptAsync(receipt.ReceiptId, cancel);
            if (found is null || await work.ReceiptReadings.IsReadAsync(receipt.ReceiptId, cancel))
            {
                return false;
            }

            var evidence = read is null ? null : await EvidenceAsync(work, receipt, read, found.Value.Intent.PayerId, cancel);
            work.ReceiptReadings.Add(new ReceiptReading(receipt.ReceiptId, evidence?.Id, Now));
            if (evidence is not null)
            {
                var others = (await work.ReceiptReadings.IntentsOfAsync(evidence.Id, cancel)).Where(other => other != receipt.IntentId).ToList();
                work.Announce(EvidenceChanged.Of([receipt.IntentId, .. others]));

                // The queue says what of it speaks against the claim; and of a number that is used twice, against the other claim too.
                work.Announce(new PaymentsChanged(receipt.IntentId, [found.Value.Intent.PayerId]));
                others.ForEach(other => work.Announce(new PaymentsChanged(other, [])));
            }

            return true;
        }, cancel);

    /// <summary>What stands on the receipts of an intent, and what of it speaks against the claim.</summary>
    public Task<IReadOnlyList<CheckedReceipt>> OfIntentAsync(Actor actor, Guid intentId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            IReadOnlyList<ReceiptFacts> receipts = [.. (await work.ReceiptReadings.OfIntentsAsync([intentId], cancel))[intentId]];
            if (receipts.Count == 0 || await work.Payments.RowAsync(intentId, cancel) is not { } row)
            {
                return (IReadOnlyList<CheckedReceipt>)[];
            }

            var total = row.Received ?? row.Live;
            var (started, claimed) = (settings.Rules.DayOf(row.CreatedAt), settings.Rules.DayOf(row.ClaimedAt ?? Now));
            return [.. receipts.Select(receipt => new CheckedReceipt(receipt, total, total.IsZero ? [] : ReceiptWarnings.Of(receipt, total, started, claimed, [row.PayerName, .. row.Months.Select(month => month.MemberName).OfType<string>()])))];
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<Evidence> EvidenceAsync(IWork work, UnreadReceipt receipt, ReadReceipt read, Guid payerId, CancellationToken cancel)
    {
        var identity = Evidence.IdentityOf(read.Number is { } number ? $"number {number}" : read.FiscalSign is { } sign ? $"sign {sign}" : $"file {receipt.ReceiptId}");
        if (await work.Evidence.FindAsync(EvidenceSource.Receipt, identity, cancel) is { } same)
        {
            return same;
        }

        // What it does not say is taken from when it was sent, so that nothing differs by it.
        var evidence = new Evidence(EvidenceSource.Receipt, identity, read.On ?? settings.Rules.DayOf(receipt.CreatedAt), read.At, read.Tiyn ?? 0, Now)
        {
            Payer = read.Payer,
            Operation = read.Number ?? read.FiscalSign,
            Message = read.Seller ?? "",
            MemberId = payerId,
            IntentId = receipt.IntentId,
            ReceiptId = receipt.ReceiptId,
        };
        work.Evidence.Add(evidence);
        return evidence;
    }
}
