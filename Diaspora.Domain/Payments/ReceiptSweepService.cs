namespace Diaspora.Domain.Payments;

/// <summary>Takes care of receipts' files that no row names.</summary>
public sealed class ReceiptSweepService(IStore store, IReceiptFiles files, DeletionBrake brake, TimeProvider clock)
{
    /// <summary>
    /// Sets files aside that no row came to name, and deletes them a month later; the background task's verb. Where many would go at once the
    /// database is another one than the files', so none does. A file that a row names after all comes back.
    /// </summary>
    /// <returns>How many were set aside.</returns>
    public async Task<int> SweepAsync(CancellationToken cancel = default)
    {
        var (written, aside) = (files.Written(), files.Aside());
        var forgotten = written.Where(file => file.Value < Now - ReceiptRules.WaitsForRow).Select(file => file.Key).ToHashSet();
        var asked = forgotten.Concat(aside.Keys).ToHashSet();
        var named = asked.Count == 0 ? [] : (await store.ReadAsync(work => work.Payments.FilesAmongAsync(asked, cancel), cancel)).ToHashSet();
        aside.Keys.Where(named.Contains).ToList().ForEach(files.BringBack);
        forgotten.ExceptWith(named);
        if (!brake.Lets(DeletedThing.Receipts, forgotten.Count, written.Count))
        {
            return 0;
        }

        forgotten.ToList().ForEach(name => files.SetAside(name, Now));
        aside.Where(file => !named.Contains(file.Key) && file.Value < Now - ReceiptRules.StaysAside).ToList().ForEach(file => files.DeleteAside(file.Key));
        return forgotten.Count;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
