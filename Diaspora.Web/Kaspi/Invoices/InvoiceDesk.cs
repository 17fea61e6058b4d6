using System.Collections.Concurrent;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>Asks the aggregator, where there is one, for bills and after them, and keeps what it says.</summary>
public sealed class InvoiceDesk(IEnumerable<IPaymentProvider> providers, ProviderState state, ILogger<InvoiceDesk> log)
{
    /// <summary>So many are asked about at the same time: an aggregator that is slow keeps nobody waiting for long, and one that is not is not besieged.</summary>
    private const int AtOnce = 4;

    /// <summary>So many are asked after in one round: the rest is as old, and its turn comes.</summary>
    private const int Most = 100;

    /// <summary>The shortest pause between two questions about one bill.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly IPaymentProvider? _provider = providers.FirstOrDefault(provider => provider.IsOn);

    public bool IsOpen => _provider is not null;

    /// <summary>Asks for the bills of these intents; of several portals one does, because it notes first that it will.</summary>
    public Task AskAsync(InvoiceService invoices, IReadOnlyCollection<Guid> intentIds, CancellationToken cancel) => EachAsync(intentIds, async (provider, intentId, stop) =>
    {
        if (await invoices.BeginAsync(provider.Name, intentId, stop) is { } ask)
        {
            await NoteAsync(invoices, provider, await provider.AskAsync(ask, stop), stop);
        }
    }, cancel);

    /// <summary>Asks after those whose turn it is: a call about them may never come.</summary>
    public async Task LookAsync(InvoiceService invoices, CancellationToken cancel)
    {
        if (_provider is not null)
        {
            await EachAsync(await invoices.DueAsync(_provider.Name, Pause, Most, cancel), async (provider, invoice, stop) => await NoteAsync(invoices, provider, await provider.LookAsync(invoice, stop), stop), cancel);
        }
    }

    /// <summary>What stands in the way of one keeps none of the others from its turn.</summary>
    private async Task EachAsync<T>(IReadOnlyCollection<T> all, Func<IPaymentProvider, T, CancellationToken, Task> act, CancellationToken cancel)
    {
        if (_provider is not { } provider)
        {
            return;
        }

        ConcurrentQueue<Exception> faults = [];
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (one, stop) =>
        {
            try
            {
                await act(provider, one, stop);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                faults.Enqueue(fault);
            }
        });
        if (!faults.IsEmpty)
        {
            throw new AggregateException(faults);
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
}
