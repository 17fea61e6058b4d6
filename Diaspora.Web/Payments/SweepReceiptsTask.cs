using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments;

/// <summary>Sets aside files of receipts that came to nothing: the request broke off, or the portal did. A month later they are deleted.</summary>
public sealed class SweepReceiptsTask(ILogger<SweepReceiptsTask> log) : IHourlyTask
{
    public bool EndsWhatIsOld => true;

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var swept = await services.GetRequiredService<ReceiptSweepService>().SweepAsync(cancel);
        if (swept > 0)
        {
            log.LogInformation("{Count} receipts without a row were set aside", swept);
        }
    }
}
