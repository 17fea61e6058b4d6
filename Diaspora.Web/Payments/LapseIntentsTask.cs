using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments;

/// <summary>Lets go, once an hour, of intents that nobody claimed in time.</summary>
public sealed class LapseIntentsTask(IServiceScopeFactory scopes, TimeProvider clock, ILogger<LapseIntentsTask> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await LapseAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private async Task LapseAsync(CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var lapsed = await scope.ServiceProvider.GetRequiredService<PaymentService>().LapseAsync(cancel);
            if (lapsed > 0)
            {
                log.LogInformation("{Count} unclaimed intents lapsed", lapsed);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // The next hour tries again; one bad hour must not end the task.
            log.LogError(exception, "Unclaimed intents could not be lapsed");
        }
    }
}
