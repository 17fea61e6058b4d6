using Diaspora.Data.Operations;
using Diaspora.Domain.Backups;

namespace Diaspora.Web.Backups;

/// <summary>
/// Makes a backup every day and, while something is wrong with them, writes to the admins. It looks once a minute whether it is time, so it neither misses its hour when the clock is
/// moved, nor the day when the portal was off; of several portals one makes it.
/// </summary>
public sealed class DailyBackup(BackupService backups, BackupPlan plan, BackupTimes times, TaskTurns turns, IServiceScopeFactory scopes, TimeProvider clock, ILogger<DailyBackup> log) : BackgroundService
{
    private const string Name = "backup";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Makes it if it is due, and this portal's turn.</summary>
    /// <returns>Whether a good one was made.</returns>
    public async Task<bool> MakeAsync(CancellationToken cancel = default)
    {
        if (!plan.IsDaily || !await IsDueAsync(cancel) || !await turns.TakeAsync(Name, BackupState.Longest, cancel))
        {
            return false;
        }

        DateTime? ranAt = null;
        try
        {
            // Another portal may have made it just before the turn was ours.
            if (await IsDueAsync(cancel))
            {
                var begun = Now;
                ranAt = (await backups.CreateDailyAsync(cancel)).Outcome == BackupOutcome.Made ? begun : null;
            }

            return ranAt is not null;
        }
        catch (DomainException refused) when (refused.Problem.Code == Problems.BackupRunning)
        {
            // An admin makes one by hand at this moment; ours comes after it.
            return false;
        }
        finally
        {
            await turns.GiveBackAsync(Name, ranAt, CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync("The daily backup", () => MakeAsync(stoppingToken), stoppingToken);
                await TryAsync("The letter about backups", () => TellAsync(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<bool> IsDueAsync(CancellationToken cancel) =>
        times.DueAt(await turns.LastRunAsync(Name, cancel), await backups.FactsAsync(cancel), Now) <= Now;

    private async Task TellAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BackupLetter>().SendAsync(cancel);
    }

    private async Task TryAsync(string what, Func<Task> act, CancellationToken cancel)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogError(fault, "{What} failed; the next minute tries again", what);
        }
    }
}
