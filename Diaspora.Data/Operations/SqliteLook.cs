using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Diaspora.Data.Operations;

/// <summary>Looks into a file of SQLite before anybody writes to it.</summary>
internal static class SqliteLook
{
    /// <summary>A file of this size is looked through whole within a tenth of a second. In a larger one only what the start reads tells of damage.</summary>
    private const long Small = 64 << 20;

    private const int HeaderBytes = 100;
    public const string Tables = "SELECT name FROM sqlite_master WHERE type = 'table'";

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <exception cref="StartRefusedException">It is no database, is damaged, held, or may not be written.</exception>
    public static async Task<FoundDatabase> AtAsync(string connectionString, CancellationToken cancel)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString);
        if (settings is { Mode: SqliteOpenMode.Memory } or { DataSource: "" or ":memory:" })
        {
            return FoundDatabase.Nothing;
        }

        var path = Path.GetFullPath(settings.DataSource);
        if (Directory.Exists(path))
        {
            throw new StartRefusedException($"The database '{path}' is a folder.");
        }

        try
        {
            return !File.Exists(path) ? FoundDatabase.Nothing
                : new FileInfo(path).Length == 0 ? FoundDatabase.Nothing with { IsThere = true }
                : await ReadAsync(path, cancel);
        }
        catch (SqliteException fault)
        {
            throw new StartRefusedException(Sentence(path, fault.SqliteErrorCode, fault.Message));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The database '{path}' cannot be read: {fault.Message}");
        }
    }

    public static string Sentence(string path, int code, string message) => code switch
    {
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => Damaged(path, message),
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => $"The database '{path}' is held by another program: end it, and start the portal again.",
        SQLitePCL.raw.SQLITE_FULL => $"The disk of the database '{path}' is full: make room, and start the portal again.",
        _ => $"The database '{path}' cannot be opened: {message}",
    };

    private static string Damaged(string path, string what) => $"The database '{path}' is damaged ({what.Trim().TrimEnd('.')}): restore a backup with -- backup restore.";

    private static async Task<FoundDatabase> ReadAsync(string path, CancellationToken cancel)
    {
        // What was not brought into the file yet is in a log beside it.
        var hasLog = File.Exists(path + "-wal") || File.Exists(path + "-journal");
        foreach (var fault in ((string[])[path, path + "-wal"]).Select(FileAccessCheck.Fault).OfType<string>())
        {
            throw new StartRefusedException(fault);
        }

        var header = await HeaderAsync(path, cancel);
        if (!header.AsSpan().StartsWith(Magic))
        {
            throw new StartRefusedException(Damaged(path, "it is no file of SQLite"));
        }

        // Opened so, SQLite leaves nothing beside the file either.
        var source = hasLog ? path : $"file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";
        if (!hasLog && IsCutOff(header, new FileInfo(path).Length))
        {
            throw new StartRefusedException(Damaged(path, "its end is missing"));
        }

        // A start that was killed while it migrated left a journal, and nobody can read before what is half written is rolled back: that is to write.
        var mode = File.Exists(path + "-journal") ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly;
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false, DefaultTimeout = 3 }.ToString());
        await connection.OpenAsync(cancel);
        if (new FileInfo(path).Length <= Small)
        {
            await using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA quick_check(1)";
            if (Convert.ToString(await check.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture) is { } said and not "ok")
            {
                throw new StartRefusedException(Damaged(path, said.Split('\n')[^1]));
            }
        }

        return await FoundDatabase.ReadAsync(connection, Tables, cancel);
    }

    private static async Task<byte[]> HeaderAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[HeaderBytes];
        await file.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancel);
        return header;
    }

    /// <summary>The header says how many pages there are; it says so for sure where it was written by the last who wrote.</summary>
    private static bool IsCutOff(ReadOnlySpan<byte> header, long length)
    {
        var size = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var said && said == 1 ? 65536 : said;
        var isSure = header[24..28].SequenceEqual(header[92..96]);
        return isSure && size * (long)BinaryPrimitives.ReadUInt32BigEndian(header[28..]) > length;
    }
}
