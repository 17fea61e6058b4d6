using Diaspora.Data;
using Diaspora.Data.Backups;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Operations;
using Diaspora.Tests.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Diaspora.Tests.Backups;

/// <summary>What the tests of backups do again and again.</summary>
internal static class BackupSetup
{
    public const string Passphrase = "верблюд пьёт чай";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string FolderOf(this TestDatabase database) => database.Get<BackupFolder>().Path;

    public static string PathOf(this TestDatabase database, BackupRun run) => Path.Combine(database.FolderOf(), run.FileName!);

    public static async Task<BackupRun> BackUpAsync(this TestDatabase database)
    {
        var run = await database.Get<BackupArchives>().CreateAsync(Token);
        Assert.True(run is { Problem: null, IsVerified: true, FileName: not null }, run.Problem);
        return run;
    }

    /// <summary>Another machine, on which there is nothing.</summary>
    public static TestDatabase EmptyMachine(this TestDatabase database, params (string Key, string Value)[] settings) =>
        TestDatabase.OnFolder(Directory.CreateTempSubdirectory("diaspora-test-").FullName, database.Clock, settings);

    public static Task<RestoredBackup> RestoreAsync(this TestDatabase database, string archive, bool isPlainAccepted = false) => database.Get<BackupRestore>().RestoreAsync(archive, isPlainAccepted, Token);

    public static async Task<string> RefusedRestoreAsync(this TestDatabase database, string archive) =>
        (await Assert.ThrowsAsync<BackupException>(() => database.RestoreAsync(archive))).Message;

    public static async Task<string> VerdictAsync(this TestDatabase database, string path) =>
        (await database.Get<BackupArchives>().VerifyFileAsync(path, Token)).Problem?.Sentences ?? "";

    /// <summary>Some bytes in the middle of the receipts, so that an archive has several chunks.</summary>
    public static void AddReceipt(this TestDatabase database, int bytes)
    {
        var name = Guid.NewGuid().ToString("N");
        var folder = Directory.CreateDirectory(Path.Combine(database.Get<StorageFolders>().Receipts, name[..2])).FullName;
        var content = new byte[bytes];
        new Random(bytes).NextBytes(content);
        File.WriteAllBytes(Path.Combine(folder, name), content);
    }

    /// <summary>Every file of the folder by its name there, as it is.</summary>
    public static SortedDictionary<string, string> Files(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file))), StringComparer.Ordinal);

    /// <summary>Every row of every table, in the order of its columns. The history of backups goes on after a copy was made.</summary>
    public static SortedDictionary<string, string> Rows(string database)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        var tables = Lines(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'BackupRuns'");
        return new SortedDictionary<string, string>(tables.ToDictionary(table => table, table => string.Join('\n', Lines(connection, $"SELECT * FROM \"{table}\"").Order(StringComparer.Ordinal))), StringComparer.Ordinal);
    }

    private static List<string> Lines(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> lines = [];
        while (reader.Read())
        {
            lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "∅" : reader.GetString(column))));
        }

        return lines;
    }

    /// <summary>A database that is so old, and tries as they were told by the history.</summary>
    public static async Task RememberAsync(this TestDatabase database, TimeSpan age, params BackupRun[] runs)
    {
        await using var context = database.Context();
        context.Marks.RemoveRange(context.Marks);
        context.Marks.Add(new DatabaseMark { CreatedAt = database.Clock.GetUtcNow().UtcDateTime - age });
        context.Backups.AddRange(runs);
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public static BackupRun FailedRun(this TestDatabase database, string problem) =>
        new() { StartedAt = database.Clock.GetUtcNow().UtcDateTime, FinishedAt = database.Clock.GetUtcNow().UtcDateTime, Problem = problem };

    public static IBackupArchives Archives(this TestDatabase database) => database.Get<IBackupArchives>();
}
