using System.Threading.Channels;
using Diaspora.Data.Operations;

namespace Diaspora.Web.Shell.Operations;

/// <summary>
/// Something that is done whenever what it works on has changed, at the start, and again after a fault: nothing is lost when the portal stops over it. Of several portals one does it at a time.
/// </summary>
/// <param name="turn">The task's name among portals.</param>
public abstract class WokenTask(string turn, IChangeFeed feed, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(5);

    /// <summary>A press brings several announcements: they are looked at together.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    /// <summary>So many times as long as its work took it rests, so that among a hundred thousand members it does not keep a processor busy with every press.</summary>
    private const int Rest = 5;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    /// <summary>One place: whatever comes while it works makes it work once more.</summary>
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private IDisposable[] _subscriptions = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _subscriptions = [.. Listen(feed), feed.Subscribe<AnnouncementsMissed>(_ => Wake())];
        Wake();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        Array.ForEach(_subscriptions, subscription => subscription.Dispose());
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What wakes it.</summary>
    protected abstract IEnumerable<IDisposable> Listen(IChangeFeed feed);

    /// <summary>Does what there is to do, in a scope of its own.</summary>
    protected abstract Task WorkAsync(IServiceProvider services, CancellationToken cancel);

    /// <summary>There may be something to do.</summary>
    protected void Wake() => _calls.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rest = Gathering;
        await foreach (var _ in _calls.Reader.ReadAllAsync(stoppingToken))
        {
            await Task.Delay(rest, clock, stoppingToken);
            _calls.Reader.TryRead(out var _);
            var began = clock.GetTimestamp();
            var isDone = await TryAsync(stoppingToken);
            rest = TimeSpan.FromTicks(Math.Clamp(Rest * clock.GetElapsedTime(began).Ticks, Gathering.Ticks, LongestRest.Ticks));
            if (!isDone)
            {
                await Task.Delay(AfterFault, clock, stoppingToken);
                Wake();
            }
        }
    }

    /// <returns>False where it has to be tried again.</returns>
    private async Task<bool> TryAsync(CancellationToken stopping)
    {
        try
        {
            // Another portal that has it in hand was told of the same changes; it may have begun before the last of them, so it is asked again.
            return await turns.RunAsync(turn, Hold, InScopeAsync, stopping);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            log.LogError(fault, "{Task} failed; tried again in {Seconds} s", GetType().Name, AfterFault.TotalSeconds);
            return false;
        }
    }

    private async Task InScopeAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await WorkAsync(scope.ServiceProvider, cancel);
    }
}
