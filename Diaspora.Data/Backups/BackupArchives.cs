using System.Reflection;
using Diaspora.Data.Accounts;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Backups;

/// <summary>The archives in the folder of backups: made, looked at, opened. Who may do so is asked before.</summary>
public sealed class BackupArchives(
    IContextFactory contexts, StorageFolders folders, BackupFolder folder, BackupHistory history, IOptions<BackupOptions> options, IOptions<PasswordOptions> cost, TimeProvider clock, ILogger<BackupArchives> log) : IBackupArchives
{
    private static readonly string Product = typeof(BackupArchives).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    private string? Passphrase => string.IsNullOrEmpty(options.Value.Passphrase) ? null : options.Value.Passphrase;

    /// <summary>
    /// Makes an archive and opens it again; only one that holds what it says gets its name. Then lays it in the second place and removes those that need no longer be kept.
    /// </summary>
    /// <returns>How it went. What kept it from being made is told there, and not thrown.</returns>
    public async Task<BackupRun> CreateAsync(CancellationToken cancel = default)
    {
        var run = new BackupRun { StartedAt = clock.GetUtcNow().UtcDateTime, IsEncrypted = Passphrase is not null };
        try
        {
            using var turn = folder.TakeTurn();
            await history.KeepAsync(run, cancel);
            var source = await SourceAsync(cancel);
            await Task.Run(() => Make(run, source, cancel), cancel);
            var verified = await history.VerifiedAsync(cancel);
            await Task.Run(() => Lay(run, source.Id, verified, cancel), cancel);
        }
        catch (BackupException busy) when (busy.Problem.Faults is [BackupFault.Running])
        {
            // Nothing has failed, so nothing of it is kept.
            run.Problem = busy.Problem.Kept();
            return run;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            var problem = fault switch
            {
                BackupException known => known.Problem,
                IOException or UnauthorizedAccessException => new(DiskFull.Is(fault) ? BackupFault.NoRoom : BackupFault.NotWritten, $"The backup could not be written: {fault.Message}"),
                SqliteException => new(BackupFault.DatabaseUnread, $"The database could not be read: {fault.Message}"),
                _ => new(BackupFault.Unknown, $"The backup failed: {fault.GetType().Name}."),
            };
            log.LogError(fault, "No backup was made: {Problem}", problem.Sentences);
            Tell(run, problem);
        }

        run.FinishedAt = clock.GetUtcNow().UtcDateTime;
        await history.KeepAsync(run, cancel);
        return run;
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<BackupFile> List() => ArchiveName.In(folder.Path);

    /// <summary>Opens an archive and looks at all of it; the history knows afterwards.</summary>
    /// <param name="name">As <see cref="List"/> gives it.</param>
    /// <exception cref="FileNotFoundException">There is no such archive.</exception>
    public async Task<BackupVerdict> VerifyAsync(string name, CancellationToken cancel = default)
    {
        var verdict = await VerifyFileAsync(PathOf(name), cancel);
        if (!verdict.IsUnopened)
        {
            await history.NoteAsync(name, verdict.IsSound, cancel);
        }

        return verdict;
    }

    /// <summary>The same for a file that lies anywhere.</summary>
    public Task<BackupVerdict> VerifyFileAsync(string path, CancellationToken cancel = default) => Task.Run(
        () =>
        {
            PrivateFiles.CreateFolder(folders.Root);
            PrivateFiles.CreateFolder(folder.Path);
            return new BackupVerdict(ArchiveCheck.Check(path, Passphrase, folder.Path, cancel));
        },
        cancel);

    /// <inheritdoc cref="VerifyAsync"/>
    public Stream Open(string name) => new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 64 * 1024, useAsync: true);

    private string PathOf(string name) =>
        ArchiveName.IsOne(name) && Path.Combine(folder.Path, name) is var path && File.Exists(path) ? path : throw new FileNotFoundException("There is no backup under such a name.");

    /// <param name="source">None where the database is on a server.</param>
    private void Make(BackupRun run, (string? Database, Guid? Id) source, CancellationToken cancel)
    {
        ArchiveName.Clear(folder.Path);
        var name = ArchiveName.New(folder.Path, run.StartedAt, source.Id, run.IsEncrypted);
        var (part, copy) = (ArchiveName.Part(folder.Path, name), ArchiveName.Part(folder.Path, "diaspora-copy.db"));
        try
        {
            if (source.Database is not null)
            {
                DatabaseCopy.Make(source.Database, copy, cancel);
                DatabaseCopy.ForgetUnfinished(copy);
            }

            ArchiveFile.Write(part, Passphrase, cost.Value, zip =>
            {
                var content = new ArchiveContent(zip, cancel);
                if (source.Database is not null)
                {
                    content.AddDatabase(copy);
                }

                foreach (var (entry, path) in ArchiveContent.FoldersOf(folders))
                {
                    content.AddFolder(entry, path);
                }

                content.AddManifest(new BackupManifest(BackupManifest.Newest, Product, run.StartedAt, source.Id, source.Database is null ? null : FiguresOf(copy, content), content.Files));
            });
            File.Delete(copy);
            if (ArchiveCheck.Check(part, Passphrase, folder.Path, cancel) is { } fault)
            {
                throw new BackupException(fault);
            }

            var archive = Path.Combine(folder.Path, name);
            File.Move(part, archive);
            (run.FileName, run.Bytes, run.IsVerified) = (name, new FileInfo(archive).Length, true);
        }
        finally
        {
            File.Delete(copy);
            File.Delete(part);
        }

        if (source.Database is null)
        {
            Tell(run, new(BackupFault.ServerDatabase, "The database is on SQL Server and not in this archive, which holds receipts and keys alone. The server writes its backups on its own machine: see «Backing up SQL Server» in docs/operations.md."));
        }
    }

    private DatabaseFigures FiguresOf(string copy, ArchiveContent content)
    {
        var receipts = content.Files.Select(file => Path.GetFileName(file.Name)).ToHashSet();
        using var database = DatabaseCopy.Open(copy);
        var figures = database.Figures(receipts.Contains);
        if (figures.MissingReceipts > 0)
        {
            log.LogWarning("Of {Count} receipts that the database names there is no file", figures.MissingReceipts);
        }

        return figures;
    }

    /// <summary>Whatever goes wrong here, there is an archive.</summary>
    private void Lay(BackupRun run, Guid? database, HashSet<string> verified, CancellationToken cancel)
    {
        verified.Add(run.FileName!);
        Try(run, BackupFault.NotThinned, "The old archives could not be removed", () => ArchiveName.Thin(folder.Path, database, verified));
        if (options.Value.CopyTo is { Length: > 0 } place)
        {
            Try(run, BackupFault.NotCopied, "The archive was made, but there is no copy of it", () =>
            {
                SecondPlace.Lay(Path.Combine(folder.Path, run.FileName!), place, cancel);
                run.CopiedAt = clock.GetUtcNow().UtcDateTime;
                ArchiveName.Thin(place, database, verified);
            });
        }
    }

    private void Try(BackupRun run, BackupFault kind, string what, Action act)
    {
        try
        {
            act();
        }
        catch (Exception fault) when (fault is BackupException or IOException or UnauthorizedAccessException)
        {
            log.LogError(fault, "{What}", what);
            Tell(run, new((fault as BackupException)?.Problem.Faults ?? [DiskFull.Is(fault) ? BackupFault.NoRoom : kind], $"{what}: {fault.Message}"));
        }
    }

    private static void Tell(BackupRun run, BackupProblem problem) => run.Problem = (run.Problem is { } told ? BackupProblem.Of(told).And(problem) : problem).Kept();

    /// <summary>Where the database lies and which one it is.</summary>
    private async Task<(string? Database, Guid? Id)> SourceAsync(CancellationToken cancel)
    {
        await using var context = contexts.Create();
        var file = context.Database.IsSqlite() ? context.Database.GetDbConnection().DataSource : null;
        return file is null || File.Exists(file) ? (file, await history.DatabaseIdAsync(cancel)) : throw new BackupException(BackupFault.NoDatabase, $"There is no database at {file}.");
    }
}
