using Diaspora.Domain.Payments;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Payments;

/// <summary>Removes files that no receipt names, because the request or the portal broke off after the upload.</summary>
public sealed class SweepReceiptsTask(ILogger<SweepReceiptsTask> log) : IHourlyTask
{
    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var swept = await services.GetRequiredService<PaymentService>().SweepFilesAsync(cancel);
        if (swept > 0)
        {
            log.LogInformation("{Count} receipts without a row were removed", swept);
        }
    }
}
