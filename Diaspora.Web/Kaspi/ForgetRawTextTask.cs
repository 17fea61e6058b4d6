using Diaspora.Domain.Kaspi;
using Diaspora.Web.Payments;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Kaspi;

/// <summary>Empties what the bank and aggregators wrote word for word, when it is older than it has to be.</summary>
public sealed class ForgetRawTextTask(IOptions<KaspiOptions> options, ILogger<ForgetRawTextTask> log) : IHourlyTask
{
    public bool EndsWhatIsOld => true;

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var emptied = await services.GetRequiredService<RawTextService>().ForgetAsync(options.Value.RawText, cancel);
        if (emptied > 0)
        {
            log.LogInformation("{Count} old lines and calls were emptied", emptied);
        }
    }
}
