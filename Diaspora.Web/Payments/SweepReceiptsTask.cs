using Diaspora.Domain.Payments;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Payments;

/// <summary>Removes files of receipts that came to nothing: the request broke off, or the portal did.</summary>
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
