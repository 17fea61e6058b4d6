using System.IO.Compression;

namespace Diaspora.Data.Backups;

/// <summary>What goes into an archive, one after the other, and what the manifest says of it. Memory holds a piece of a file at a time.</summary>
internal sealed class ArchiveContent(ZipArchive zip, CancellationToken cancel)
{
    /// <summary>What the folder remembers of its database is newer than the copy, and would call a restored one too old.</summary>
    private const string Marker = "portal.json";

    private readonly List<ArchivedFile> _files = [];

    public IReadOnlyList<ArchivedFile> Files => _files;

    /// <summary>The folders that are archived, by the name they have there. Receipts come first: what is set aside meanwhile comes with the second.</summary>
    public static IEnumerable<(string Name, string Path)> FoldersOf(StorageFolders folders) =>
        ((string[])[folders.Receipts, folders.Quarantine, folders.Keys]).Select(path => (Path.GetFileName(path), path));

    /// <summary>Whether it is a name that a portal gives: one that leads out of the folder is a stranger's.</summary>
    public static bool Belongs(string name) =>
        name == BackupManifest.DatabaseEntry
        || (name.Split('/') is [not "", _, ..] parts && FoldersOf(new StorageFolders("")).Any(folder => folder.Name == parts[0])
            && parts.All(part => part is not ("" or "." or "..") && part.IndexOfAny(Path.GetInvalidFileNameChars()) < 0));

    public void AddDatabase(string path) => Add(BackupManifest.DatabaseEntry, path, CompressionLevel.Fastest);

    /// <summary>What is being uploaded is nobody's receipt yet. What is gone before its turn comes was deleted or set aside.</summary>
    public void AddFolder(string name, string path)
    {
        var files = new DirectoryInfo(path) is { Exists: true } folder ? folder.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }) : [];
        foreach (var file in files.Select(file => file.FullName).Order(StringComparer.Ordinal))
        {
            var own = Path.GetFileName(file);
            if (!own.StartsWith('.') && !own.StartsWith(Marker, StringComparison.Ordinal) && Path.GetExtension(own) is not (".part" or ".tmp"))
            {
                Add($"{name}/{Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/')}", file, CompressionLevel.NoCompression);
            }
        }
    }

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
