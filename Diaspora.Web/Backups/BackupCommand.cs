using System.Globalization;
using Diaspora.Data;
using Diaspora.Data.Backups;
using Diaspora.Data.Operations;
using Diaspora.Domain.Backups;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Backups;

/// <summary>
/// <c>dotnet Diaspora.Web.dll -- backup …</c>: backups from a console, with the settings of the portal and without starting it. It asks nothing, says in a sentence what it did, and ends with 0 or 1.
/// </summary>
/// <param name="addData">What the portal itself keeps its data with.</param>
public sealed class BackupCommand(TextWriter output, TextWriter errors, Func<WebApplicationBuilder, WebApplicationBuilder> addData)
{
    private const string Usage =
        """
        backup create                makes an archive of the database, the receipts and the keys, and opens it again
        backup list                  the archives that are there, newest first
        backup verify [archive]      opens an archive and looks at everything in it; the newest one unless another is named
        backup restore <archive>     brings it back into Storage:Directory; a portal that runs there is stopped first.
                                     --accept-unencrypted behind it takes a plain archive although a passphrase is set

        The settings are those of the portal, also as --Storage:Directory=… behind the command. The passphrase is taken from Backups:Passphrase.
        What a restore replaces is kept in a folder «replaced-…» beside it.
        """;

    /// <summary>Whether the program was started for this.</summary>
    public static bool IsAsked(string[] args) => args is ["backup", ..] or ["--", "backup", ..];

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string[] args)
    {
        string[] words = [.. args.SkipWhile(word => word != "backup").Skip(1).Where(word => word != BackupRestore.AcceptPlain)];
        if (words.Any(word => word is "--help" or "-h" or "-?") || words is ["help", ..])
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }

        var archive = words.Length > 1 && !words[1].StartsWith("--", StringComparison.Ordinal) ? words[1] : null;
        if (words is not ["create" or "list" or "verify" or "restore", ..] || (words[0] is "create" or "list" ? archive is not null : words[0] == "restore" && archive is null))
        {
            await errors.WriteLineAsync(Usage);
            return 1;
        }

        using var stop = new CancellationTokenSource();
        ConsoleCancelEventHandler pressed = (_, press) =>
        {
            press.Cancel = true;
            stop.Cancel();
        };
        Console.CancelKeyPress += pressed;
        try
        {
            await using var app = Build([.. words.Skip(archive is null ? 1 : 2)]);
            app.Services.GetRequiredService<PortalLock>().EndRestore();
            return await RunAsync(app.Services, words[0], archive, args.Contains(BackupRestore.AcceptPlain), stop.Token);
        }
        catch (OptionsValidationException refused)
        {
            await errors.WriteLineAsync(string.Join(' ', refused.Failures));
            return 1;
        }
        catch (Exception refused) when (refused is StartRefusedException or BackupException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(refused.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Stopped; nothing was changed.");
            return 1;
        }
        finally
        {
            Console.CancelKeyPress -= pressed;
        }
    }

    private Task<int> RunAsync(IServiceProvider services, string verb, string? archive, bool isPlainAccepted, CancellationToken cancel)
    {
        var (archives, folder) = (services.GetRequiredService<BackupArchives>(), services.GetRequiredService<BackupFolder>());
        return verb switch
        {
            "create" => CreateAsync(services.GetRequiredService<PortalLock>(), archives, folder, cancel),
            "list" => ListAsync(archives, folder),
            "verify" => VerifyAsync(archives, archive, cancel),
            _ => RestoreAsync(services.GetRequiredService<BackupRestore>(), Path.IsPathFullyQualified(archive!) || File.Exists(archive) ? Path.GetFullPath(archive!) : Path.Combine(folder.Path, archive!), isPlainAccepted, cancel),
        };
    }

    private async Task<int> CreateAsync(PortalLock storage, BackupArchives archives, BackupFolder folder, CancellationToken cancel)
    {
        // As a portal does, so that no restore puts something else in its place meanwhile.
        storage.Hold();
        var run = await archives.CreateAsync(cancel);
        if (run.FileName is not null)
        {
            await output.WriteLineAsync(
                $"Made and verified: {Path.Combine(folder.Path, run.FileName)}, {Size(run.Bytes)}, {(run.IsEncrypted ? "encrypted" : "not encrypted: set Backups:Passphrase")}{(run.CopiedAt is null ? "" : ", and laid in the second place")}.");
        }

        if (run.Problem is not null)
        {
            await errors.WriteLineAsync(BackupProblem.Of(run.Problem).Sentences);
        }

        return run.Problem is null || (run.IsGood && BackupProblem.Of(run.Problem).Faults is [BackupFault.ServerDatabase]) ? 0 : 1;
    }

    private async Task<int> ListAsync(BackupArchives archives, BackupFolder folder)
    {
        var files = archives.List();
        foreach (var file in files)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{file.Name,-45} {file.MadeAt:yyyy-MM-dd HH:mm} UTC  {Size(file.Bytes),12}  {(file.IsEncrypted ? "encrypted" : "not encrypted")}"));
        }

        if (files.Count == 0)
        {
            await output.WriteLineAsync($"There is no backup in {folder.Path}.");
        }

        return 0;
    }

    private async Task<int> VerifyAsync(BackupArchives archives, string? archive, CancellationToken cancel)
    {
        if ((archive ?? (archives.List() is [var newest, ..] ? newest.Name : null)) is not { } name)
        {
            await errors.WriteLineAsync("There is no backup to verify.");
            return 1;
        }

        var verdict = File.Exists(name) ? await archives.VerifyFileAsync(Path.GetFullPath(name), cancel) : await archives.VerifyAsync(name, cancel);
        await (verdict.IsSound ? output.WriteLineAsync($"{name} is sound.") : errors.WriteLineAsync($"{name} is not sound. {verdict.Problem!.Sentences}"));
        return verdict.IsSound ? 0 : 1;
    }

    private async Task<int> RestoreAsync(BackupRestore restore, string archive, bool isPlainAccepted, CancellationToken cancel)
    {
        var restored = await restore.RestoreAsync(archive, isPlainAccepted, cancel);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Restored what there was on {restored.MadeAt:yyyy-MM-dd HH:mm} UTC: {restored.Members} members, {restored.Confirmed} tenge confirmed, {restored.Files} files. Start the portal now."));
        foreach (var kept in restored.Kept)
        {
            await output.WriteLineAsync($"What was there before lies in {kept}: delete it once nobody misses anything.");
        }

        return 0;
    }

    private WebApplication Build(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.Logging.ClearProviders();
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false);
        addData(builder);
        StartReasons.Of(builder).Throw();
        builder.Services.AddSingleton(TimeProvider.System);
        return builder.Build();
    }

    private static string Size(long bytes) =>
        bytes < 1 << 20 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1024.0)} KiB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MiB");
}
