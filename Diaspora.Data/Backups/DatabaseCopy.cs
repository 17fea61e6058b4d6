using Diaspora.Domain.Backups;
using Diaspora.Domain.Payments;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Diaspora.Data.Backups;

/// <summary>A SQLite file of its own, apart from the one the portal works with: made, read and checked.</summary>
internal sealed class DatabaseCopy : IDisposable
{
    private readonly SqliteConnection _connection;

    private DatabaseCopy(SqliteConnection connection) => _connection = connection;

    /// <summary>
    /// Reads in one transaction what is committed at this moment, also what is in the log beside the file alone. Those who write do not wait for it.
    /// </summary>
    public static void Make(string from, string to, CancellationToken cancel)
    {
        PrivateFiles.CreateEmpty(to);
        using var connection = Connect(from);
        using var stop = cancel.Register(() => raw.sqlite3_interrupt(connection.Handle));
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $to";
        command.Parameters.AddWithValue("$to", to);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException fault)
        {
            cancel.ThrowIfCancellationRequested();
            throw new BackupException(DiskFull.Is(fault) ? BackupFault.NoRoom : BackupFault.DatabaseUnread, $"The database could not be copied: {fault.Message}", fault);
        }
    }

    /// <summary>Of the backup that is being made the copy knows nothing: restored, it would tell of one that never ended.</summary>
    public static void ForgetUnfinished(string path)
    {
        using var copy = Open(path);
        if (copy.Number("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'BackupRuns'") > 0)
        {
            using var command = copy._connection.CreateCommand();
            command.CommandText = "DELETE FROM \"BackupRuns\" WHERE \"FinishedAt\" IS NULL";
            command.ExecuteNonQuery();
        }
    }

    public static DatabaseCopy Open(string path) => new(Connect(path));

    /// <summary>What is wrong with the file itself.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var said in Rows("PRAGMA integrity_check(5)", row => row.GetString(0)).Where(said => said != "ok"))
        {
            yield return $"The database is damaged: {said}.";
        }

        foreach (var lost in Rows("PRAGMA foreign_key_check", row => row.GetString(0)).GroupBy(table => table))
        {
            yield return $"Rows of {lost.Key} belong to nothing: {lost.Count()}.";
        }
    }

    /// <param name="hasFile">Whether a receipt's file is there, by its stored name.</param>
    public DatabaseFigures Figures(Func<string, bool> hasFile)
    {
        var tables = Rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", row => row.GetString(0)).ToHashSet();
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            rows[table] = Number($"SELECT COUNT(*) FROM \"{table}\"");
        }

        if (!tables.IsSupersetOf(["__EFMigrationsHistory", "Payments", "AuditEntries", "AuditTail", "Receipts"]))
        {
            throw new BackupException(BackupFault.Damaged, "This is no database of the portal: its tables are not there.");
        }

        var confirmed = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (month, sum) in Rows($"SELECT \"Period\", SUM(\"Amount\") FROM \"Payments\" WHERE \"Status\" = {(int)PaymentStatus.Confirmed} GROUP BY \"Period\"", row => (row.GetString(0), row.GetInt64(1))))
        {
            confirmed[month] = sum;
        }

        return new DatabaseFigures(
            Rows("SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY \"MigrationId\" DESC LIMIT 1", row => row.GetString(0)).SingleOrDefault(),
            rows, confirmed,
            Rows("SELECT COALESCE(MIN(\"Id\"), 0), COALESCE(MAX(\"Id\"), 0), COUNT(*), COALESCE((SELECT MAX(\"Last\") FROM \"AuditTail\"), 0) FROM \"AuditEntries\"",
                row => new AuditNumbers(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))).Single(),
            Rows("SELECT \"StoredName\" FROM \"Receipts\" WHERE \"StoredName\" <> ''", row => row.GetString(0)).Count(name => !hasFile(name)));
    }

    public void Dispose() => _connection.Dispose();

    private static SqliteConnection Connect(string path)
    {
        // Outside the pool, so that the file is let go of at once.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    private long Number(string sql) => Rows(sql, row => row.GetInt64(0)).Single();

    private IEnumerable<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return read(reader);
        }
    }
}
