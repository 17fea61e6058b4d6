using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments;

/// <summary>Lets go of intents that nobody claimed in time.</summary>
public sealed class LapseIntentsTask(ILogger<LapseIntentsTask> log) : IHourlyTask
{
    public bool EndsWhatIsOld => true;

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var lapsed = await services.GetRequiredService<PaymentService>().LapseAsync(cancel);
        if (lapsed > 0)
        {
            log.LogInformation("{Count} unclaimed intents lapsed", lapsed);
        }
    }
}
