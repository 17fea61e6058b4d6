using Diaspora.Data.Operations;

namespace Diaspora.Web.Shell.Operations;

/// <summary>Something to do once an hour.</summary>
public interface IHourlyTask
{
    /// <summary>Runs in a scope of its own. A fault is logged; the next hour tries again.</summary>
    Task RunAsync(IServiceProvider services, CancellationToken cancel);

    /// <summary>Whether it ends or deletes what has become old, so that it must not run by a clock that jumped.</summary>
    bool EndsWhatIsOld => false;
}

/// <summary>
/// The one loop that runs them, at the start and then hourly. A task that fails does not stop the others or the loop. Of several portals the first has them in hand, and keeps them until it stops or is dead.
/// </summary>
public sealed class HourlyTasks(
    IEnumerable<IHourlyTask> tasks, TaskTurns turns, IServiceScopeFactory scopes, DeletionBrake brake, ClockWatch watch, TimeProvider clock, ILogger<HourlyTasks> log) : BackgroundService
{
    public const string Turn = "hourly";

    /// <summary>The row that keeps the time which was believed last.</summary>
    public const string Clock = "clock";

    /// <summary>The rows that keep since when another time is shown, by that clock, and when it was seen last.</summary>
    public const string ClockJumped = "clock-jumped";
    public const string ClockDoubted = "clock-doubted";

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan ClockHold = TimeSpan.FromMinutes(1);

    /// <summary>Until well after the next round, which prolongs it.</summary>
    private static readonly TimeSpan Hold = 1.5 * Interval;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await LookAtTheClockAsync(stoppingToken);
                if (await TakeAsync(stoppingToken))
                {
                    foreach (var task in tasks.Where(task => watch.Jump is null || !task.EndsWhatIsOld))
                    {
                        await RunAsync(task, stoppingToken);
                    }

                    await NoteAsync(stoppingToken);
                }

                foreach (var held in brake.Held)
                {
                    log.LogWarning("{Going} of {All} {Thing} would have been deleted at once, so none was: is this the right database and the right time?", held.Going, held.All, held.Thing);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private async Task<bool> TakeAsync(CancellationToken cancel)
    {
        try
        {
            return await turns.TakeAsync(Turn, Hold, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogError(fault, "Whose turn the hourly tasks are could not be read; the next hour tries again");
            return false;
        }
    }

    /// <summary>For the page of health: when the last round was.</summary>
    private async Task NoteAsync(CancellationToken cancel)
    {
        try
        {
            await turns.NoteAsync(Turn, clock.GetUtcNow().UtcDateTime, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogWarning(fault, "When the hourly tasks ran could not be written");
        }
    }

    /// <summary>The time that was believed last is in the database, so that a restart does not forget it.</summary>
    private async Task LookAtTheClockAsync(CancellationToken cancel)
    {
        try
        {
            var doubt = await turns.LastRunAsync(ClockJumped, cancel) is { } since && await turns.LastRunAsync(ClockDoubted, cancel) is { } seen ? new ClockDoubt(since, seen) : null;
            var believed = watch.Look(await turns.LastRunAsync(Clock, cancel), doubt);
            if (watch.Jump is { } jump)
            {
                log.LogWarning(
                    "The clock says {Found:yyyy-MM-dd HH:mm} UTC and should say {Expected:yyyy-MM-dd HH:mm}: nothing is ended or deleted until it is put right, or {Until:yyyy-MM-dd HH:mm} by it", jump.Found, jump.Expected, jump.Until);
                await KeepAsync(ClockJumped, watch.Doubt?.Since, cancel);
                await KeepAsync(ClockDoubted, watch.Doubt?.Seen, cancel);
                return;
            }

            await KeepAsync(Clock, believed, cancel);
            if (doubt is not null)
            {
                await turns.ForgetAsync([ClockJumped, ClockDoubted], cancel);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogError(fault, "The time that was seen last could not be read or written; the next hour tries again");
        }
    }

    private async Task KeepAsync(string name, DateTime? time, CancellationToken cancel)
    {
        if (await turns.TakeAsync(name, ClockHold, cancel))
        {
            await turns.GiveBackAsync(name, time, cancel);
        }
    }

    private async Task RunAsync(IHourlyTask task, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await task.RunAsync(scope.ServiceProvider, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogError(fault, "{Task} failed; the next hour tries again", task.GetType().Name);
        }
    }
}
