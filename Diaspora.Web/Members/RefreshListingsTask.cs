using Diaspora.Data.Operations;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;

namespace Diaspora.Web.Members;

/// <summary>Refreshes what the members' list is filtered by right after midnight. Does so hourly as well, in case something was missed. One portal does it for all.</summary>
public sealed class RefreshListingsTask(IServiceScopeFactory scopes, TaskTurns turns, CurrentSettings settings, TimeProvider clock, ILogger<RefreshListingsTask> log) : BackgroundService
{
    /// <summary>The turn is whoever's that makes them anew, for whatever reason.</summary>
    public const string Turn = "listings";

    /// <summary>For how long at the most; a hundred thousand members take a minute.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // A second more, so that a clock which fires early does not find the old day.
            var midnight = settings.Rules.UntilNextDay(clock.GetUtcNow().UtcDateTime) + TimeSpan.FromSeconds(1);
            await Task.Delay(midnight < AtMost ? midnight : AtMost, clock, stoppingToken);
            await RunAsync(stoppingToken);
        }
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            await turns.RunAsync(Turn, Hold, async token =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var count = await scope.ServiceProvider.GetRequiredService<MemberService>().RefreshListingsAsync(token);
                if (count > 0)
                {
                    log.LogInformation("The dues of {Count} members were computed anew for the list", count);
                }
            }, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogError(fault, "The dues could not be computed anew for the list; the next hour tries again");
        }
    }
}
