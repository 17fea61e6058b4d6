using System.Threading.Channels;
using Diaspora.Data.Operations;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;

namespace Diaspora.Web.Kaspi;

/// <summary>
/// Looks at evidence that waits whenever evidence or payments have changed, and at the start: what was told while the portal was off, and what came before its claim. Of several portals one does.
/// </summary>
public sealed class MatchEvidenceTask(IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<MatchEvidenceTask> log) : BackgroundService
{
    public const string Turn = "evidence";

    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);

    /// <summary>A press brings several announcements: they are looked at together.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    /// <summary>One place: whatever comes while it looks makes it look once more.</summary>
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private IDisposable[] _subscriptions = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _subscriptions = [feed.Subscribe<EvidenceChanged>(_ => Call()), feed.Subscribe<PaymentsChanged>(_ => Call()), feed.Subscribe<AnnouncementsMissed>(_ => Call())];
        Call();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        Array.ForEach(_subscriptions, subscription => subscription.Dispose());
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _calls.Reader.ReadAllAsync(stoppingToken))
        {
            await Task.Delay(Gathering, clock, stoppingToken);
            _calls.Reader.TryRead(out var _);
            if (!await TryLookAsync(stoppingToken))
            {
                await Task.Delay(AfterFault, clock, stoppingToken);
                Call();
            }
        }
    }

    private void Call() => _calls.Writer.TryWrite(true);

    /// <returns>False where it has to be tried again.</returns>
    private async Task<bool> TryLookAsync(CancellationToken stopping)
    {
        try
        {
            // Another portal that has it in hand was told of the same changes; it may have begun before the last of them, so it is asked again.
            return await turns.RunAsync(Turn, Hold, LookAsync, stopping);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            log.LogError(fault, "Evidence could not be looked at; tried again in {Seconds} s", AfterFault.TotalSeconds);
            return false;
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var matched = await scope.ServiceProvider.GetRequiredService<MatchingService>().LookAsync(cancel);
        if (matched > 0)
        {
            log.LogInformation("{Count} pieces of evidence were matched", matched);
        }
    }
}
