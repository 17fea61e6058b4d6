using Diaspora.Domain.Backups;
using Diaspora.Domain.Notifications;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Web.Backups;

/// <summary>Backups made daily, looked after and handed out.</summary>
public static class BackupsFeature
{
    public static WebApplicationBuilder AddBackups(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BackupService>();
        builder.Services.AddSingleton<BackupTimes>();
        builder.Services.AddScoped<BackupWords>();
        builder.Services.AddScoped<BackupLetter>();
        builder.Services.AddHostedService<DailyBackup>();
        builder.Services.AddScoped<BackupNoticeService>();
        builder.Services.AddSingleton<IMessageCheck, BackupMissingCheck>();
        builder.Services.AddSingleton<IHourlyTask, TellBackupsTask>();

        // That it cannot be told is worse for the backups only: the database has a check of its own.
        builder.Services.AddHealthChecks().AddCheck<BackupCheck>("backup", HealthStatus.Degraded, tags: ["ready"]);
        return builder;
    }

    public static WebApplication MapBackups(this WebApplication app)
    {
        app.MapBackupFiles();
        return app;
    }
}
