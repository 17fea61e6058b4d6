using System.Threading.Channels;
using Diaspora.Data.Operations;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>Works off the calls that are kept: at the start what came before it, then each as it comes. What cannot be worked off is tried again after pauses that grow.</summary>
public sealed class WebhooksTask(IEnumerable<IPaymentProvider> providers, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<WebhooksTask> log) : BackgroundService
{
    public const string Turn = "webhooks";

    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>One has come.</summary>
    public void Call() => _calls.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = First;
        while (!stoppingToken.IsCancellationRequested)
        {
            _calls.Reader.TryRead(out _);
            var isDone = await TryAsync(stoppingToken);
            pause = isDone ? First : pause * 2 > Longest ? Longest : pause * 2;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var next = _calls.Reader.WaitToReadAsync(waiting.Token).AsTask();
            await (isDone ? next : (Task)Task.WhenAny(next, Task.Delay(pause, clock, waiting.Token)));
            await waiting.CancelAsync();
        }
    }

    /// <returns>False where something has to be tried again.</returns>
    private async Task<bool> TryAsync(CancellationToken stopping)
    {
        var left = 0;
        try
        {
            // Another portal that has it in hand may have looked before this call was kept, so it is asked again.
            return await turns.RunAsync(Turn, Hold, async cancel => left = await WorkAsync(cancel), stopping) && left == 0;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            log.LogError(fault, "Calls of aggregators could not be worked off; they are tried again");
            return false;
        }
    }

    private async Task<int> WorkAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WebhookService>().WorkAsync((name, body) => providers.FirstOrDefault(provider => provider.Name == name)?.Read(body), cancel);
    }
}
