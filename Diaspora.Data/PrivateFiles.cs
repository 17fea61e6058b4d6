namespace Diaspora.Data;

/// <summary>
/// Files and folders for the account the portal runs under, and for no other of the same machine. Windows has no such modes: there a folder's own rights are what counts.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnersFolder);
        }
    }

    /// <summary>A new file to write to.</summary>
    public static FileStream Create(string path, int bufferBytes = 4096, FileOptions options = FileOptions.None, FileAccess access = FileAccess.Write) =>
        Open(path, FileMode.CreateNew, access, bufferBytes, options);

    /// <summary>A file that nobody else opens as long as it is held.</summary>
    public static FileStream OpenAlone(string path) => Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, bufferBytes: 1, FileOptions.None);

    /// <summary>A file that others hold too, but nobody alone.</summary>
    public static FileStream OpenTogether(string path) => Open(path, FileMode.OpenOrCreate, FileAccess.Read, bufferBytes: 1, FileOptions.None, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>SQLite makes its log as open as the database is, so the database is there before SQLite is asked. One that is there already is left alone.</summary>
    public static void CreateEmpty(string path)
    {
        if (Path.IsPathFullyQualified(path) && !File.Exists(path))
        {
            Open(path, FileMode.OpenOrCreate, FileAccess.Write, bufferBytes: 1, FileOptions.None, FileShare.ReadWrite).Dispose();
        }
    }

    /// <summary>Takes from others what an older version, or whoever unpacked a backup, left open to them.</summary>
    /// <remarks>Only what is the portal's: beside it may lie what belongs to the volume or to somebody else, and what may not be read.</remarks>
    public static void Close(StorageFolders folders)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var root = new DirectoryInfo(folders.Root);
        var whole = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var own = ((string[])[folders.Receipts, folders.Quarantine, folders.Keys]).Select(path => new DirectoryInfo(path))
            .SelectMany(folder => folder.EnumerateFileSystemInfos("*", whole).Prepend(folder));
        foreach (var entry in root.EnumerateFiles(Path.GetFileName(folders.Database) + "*").Append(new FileInfo(folders.MigrationLock)).Where(file => file.Exists).Concat(own).Prepend(root))
        {
            var mode = entry is DirectoryInfo ? OwnersFolder : OwnersFile;
            if (entry.LinkTarget is null && (entry.UnixFileMode & ~mode) != 0)
            {
                Narrow(entry.FullName, mode);
            }
        }
    }

    private static void Narrow(string path, UnixFileMode mode)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) & mode);
            }
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            // A mounted volume may belong to another account, and a file may be gone meanwhile: neither keeps the portal from starting.
        }
    }

    private static FileStream Open(string path, FileMode mode, FileAccess access, int bufferBytes, FileOptions options, FileShare share = FileShare.None)
    {
        var wanted = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferBytes, Options = options };
        if (!OperatingSystem.IsWindows())
        {
            wanted.UnixCreateMode = OwnersFile;
        }

        return new FileStream(path, wanted);
    }
}
