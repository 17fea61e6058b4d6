using Diaspora.Data.Operations;

namespace Diaspora.Web.Shell.Operations;

/// <summary>Says every few seconds that this portal is there, and that it goes. It stops last, so that nobody takes the place of one that still writes.</summary>
public sealed class PortalHeartbeat(Portals portals, TimeProvider clock, ILogger<PortalHeartbeat> log) : BackgroundService
{
    private readonly Lock _turn = new();
    private Task? _leaving;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // A host may be stopped from two sides at once: both wait until the row is gone, because what is behind the database goes next.
        Task leaving;
        lock (_turn)
        {
            leaving = _leaving ??= TryAsync(portals.LeaveAsync, "This portal could not say that it stops; it counts as dead in half a minute", cancellationToken);
        }

        await leaving;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Portals.Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(portals.BeatAsync, "This portal could not say that it is there; it is tried again", stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> say, string otherwise, CancellationToken cancel)
    {
        try
        {
            await say(cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogWarning(fault, "{Problem}", otherwise);
        }
    }
}
