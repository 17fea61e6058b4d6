using System.Globalization;
using Diaspora.Data.Operations;
using Diaspora.Domain.Backups;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Backups;

/// <param name="MadeAt">UTC.</param>
/// <param name="Confirmed">The sum of all confirmed payments in tenge.</param>
/// <param name="Kept">The folders in which that lies which was there before.</param>
public sealed record RestoredBackup(DateTime MadeAt, long Members, long Confirmed, int Files, IReadOnlyList<string> Kept);

/// <summary>Brings an archive back into the storage directory, from it and its passphrase alone. What is there moves aside.</summary>
public class BackupRestore(StorageFolders folders, IContextFactory contexts, IOptions<BackupOptions> options, TimeProvider clock)
{
    /// <summary>Of the command line: an archive without encryption is taken although there is a passphrase.</summary>
    public const string AcceptPlain = "--accept-unencrypted";

    private const string Staging = "restoring";

    /// <summary>Nothing of what is there is touched until all of the archive lies beside it and was found sound.</summary>
    /// <param name="isPlainAccepted">Whether it may be without encryption although there is a passphrase: whoever can write to its folder could have made such a one.</param>
    /// <exception cref="BackupException">It is refused; nothing was changed.</exception>
    public Task<RestoredBackup> RestoreAsync(string archive, bool isPlainAccepted = false, CancellationToken cancel = default) => Task.Run(() => Restore(archive, isPlainAccepted, cancel), cancel);

    /// <summary>One step of the change to the new state.</summary>
    protected virtual void Move(string from, string to) => RestoreSwap.Move(from, to);

    private RestoredBackup Restore(string archive, bool isPlainAccepted, CancellationToken cancel)
    {
        PrivateFiles.CreateFolder(folders.Root);
        using var alone = TakeAlone();
        RestoreSwap.GoOnAlone(folders);
        if (!File.Exists(archive))
        {
            throw new BackupException(BackupFault.Unknown, $"There is no archive at {archive}.");
        }

        var (database, known) = Target();
        var passphrase = string.IsNullOrEmpty(options.Value.Passphrase) ? null : options.Value.Passphrase;
        var manifest = Read(() => ArchiveCheck.ManifestOf(archive, passphrase));
        if (passphrase is not null && !isPlainAccepted && !ArchiveFile.IsSealed(archive))
        {
            throw new BackupException(BackupFault.Passphrase, $"The archive is not encrypted, and Backups:Passphrase is set: anybody who can write to its folder could have made it. If you know where it is from, say {AcceptPlain}.");
        }

        Refuse(manifest, database, known);
        RefuseWhileInUse(database);
        string[] places = [.. ((string?[])[folders.Root, Path.GetDirectoryName(database)]).OfType<string>().Distinct()];
        var swap = new RestoreSwap(Aside(database), Place(database), [.. places.Select(place => Path.Combine(place, Staging))]);
        Stage(archive, passphrase, manifest, swap, cancel);
        Read(() =>
        {
            swap.Begin(folders, Move);
            return true;
        });
        return new RestoredBackup(
            manifest.MadeAt, manifest.Database?.Rows.GetValueOrDefault("Members") ?? 0, manifest.Database?.Confirmed.Values.Sum() ?? 0, manifest.Files.Count,
            [.. swap.Aside.Select(step => Path.GetDirectoryName(step.To)!).Distinct()]);
    }

    private FileStream TakeAlone()
    {
        try
        {
            return PrivateFiles.OpenAlone(folders.PortalLock);
        }
        catch (IOException fault)
        {
            throw new BackupException(BackupFault.Running, $"A portal runs over {folders.Root}, or another restore: stop it first.", fault);
        }
    }

    /// <summary>Where the database belongs, and the migrations this version knows. No file where it is on a server.</summary>
    private (string? Database, HashSet<string> Known) Target()
    {
        using var context = contexts.Create();
        return (context.Database.IsSqlite() ? Path.GetFullPath(context.Database.GetDbConnection().DataSource) : null, [.. context.Database.GetMigrations()]);
    }

    private static void Refuse(BackupManifest manifest, string? database, HashSet<string> known)
    {
        if (manifest.Database is null != database is null)
        {
            throw new BackupException(BackupFault.Unknown, database is null
                ? "The archive holds a SQLite database, and Database:Provider is SqlServer: restore it with Database:Provider=Sqlite and move it to the server then (docs/operations.md)."
                : "The archive holds receipts and keys alone: it was made by a portal whose database is on SQL Server. Set Database:Provider=SqlServer.");
        }

        if (manifest.Database?.LastMigration is { } last && !known.Contains(last))
        {
            throw new BackupException(BackupFault.Newer, $"The archive was made by a newer version of the portal ({manifest.Product}, migration {last}): update the portal first.");
        }
    }

