using Diaspora.Domain.Payments;
using Diaspora.Web.Notifications;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Payments;

/// <summary>Says once a day how many members have waited too long. By a clock that jumped all of them have.</summary>
public sealed class TellClaimsTask(IOptions<NotificationOptions> options, ILogger<TellClaimsTask> log) : IHourlyTask
{
    public bool EndsWhatIsOld => true;

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var told = await services.GetRequiredService<ClaimsDigestService>().TellAsync(options.Value.ClaimsWaitingHours, cancel);
        if (told > 0)
        {
            log.LogInformation("{Count} of the staff are told which payments wait", told);
        }
    }
}
