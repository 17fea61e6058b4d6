using System.Reflection;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Backups;

/// <summary>The archives in the folder of backups: made, looked at, opened. Who may do so is asked before.</summary>
public sealed class BackupArchives(IContextFactory contexts, StorageFolders folders, BackupFolder folder, IOptions<BackupOptions> options, TimeProvider clock, ILogger<BackupArchives> log) : IBackupArchives
{
    private static readonly string Product = typeof(BackupArchives).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    private string? Passphrase => string.IsNullOrEmpty(options.Value.Passphrase) ? null : options.Value.Passphrase;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Makes an archive and opens it again; only one that holds what it says gets its name.</summary>
    /// <returns>How it went. What kept it from being made is told there, and not thrown.</returns>
    public async Task<BackupRun> CreateAsync(CancellationToken cancel = default)
    {
        var run = new BackupRun { StartedAt = Now, IsEncrypted = Passphrase is not null };
        await KeepAsync(run, cancel);
        try
        {
            using var turn = folder.TakeTurn();
            var source = await SourceAsync(cancel);
            await Task.Run(() => Make(run, source, cancel), cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Tell(run, fault);
        }

        run.FinishedAt = Now;
        await KeepAsync(run, cancel);
        return run;
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<BackupFile> List() => ArchiveName.In(folder.Path);

    /// <param name="name">As <see cref="List"/> gives it.</param>
    /// <exception cref="FileNotFoundException">There is no such archive.</exception>
    public Task<BackupVerdict> VerifyAsync(string name, CancellationToken cancel = default)
    {
        var path = PathOf(name);
        return Task.Run(() => new BackupVerdict(ArchiveCheck.Check(path, Passphrase, folder.Path, cancel)), cancel);
    }

    /// <inheritdoc cref="VerifyAsync"/>
    public Stream Open(string name) => new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 64 * 1024, useAsync: true);

    private string PathOf(string name) =>
        ArchiveName.IsOne(name) && Path.Combine(folder.Path, name) is var path && File.Exists(path) ? path : throw new FileNotFoundException("There is no backup under such a name.");

    private void Make(BackupRun run, (string Database, Guid? Id) source, CancellationToken cancel)
    {
        ArchiveName.Clear(folder.Path);
        var name = ArchiveName.New(folder.Path, run.StartedAt, run.IsEncrypted);
        var (part, copy) = (ArchiveName.Part(folder.Path, name), ArchiveName.Part(folder.Path, "diaspora-copy.db"));
        try
        {
            DatabaseCopy.Make(source.Database, copy, cancel);
            ArchiveFile.Write(part, Passphrase, zip =>
            {
                var content = new ArchiveContent(zip, cancel);
                content.AddDatabase(copy);
                content.AddFolder("receipts", folders.Receipts);
                content.AddFolder("receipts-aside", folders.Quarantine);
                content.AddFolder("keys", folders.Keys);
                using var database = DatabaseCopy.Open(copy);
                content.AddManifest(new BackupManifest(BackupManifest.Newest, Product, run.StartedAt, source.Id, database.Figures(content.Has), content.Files));
            });
            File.Delete(copy);
            var faults = ArchiveCheck.Check(part, Passphrase, folder.Path, cancel);
            if (faults.Count > 0)
            {
                throw new BackupException(string.Join(' ', faults));
            }

            var path = Path.Combine(folder.Path, name);
            File.Move(part, path);
            (run.FileName, run.Bytes, run.IsVerified) = (name, new FileInfo(path).Length, true);
        }
        finally
        {
            File.Delete(copy);
            File.Delete(part);
        }
    }

    private void Tell(BackupRun run, Exception fault)
    {
        var sentence = fault switch
        {
            BackupException => fault.Message,
            IOException or UnauthorizedAccessException => $"The backup could not be written: {fault.Message}",
            SqliteException => $"The database could not be read: {fault.Message}",
            _ => $"The backup failed: {fault.GetType().Name}.",
        };
        log.LogError(fault, "No backup was made: {Problem}", sentence);
        run.Problem = sentence.Length > BackupRun.ProblemLength ? sentence[..BackupRun.ProblemLength] : sentence;
    }

    /// <summary>Where the database lies and which one it is.</summary>
    private async Task<(string Database, Guid? Id)> SourceAsync(CancellationToken cancel)
    {
        await using var context = contexts.Create();
        var file = context.Database.GetDbConnection().DataSource;
        return File.Exists(file) ? (file, await DatabaseMarks.IdAsync(context, Now, cancel)) : throw new BackupException($"There is no database at {file}.");
    }

    /// <summary>That the history cannot be written, on a full disk or in a database that is older than it, is no reason to make no backup.</summary>
    private async Task KeepAsync(BackupRun run, CancellationToken cancel)
    {
        try
        {
            await using var context = contexts.Create();
            context.Entry(run).State = await context.Backups.AnyAsync(kept => kept.Id == run.Id, cancel) ? EntityState.Modified : EntityState.Added;
            await context.SaveChangesAsync(cancel);
        }
        catch (Exception fault) when (fault is DbUpdateException or SqliteException)
        {
            log.LogWarning(fault, "The history of backups could not be written");
        }
    }
}
