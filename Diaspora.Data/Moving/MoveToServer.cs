using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Moving;

/// <summary>From a SQLite file into an empty database of SQL Server.</summary>
public static class MoveToServer
{
    /// <param name="file">The file, or a connection string that names it.</param>
    /// <param name="server">A connection string with the name of a database, which is made if it is not there.</param>
    /// <param name="tell">Told each line for the console.</param>
    /// <returns>Whether both sides are the same now.</returns>
    /// <exception cref="InvalidOperationException">It cannot be done so; a sentence.</exception>
    public static async Task<bool> RunAsync(string file, string server, TimeProvider clock, Action<string> tell, CancellationToken cancel = default)
    {
        using var alone = TakeAlone(Path.GetDirectoryName(Path.GetFullPath(new SqliteConnectionStringBuilder(ReadOnly(file)).DataSource))!);
        await using var source = new SqliteDiasporaDbContext(new DbContextOptionsBuilder<SqliteDiasporaDbContext>().UseSqlite(ReadOnly(file)).Options);
        await using var target = new SqlServerDiasporaDbContext(new DbContextOptionsBuilder<SqlServerDiasporaDbContext>()
            .UseSqlServer(Named(server), sql => sql.CommandTimeout((int)TimeSpan.FromHours(1).TotalSeconds)).Options);
        var report = await new DatabaseMove(source, target, new ServerCopyWriter(), clock).RunAsync(tell, cancel);
        foreach (var line in report.Lines)
        {
            tell(line);
        }

        return report.IsSame;
    }

    /// <summary>No portal starts over the file while it is copied: what it booked would stay behind.</summary>
    /// <returns>Nothing, where the file stands alone or nothing can be written beside it.</returns>
    private static FileStream? TakeAlone(string folder)
    {
        var path = new StorageFolders(folder).PortalLock;
        try
        {
            return File.Exists(path) ? PrivateFiles.OpenAlone(path) : null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException fault)
        {
            throw new InvalidOperationException($"A portal runs over {folder}: stop it first.", fault);
        }
    }

    /// <summary>Nothing can be written to it, whatever happens.</summary>
    internal static string ReadOnly(string file)
    {
        SqliteConnectionStringBuilder named;
        try
        {
            named = new SqliteConnectionStringBuilder(file.Contains('=', StringComparison.Ordinal) ? file : $"Data Source={file}") { Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        }
        catch (ArgumentException fault)
        {
            throw new InvalidOperationException($"--from is no connection string of SQLite: {fault.Message}", fault);
        }

        return File.Exists(named.DataSource) ? named.ToString() : throw new InvalidOperationException($"--from: there is no file {named.DataSource}.");
    }

    private static string Named(string server)
    {
        try
        {
            var named = new SqlConnectionStringBuilder(server);
            return named.InitialCatalog.Length > 0 ? named.ToString() : throw new InvalidOperationException("--to names no database: add Database=… to it.");
        }
        catch (ArgumentException fault)
        {
            throw new InvalidOperationException($"--to is no connection string of SQL Server: {fault.Message}", fault);
        }
    }
}
