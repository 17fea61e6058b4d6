using Diaspora.Data.Operations;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>Asks after the bills that are open, again and again: a call about one may never come.</summary>
public sealed class LookAfterInvoicesTask(InvoiceDesk desk, IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<LookAfterInvoicesTask> log)
    : WokenTask("invoices", Pauses, feed, turns, scopes, clock, log)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(20);
    private static readonly TaskPauses Pauses = new(TimeSpan.Zero, Tick) { Every = Tick };

    protected override bool BeginsAtStart => false;

    protected override IEnumerable<IDisposable> Listen(IChangeFeed feed) => [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => desk.IsOpen ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel)
    {
        await desk.LookAsync(services.GetRequiredService<InvoiceService>(), cancel);
        return true;
    }
}
