using Diaspora.Domain.Reports;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Reports;

/// <summary>Keeps the figures of months that are over. A clock that jumped ahead must not: nothing opens a month again.</summary>
public sealed class CloseMonthsTask(ILogger<CloseMonthsTask> log) : IHourlyTask
{
    public bool EndsWhatIsOld => true;

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var closed = await services.GetRequiredService<MonthClosingService>().CloseAsync(cancel);
        if (closed > 0)
        {
            log.LogInformation("{Count} months were closed", closed);
        }
    }
}
