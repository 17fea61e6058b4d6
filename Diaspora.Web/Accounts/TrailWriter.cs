using Diaspora.Domain.Members.Accounts;

namespace Diaspora.Web.Accounts;

/// <summary>
/// Takes what the door has noted to the log of the portal and to the log of those who run it. Behind everybody's back: signing in waits for neither. A member
/// is named by their id and a phone that is nobody's by a keyed hash; an address stands only where somebody guesses at many phones.
/// </summary>
public sealed class TrailWriter(SignInTrail trail, SignInTrailService service, TimeProvider clock, ILogger<TrailWriter> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private long _logged;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // There is no more time: what waits is lost, and the stop goes on.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await WriteAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private async Task WriteAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var trace in trail.Waiting().Where(trace => trace.Number > _logged))
            {
                _logged = trace.Number;
                Log(trace);
            }

            await service.WriteAsync(cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogError(fault, "Who signed in could not be written into the portal's log; it is tried again");
        }
    }

    private void Log(SignInTrace trace)
    {
        switch (trace.Action)
        {
            case AuditAction.GuessingNoticed:
                log.LogWarning("Somebody guesses passwords from {Network}: {Counts}", trace.Actor.Address ?? "everywhere", trace.After);
                break;
            case AuditAction.SignInFailed:
                log.LogWarning("A wrong password for {Kind} {Subject}: {Counts}", trace.EntityType, trace.EntityId, trace.After);
                break;
            default:
                log.LogInformation("{Action} {Subject}", trace.Action, trace.EntityId);
                break;
        }
    }
}
