using System.IO.Compression;

namespace Diaspora.Data.Backups;

/// <summary>What goes into an archive, one after the other, and what the manifest says of it. Memory holds a piece of a file at a time.</summary>
internal sealed class ArchiveContent(ZipArchive zip, CancellationToken cancel)
{
    private readonly List<ArchivedFile> _files = [];

    public void AddDatabase(string path) => Add(BackupManifest.DatabaseEntry, path, CompressionLevel.Fastest);

    /// <summary>What is being uploaded is nobody's receipt yet. What is gone before its turn comes was deleted, or set aside and comes with that folder.</summary>
    public void AddFolder(string name, string path)
    {
        foreach (var file in Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Order(StringComparer.Ordinal))
        {
            if (!Path.GetFileName(file).StartsWith('.') && Path.GetExtension(file) is not ".part" and not ".tmp")
            {
                Add($"{name}/{Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/')}", file, CompressionLevel.NoCompression);
            }
        }
    }

    public bool Has(string storedName) => Receipts.Contains(storedName);

    public IReadOnlyList<ArchivedFile> Files => _files;

    private HashSet<string> Receipts => field ??= [.. _files.Select(file => Path.GetFileName(file.Name))];

    public void AddManifest(BackupManifest manifest)
    {
        using var entry = zip.CreateEntry(BackupManifest.Entry, CompressionLevel.Fastest).Open();
        manifest.Write(entry);
    }

    private void Add(string name, string path, CompressionLevel level)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }

        using (file)
        using (var entry = zip.CreateEntry(name, level).Open())
        {
            var (bytes, sum) = file.CopyAndSum(entry, cancel);
            _files.Add(new ArchivedFile(name, bytes, sum));
        }
    }
}
