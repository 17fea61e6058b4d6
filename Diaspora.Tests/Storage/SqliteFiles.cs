using Diaspora.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Storage;

/// <summary>Ends with the files of one database, and leaves those of the tests beside it open.</summary>
internal static class SqliteFiles
{
    /// <summary>What the connections of this database are pooled by.</summary>
    public static string FileOf(this IContextFactory contexts)
    {
        using var context = contexts.Create();
        return context.Database.GetConnectionString()!;
    }

    /// <summary>Closes what nobody uses any more; the last one out brings the log into the file, so that it can be copied or deleted.</summary>
    public static void Close(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }
}

/// <summary>A file as it was written, with those who may read it.</summary>
internal sealed record KeptFile(string Name, byte[] Content, UnixFileMode? Mode)
{
    public static KeptFile Read(string folder, string path) =>
        new(Path.GetRelativePath(folder, path), File.ReadAllBytes(path), OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path));

    public async Task WriteAsync(string folder)
    {
        var path = Path.Combine(folder, Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, Content);
        if (Mode is { } mode && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
