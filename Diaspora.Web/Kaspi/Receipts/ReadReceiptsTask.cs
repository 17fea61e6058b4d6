using Diaspora.Data.Operations;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Kaspi.Receipts;

/// <summary>Reads receipts that nobody has read yet, one at a time and behind everybody's back: a code on a photo takes a second to find.</summary>
public sealed class ReadReceiptsTask(IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReadReceiptsTask> log)
    : WokenTask("receipts", TaskPauses.Gathered, feed, turns, scopes, clock, log)
{
    private const int AtOnce = 20;

    /// <summary>A file that takes longer is one that was made to.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    protected override IEnumerable<IDisposable> Listen(IChangeFeed feed) => [feed.Subscribe<PaymentsChanged>(_ => Wake())];

    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (readings, files) = (services.GetRequiredService<ReceiptReadingService>(), services.GetRequiredService<IReceiptFiles>());
        while (await readings.UnreadAsync(AtOnce, cancel) is { Count: > 0 } unread)
        {
            foreach (var receipt in unread)
            {
                await readings.NoteAsync(receipt, await ReadAsync(files, receipt, cancel), cancel);
            }
        }

        return true;
    }

    /// <summary>A file that is gone or cannot be read says nothing, and is not asked again.</summary>
    private async Task<ReadReceipt?> ReadAsync(IReceiptFiles files, UnreadReceipt receipt, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await using var file = files.Open(receipt.StoredName);
            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancel);
            return await Task.Run(() => ReceiptReader.Read(content.ToArray(), patience.Token), patience.Token);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(fault, "The receipt {Receipt} could not be read", receipt.ReceiptId);
            return null;
        }
    }
}
