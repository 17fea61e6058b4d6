using System.Collections.Concurrent;
using Diaspora.Data.Operations;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>Asks for a bill when somebody has set out to pay, behind the page's back.</summary>
public sealed class AskForInvoicesTask(InvoiceDesk desk, IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<AskForInvoicesTask> log)
    : WokenTask(null, TaskPauses.AtOnce, feed, turns, scopes, clock, log)
{
    private readonly ConcurrentDictionary<Guid, bool> _started = new();

    protected override IEnumerable<IDisposable> Listen(IChangeFeed feed) => desk.IsOpen ? [feed.Subscribe<PaymentsChanged>(Note)] : [];

    /// <summary>What did not come through is asked for again, as long as it was started just now.</summary>
    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (invoices, some) = (services.GetRequiredService<InvoiceService>(), _started.Keys.ToList());
        some.ForEach(intentId => _started.TryRemove(intentId, out _));
        try
        {
            await desk.AskAsync(invoices, some, cancel);
        }
        catch
        {
            some.ForEach(intentId => _started.TryAdd(intentId, true));
            throw;
        }

        return true;
    }

    private void Note(PaymentsChanged change)
    {
        _started.TryAdd(change.IntentId, true);
        Wake();
    }
}
