using System.Globalization;
using Diaspora.Data.Operations;
using Diaspora.Domain.Backups;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Backups;

public static class BackupsData
{
    internal static void AddBackupStorage(this IHostApplicationBuilder builder, StorageFolders folders)
    {
        var services = builder.Services;
        builder.AddSection<BackupOptions>(BackupOptions.Section)
            .Validate(options => TimeOnly.TryParseExact(options.At, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "Backups:At must be a time of day such as 03:10.")
            .Validate(options => string.IsNullOrEmpty(options.Passphrase) || options.Passphrase.Length >= BackupOptions.ShortestPassphrase,
                $"Backups:Passphrase must have at least {BackupOptions.ShortestPassphrase} characters, or be left out.")
            .Validate<BackupFolder>((options, first) => string.IsNullOrWhiteSpace(options.CopyTo) || !IsWithin(options.CopyTo, folders.Root) && !IsWithin(options.CopyTo, first.Path),
                "Backups:CopyTo lies in Storage:Directory or in Backups:Directory: a second place is another one, best on another machine.");
        var configured = builder.Configuration[$"{BackupOptions.Section}:{nameof(BackupOptions.Directory)}"];
        services.AddSingleton(new BackupFolder(string.IsNullOrWhiteSpace(configured) ? folders.Backups : Path.GetFullPath(configured, builder.Environment.ContentRootPath)));
        services.AddSingleton<BackupHistory>();
        services.AddSingleton<BackupArchives>();
        services.AddSingleton<BackupRestore>();
        services.AddSingleton<IBackupArchives>(provider => provider.GetRequiredService<BackupArchives>());
        services.AddSingleton(provider => PlanOf(provider.GetRequiredService<IOptions<BackupOptions>>().Value, builder.Environment.IsDevelopment()));
    }

    private static bool IsWithin(string place, string folder) =>
        Path.GetRelativePath(folder, Path.GetFullPath(place)) is var way && way != ".." && !way.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(way);

    private static BackupPlan PlanOf(BackupOptions options, bool isDemo) => new(
        TimeOnly.ParseExact(options.At, "HH:mm", CultureInfo.InvariantCulture), options.Enabled, !string.IsNullOrEmpty(options.Passphrase), !string.IsNullOrWhiteSpace(options.CopyTo), isDemo);
}
