using Diaspora.Domain.Backups;

namespace Diaspora.Web.Backups;

/// <summary>Says once a day what is wrong with the backups. By a clock that jumped every backup is old.</summary>
public sealed class TellBackupsTask(ILogger<TellBackupsTask> log) : IHourlyTask
{
    public bool EndsWhatIsOld => true;

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var told = await services.GetRequiredService<BackupNoticeService>().TellAsync(cancel);
        if (told > 0)
        {
            log.LogInformation("{Count} admins are told what is wrong with the backups", told);
        }
    }
}