    /// <summary>The lock is the folder's: a portal with another folder may work with the same file.</summary>
    private void RefuseWhileInUse(string? database)
    {
        if (database is null || !File.Exists(database) || database.StartsWith(folders.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return;
        }

        using var context = contexts.Create();
        try
        {
            var lately = clock.GetUtcNow().UtcDateTime - Portals.DeadAfter;
            if (Portals.LivingAsync(context, lately, CancellationToken.None).GetAwaiter().GetResult() is { } name)
            {
                throw new BackupException(BackupFault.Running, $"A portal works with {database}: {name}. Stop it first; if it was killed, wait {Portals.DeadAfter.TotalSeconds:0} s.");
            }
        }
        catch (SqliteException)
        {
            // No portal works with a file that cannot be read, or has no such table.
        }
        finally
        {
            SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
        }
    }

    private List<RestoreSwap.Step> Aside(string? database)
    {
        var name = $"replaced-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        string[] files = database is null ? [] : [database, database + "-wal", database + "-shm", database + "-journal"];
        return
        [
            .. files.Where(File.Exists).Concat(ArchiveContent.FoldersOf(folders).Select(folder => folder.Path).Where(path => Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
                .Select(path => new RestoreSwap.Step(path, Path.Combine(Free(Path.GetDirectoryName(path)!, name), Path.GetFileName(path)))),
        ];
    }

    private static string Free(string folder, string name) =>
        Enumerable.Range(1, int.MaxValue).Select(number => Path.Combine(folder, number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"))).First(path => !Directory.Exists(path));

    private List<RestoreSwap.Step> Place(string? database)
    {
        var place = ArchiveContent.FoldersOf(folders).Select(folder => new RestoreSwap.Step(Path.Combine(folders.Root, Staging, folder.Name), folder.Path));
        return [.. database is null ? [] : (RestoreSwap.Step[])[new(Path.Combine(Path.GetDirectoryName(database)!, Staging, BackupManifest.DatabaseEntry), database)], .. place];
    }

    private void Stage(string archive, string? passphrase, BackupManifest manifest, RestoreSwap swap, CancellationToken cancel)
    {
        try
        {
            Clear(swap);
            if (manifest.Files.Sum(file => file.Bytes) is var bytes && new DriveInfo(folders.Root).AvailableFreeSpace < bytes)
            {
                throw new BackupException(BackupFault.NoRoom, $"There is not enough room at {folders.Root}: the archive needs {bytes / 1024 / 1024} MiB.");
            }

            swap.Staging.ToList().ForEach(PrivateFiles.CreateFolder);
            foreach (var (name, _) in ArchiveContent.FoldersOf(folders))
            {
                PrivateFiles.CreateFolder(Path.Combine(folders.Root, Staging, name));
            }

            var database = swap.Place[0].From;
            if (ArchiveCheck.Check(archive, passphrase, database, name => Lay(name, database), cancel) is { } fault)
            {
                throw new BackupException(new BackupProblem(fault.Faults, $"The archive is not sound, and nothing was restored. {fault.Sentences}"));
            }

            Flush(swap);
        }
        catch (Exception fault) when (fault is not BackupException)
        {
            Clear(swap);
            throw fault is IOException or UnauthorizedAccessException ? new BackupException(BackupFault.NotWritten, $"The archive could not be unpacked: {fault.Message}", fault) : fault;
        }
        catch (BackupException)
        {
            Clear(swap);
            throw;
        }
    }

    private FileStream Lay(string name, string database)
    {
        var path = name == BackupManifest.DatabaseEntry ? database : Path.Combine([folders.Root, Staging, .. name.Split('/')]);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        return PrivateFiles.Create(path, bufferBytes: 1);
    }

    /// <summary>The new state is on the disk before the old one gives way to it.</summary>
    private static void Flush(RestoreSwap swap)
    {
        foreach (var file in swap.Staging.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }
    }

    /// <summary>Removes what a restore that was killed has unpacked.</summary>
    private static void Clear(RestoreSwap swap)
    {
        foreach (var folder in swap.Staging.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static T Read<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new BackupException(BackupFault.Unknown, $"It could not be restored: {fault.Message}", fault);
        }
    }
}
