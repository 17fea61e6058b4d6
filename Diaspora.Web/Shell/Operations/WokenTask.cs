using System.Threading.Channels;
using Diaspora.Data.Operations;

namespace Diaspora.Web.Shell.Operations;

/// <summary>
/// Something that is done whenever what it works on has changed, at the start, and again after a fault: nothing is lost when the portal stops over it. Of several portals one does it at a time.
/// </summary>
/// <param name="turn">The task's name among portals; missing where each does it for itself.</param>
public abstract class WokenTask(string? turn, TaskPauses pauses, IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);

    /// <summary>One place: whatever comes while it works makes it work once more.</summary>
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private IDisposable[] _subscriptions = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _subscriptions = [.. Listen(feed), feed.Subscribe<AnnouncementsMissed>(_ => Wake())];
        if (BeginsAtStart)
        {
            Wake();
        }

        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        Array.ForEach(_subscriptions, subscription => subscription.Dispose());
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>There may be something to do.</summary>
    public void Wake() => _calls.Writer.TryWrite(true);

    /// <summary>Something may have come while no portal ran.</summary>
    protected virtual bool BeginsAtStart => true;

    /// <summary>What wakes it.</summary>
    protected abstract IEnumerable<IDisposable> Listen(IChangeFeed feed);

    /// <summary>Does what there is to do, in a scope of its own.</summary>
    /// <returns>False where something of it has to be tried again.</returns>
    protected abstract Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (before, faults) = (pauses.Gathering, 0);
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(pauses.Until(faults), stoppingToken);
            await Task.Delay(before, clock, stoppingToken);
            _calls.Reader.TryRead(out _);
            var began = clock.GetTimestamp();
            faults = await TryAsync(faults + 1, stoppingToken) ? 0 : faults + 1;
            before = pauses.Before(clock.GetElapsedTime(began));
        }
    }

    /// <summary>Until it is woken, or has waited long enough.</summary>
    private async Task WaitAsync(TimeSpan? longest, CancellationToken stopping)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var woken = _calls.Reader.WaitToReadAsync(waiting.Token).AsTask();
        await (longest is { } pause ? (Task)Task.WhenAny(woken, Task.Delay(pause, clock, waiting.Token)) : woken);
        await waiting.CancelAsync();
        stopping.ThrowIfCancellationRequested();
    }

    /// <returns>False where it has to be tried again.</returns>
    private async Task<bool> TryAsync(int time, CancellationToken stopping)
    {
        try
        {
            // Another portal that has it in hand was told of the same changes; it may have begun before the last of them, so it is asked again.
            var isDone = false;
            return turn is null ? await InScopeAsync(stopping) : await turns.RunAsync(turn, Hold, async cancel => isDone = await InScopeAsync(cancel), stopping) && isDone;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            log.LogError(fault, "{Task} failed; tried again in {Seconds} s", GetType().Name, pauses.Until(time)!.Value.TotalSeconds);
            return false;
        }
    }

    private async Task<bool> InScopeAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await WorkAsync(scope.ServiceProvider, cancel);
    }
}
