using System.Threading.Channels;
using Diaspora.Data.Operations;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;

namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>
/// Asks for a bill when somebody has set out to pay, behind the page's back, and asks after those that are open: a call about them may never come. Of several portals
/// one asks for a bill, because it is noted first.
/// </summary>
public sealed class InvoicesTask(IEnumerable<IPaymentProvider> providers, IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, ProviderState state, TimeProvider clock, ILogger<InvoicesTask> log)
    : BackgroundService
{
    public const string Turn = "invoices";

    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(20);

    /// <summary>The shortest pause between two questions about one bill.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Channel<Guid> _started = Channel.CreateUnbounded<Guid>();
    private readonly IPaymentProvider? _provider = providers.FirstOrDefault(provider => provider.IsOn);
    private IDisposable? _subscription;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = _provider is null ? null : feed.Subscribe<PaymentsChanged>(change => _started.Writer.TryWrite(change.IntentId));
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _subscription?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _provider is null ? Task.CompletedTask : Task.WhenAll(AskAllAsync(_provider, stoppingToken), LookAllAsync(_provider, stoppingToken));

    private async Task AskAllAsync(IPaymentProvider provider, CancellationToken stopping)
    {
        await foreach (var intentId in _started.Reader.ReadAllAsync(stopping))
        {
            await TryAsync(invoices => AskAsync(invoices, provider, intentId, stopping), stopping);
        }
    }

    private async Task LookAllAsync(IPaymentProvider provider, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            await TryAsync(invoices => turns.RunAsync(Turn, Hold, cancel => LookAsync(invoices, provider, cancel), stopping), stopping);
        }
    }

    internal async Task AskAsync(InvoiceService invoices, IPaymentProvider provider, Guid intentId, CancellationToken cancel)
    {
        if (await invoices.BeginAsync(provider.Name, intentId, cancel) is { } ask)
        {
            await NoteAsync(invoices, provider, await provider.AskAsync(ask, cancel), cancel);
        }
    }

    internal async Task LookAsync(InvoiceService invoices, IPaymentProvider provider, CancellationToken cancel)
    {
        foreach (var invoice in await invoices.DueAsync(provider.Name, Pause, cancel))
        {
            await NoteAsync(invoices, provider, await provider.LookAsync(invoice, cancel), cancel);
        }
    }

    private async Task NoteAsync(InvoiceService invoices, IPaymentProvider provider, InvoiceNews news, CancellationToken cancel)
    {
        if (news.Problem is { } problem && problem != state.Problem)
        {
            log.LogWarning("{Provider} says of the bill {Order}: {Problem}", provider.Name, news.Order, problem);
        }

        state.Note(news.State is InvoiceState.Paid ? null : news.Problem);
        await invoices.NoteAsync(provider.Name, news, cancel);
    }

    /// <summary>An aggregator or a database that is away never ends the task.</summary>
    private async Task TryAsync(Func<InvoiceService, Task> work, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await work(scope.ServiceProvider.GetRequiredService<InvoiceService>());
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            log.LogError(fault, "Bills could not be looked after");
        }
    }
}
