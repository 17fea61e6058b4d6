using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Diaspora.Data.Backups;

/// <summary>Opens an archive and looks at everything in it: each byte as it was written, each file as the manifest says, the database whole and with the same counts, sums and numbers of the log.</summary>
internal static class ArchiveCheck
{
    /// <param name="folder">Where the database may be laid for a while.</param>
    /// <returns>What is wrong, in sentences.</returns>
    public static IReadOnlyList<string> Check(string path, string? passphrase, string folder, CancellationToken cancel)
    {
        try
        {
            ArchiveFile.ReadThrough(path, passphrase, cancel);
            using var zip = ArchiveFile.Open(path, passphrase);
            return [.. Check(zip, folder, cancel)];
        }
        catch (Exception fault) when (fault is BackupException or IOException or UnauthorizedAccessException or InvalidDataException or SqliteException)
        {
            return [fault is BackupException ? fault.Message : $"The archive cannot be read: {fault.Message}"];
        }
    }

    public static BackupManifest ManifestOf(ZipArchive zip)
    {
        using var manifest = (zip.GetEntry(BackupManifest.Entry) ?? throw new BackupException("The archive has no manifest.")).Open();
        return BackupManifest.Read(manifest);
    }

    private static IEnumerable<string> Check(ZipArchive zip, string folder, CancellationToken cancel)
    {
        var manifest = ManifestOf(zip);
        var expected = manifest.Files.ToDictionary(file => file.Name);
        foreach (var unknown in zip.Entries.Where(entry => entry.FullName != BackupManifest.Entry && !expected.ContainsKey(entry.FullName)).Take(5))
        {
            yield return $"{unknown.FullName} is in the archive, but not in its manifest.";
        }

        foreach (var file in manifest.Files.Where(file => file.Name != BackupManifest.DatabaseEntry))
        {
            if (Fault(zip, file, Stream.Null, cancel) is { } fault)
            {
                yield return fault;
            }
        }

        if (manifest.Database is { } figures)
        {
            foreach (var fault in CheckDatabase(zip, expected, figures, folder, cancel))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> CheckDatabase(ZipArchive zip, Dictionary<string, ArchivedFile> expected, DatabaseFigures figures, string folder, CancellationToken cancel)
    {
        if (!expected.TryGetValue(BackupManifest.DatabaseEntry, out var database))
        {
            yield return "The archive has no database.";
            yield break;
        }

        var place = ArchiveName.Part(folder, $"diaspora-check-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        try
        {
            string? fault;
            using (var copy = PrivateFiles.Create(place, bufferBytes: 1))
            {
                fault = Fault(zip, database, copy, cancel);
            }

            foreach (var found in fault is null ? FaultsOf(place, expected, figures) : [fault])
            {
                yield return found;
            }
        }
        finally
        {
            File.Delete(place);
        }
    }

    private static List<string> FaultsOf(string path, Dictionary<string, ArchivedFile> expected, DatabaseFigures figures)
    {
        using var database = DatabaseCopy.Open(path);
        var faults = database.Faults().ToList();
        var receipts = expected.Keys.Select(name => Path.GetFileName(name)).ToHashSet();
        var found = database.Figures(receipts.Contains);
        faults.AddRange(Differences("rows of", figures.Rows, found.Rows));
        faults.AddRange(Differences("the sum confirmed for", figures.Confirmed, found.Confirmed));
        if (found.LastMigration != figures.LastMigration)
        {
            faults.Add($"The manifest names the migration {figures.LastMigration}, the database {found.LastMigration}.");
        }

        if (found.MissingReceipts != figures.MissingReceipts)
        {
            faults.Add($"Receipts without their file: {found.MissingReceipts}, the manifest says {figures.MissingReceipts}.");
        }

        if (found.Audit != figures.Audit)
        {
            faults.Add("The numbers of the log are others than the manifest says.");
        }

        if (found.Audit is var log && (log.Count > 0 ? log.Last - log.First + 1 != log.Count || log.Last != log.Given : false))
        {
            faults.Add($"The log has gaps: {log.Count} entries from {log.First} to {log.Last}, and {log.Given} was the last number given.");
        }

        return faults;
    }

    private static IEnumerable<string> Differences(string what, SortedDictionary<string, long> expected, SortedDictionary<string, long> found) =>
        from name in expected.Keys.Union(found.Keys)
        let pair = (Expected: expected.GetValueOrDefault(name, -1), Found: found.GetValueOrDefault(name, -1))
        where pair.Expected != pair.Found
        select $"The manifest and the database differ in {what} {name}: {pair.Expected} and {pair.Found}.";

    private static string? Fault(ZipArchive zip, ArchivedFile file, Stream to, CancellationToken cancel)
    {
        if (zip.GetEntry(file.Name) is not { } entry)
        {
            return $"{file.Name} is missing in the archive.";
        }

        using var content = entry.Open();
        return content.CopyAndSum(to, cancel) == (file.Bytes, file.Sha256) ? null : $"{file.Name} is damaged in the archive.";
    }
}
