using System.Security.Cryptography;

namespace Diaspora.Domain.Kaspi;

/// <summary>Signed calls of aggregators: kept as they came, worked off afterwards, however often that has to be tried.</summary>
public sealed class WebhookService(IStore store, InvoiceService invoices, TimeProvider clock)
{
    /// <summary>How many calls are read at a time.</summary>
    private const int Most = 200;

    /// <summary>Keeps a call whose signature is right. The same one again is one.</summary>
    public Task<bool> StoreAsync(string provider, ReadOnlyMemory<byte> body, string text, CancellationToken cancel = default)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        return store.WriteAsync(async work =>
        {
            if (await work.Invoices.HasAsync(provider, sha256, cancel))
            {
                return false;
            }

            work.Invoices.Add(new WebhookEvent(provider, sha256, text, Now));
            return true;
        }, cancel);
    }

    /// <summary>Works off all that waits, oldest first.</summary>
    /// <param name="read">What the call of a provider says of a bill; nothing where it is of something else.</param>
    /// <returns>How many have to be tried again.</returns>
    public async Task<int> WorkAsync(Func<string, string, InvoiceNews?> read, CancellationToken cancel = default)
    {
        HashSet<Guid> failed = [];
        while ((await store.ReadAsync(work => work.Invoices.WaitingEventsAsync(Most, cancel), cancel)).Where(call => !failed.Contains(call.Id)).ToList() is { Count: > 0 } calls)
        {
            foreach (var call in calls)
            {
                if (!await WorkAsync(call, read, cancel))
                {
                    failed.Add(call.Id);
                }
            }
        }

        return failed.Count;
    }

    /// <returns>False where it has to be tried again.</returns>
    private async Task<bool> WorkAsync(WebhookEvent call, Func<string, string, InvoiceNews?> read, CancellationToken cancel)
    {
        try
        {
            var news = read(call.Provider, call.Body);
            var isKnown = news is not null && await invoices.NoteAsync(call.Provider, news, cancel);
            await ChangeAsync(call.Id, stored => stored.Finish(news is null ? "of no bill" : isKnown ? news.Problem : "of a bill that was not asked for", Now), cancel);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            await ChangeAsync(call.Id, stored => stored.Fail(fault is DomainException refused ? refused.Problem.ToString() : fault.GetType().Name), cancel);
            return false;
        }
    }

    private Task<bool> ChangeAsync(Guid eventId, Action<WebhookEvent> change, CancellationToken cancel) =>
        store.WriteAsync(async work =>
        {
            if (await work.Invoices.FindEventAsync(eventId, cancel) is { WorkedAt: null } stored)
            {
                change(stored);
            }

            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
