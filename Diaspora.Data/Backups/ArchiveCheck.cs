using System.IO.Compression;
using System.Security.Cryptography;
using Diaspora.Domain.Backups;
using Microsoft.Data.Sqlite;

namespace Diaspora.Data.Backups;

/// <summary>Opens an archive and looks at everything in it: each byte as it was written, each file as the manifest says, the database whole and with the same counts, sums and numbers of the log.</summary>
internal static class ArchiveCheck
{
    /// <summary>Whether it is sound.</summary>
    /// <param name="folder">Where the database may be laid for a while.</param>
    /// <returns>What is wrong.</returns>
    public static BackupProblem? Check(string path, string? passphrase, string folder, CancellationToken cancel)
    {
        var place = ArchiveName.Part(folder, $"diaspora-check-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        try
        {
            PrivateFiles.CreateEmpty(place);
            using var held = PrivateFiles.OpenTogether(place);
            return Check(path, passphrase, place, name => name == BackupManifest.DatabaseEntry ? new FileStream(place, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1) : Stream.Null, cancel);
        }
        finally
        {
            File.Delete(place);
        }
    }

    /// <param name="database">Where <paramref name="lay"/> lays the database.</param>
    /// <param name="lay">Where a file of the archive is written to, by its name.</param>
    public static BackupProblem? Check(string path, string? passphrase, string database, Func<string, Stream> lay, CancellationToken cancel)
    {
        try
        {
            using var zip = ArchiveFile.Open(path, passphrase, isReadThrough: true, cancel);
            var manifest = ManifestOf(zip);
            var faults = FaultsOf(zip, manifest, lay, cancel).ToList();
            faults.AddRange(faults.Count > 0 || manifest.Database is null ? [] : FaultsOf(database, manifest));
            return faults.Count == 0 ? null : new BackupProblem(BackupFault.Damaged, string.Join(' ', faults));
        }
        catch (Exception fault) when (fault is BackupException or IOException or UnauthorizedAccessException or InvalidDataException or SqliteException)
        {
            return (fault as BackupException)?.Problem ?? new BackupProblem(DiskFull.Is(fault) ? BackupFault.NoRoom : BackupFault.Damaged, $"The archive cannot be read: {fault.Message}");
        }
    }

    public static BackupManifest ManifestOf(string path, string? passphrase)
    {
        using var zip = ArchiveFile.Open(path, passphrase, isReadThrough: false, CancellationToken.None);
        return ManifestOf(zip);
    }

    private static BackupManifest ManifestOf(ZipArchive zip)
    {
        var entry = zip.GetEntry(BackupManifest.Entry) ?? throw new BackupException(BackupFault.Damaged, "The archive has no manifest.");
        using var manifest = entry.Open();
        return entry.Length <= BackupManifest.Largest ? BackupManifest.Read(manifest) : throw new BackupException(BackupFault.Damaged, "The archive's manifest is larger than any portal writes one.");
    }

    private static IEnumerable<string> FaultsOf(ZipArchive zip, BackupManifest manifest, Func<string, Stream> lay, CancellationToken cancel)
    {
        var expected = manifest.Files.Select(file => file.Name).ToHashSet();
        foreach (var unknown in zip.Entries.Where(entry => entry.FullName != BackupManifest.Entry && !expected.Contains(entry.FullName)))
        {
            yield return $"{unknown.FullName} is in the archive, but not in its manifest.";
        }

        if (manifest.Database is not null && !expected.Contains(BackupManifest.DatabaseEntry))
        {
            yield return "The archive has no database.";
        }

        foreach (var file in manifest.Files)
        {
            if (!ArchiveContent.Belongs(file.Name))
            {
                yield return $"{file.Name} does not belong into an archive.";
            }
            else if (zip.GetEntry(file.Name) is not { } entry)
            {
                yield return $"{file.Name} is missing in the archive.";
            }
            else
            {
                using var content = entry.Open();
                using var to = lay(file.Name);
                if (content.CopyAndSum(to, cancel, most: file.Bytes + 1) != (file.Bytes, file.Sha256))
                {
                    yield return $"{file.Name} is damaged in the archive.";
                }
            }
        }
    }

    private static IEnumerable<string> FaultsOf(string path, BackupManifest manifest)
    {
        using var database = DatabaseCopy.Open(path);
        foreach (var fault in database.Faults())
        {
            yield return fault;
        }

        var figures = manifest.Database!;
        var receipts = manifest.Files.Select(file => Path.GetFileName(file.Name)).ToHashSet();
        var found = database.Figures(receipts.Contains);
        foreach (var difference in Differences("rows of", figures.Rows, found.Rows).Concat(Differences("the sum confirmed for", figures.Confirmed, found.Confirmed)))
        {
            yield return difference;
        }

        if (found.LastMigration != figures.LastMigration || found.MissingReceipts != figures.MissingReceipts || found.Audit != figures.Audit)
        {
            yield return "The manifest and the database differ in the migration, the receipts or the numbers of the log.";
        }

        if (found.Audit is { Count: > 0 } log && (log.Last - log.First + 1 != log.Count || log.Last != log.Given))
        {
            yield return $"The log has gaps: {log.Count} entries from {log.First} to {log.Last}, and {log.Given} was the last number given.";
        }
    }

    private static IEnumerable<string> Differences(string what, SortedDictionary<string, long> expected, SortedDictionary<string, long> found) =>
        from name in expected.Keys.Union(found.Keys)
        let pair = (Expected: expected.GetValueOrDefault(name, -1), Found: found.GetValueOrDefault(name, -1))
        where pair.Expected != pair.Found
        select $"The manifest and the database differ in {what} {name}: {pair.Expected} and {pair.Found}.";
}
