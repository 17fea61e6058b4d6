using Diaspora.Data;
using Diaspora.Data.Operations;
using Diaspora.Tests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Faults;

/// <summary>A first start that was killed in the middle of a migration, which is written before there is a log beside the file: by a journal.</summary>
public sealed class HalfWrittenTests
{
    [Fact]
    public async Task Look_AtAFileWithAJournalOfAKilledMigration_RollsItBack()
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-test-").FullName;
        await using var database = TestDatabase.OnFolder(folder, new FakeTimeProvider());
        var (file, alive) = (database.Get<StorageFolders>().Database, Path.Combine(folder, "alive.db"));
        await using (var connection = new SqliteConnection($"Data Source={alive};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();

            // With so little memory it writes what is not committed into the file.
            command.CommandText =
                """
                PRAGMA cache_size = 5;
                CREATE TABLE Kept (Id INTEGER);
                BEGIN;
                CREATE TABLE Lost (Text TEXT);
                WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 200) INSERT INTO Lost SELECT hex(zeroblob(500)) FROM number;
                """;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            File.Copy(alive, file);
            File.Copy(alive + "-journal", file + "-journal");
        }

        var reasons = new StartReasons();
        await database.Get<DatabaseGuard>().LookAsync(reasons, isAccepted: false, TestContext.Current.CancellationToken);

        Assert.Empty(reasons.All);
        Assert.Equal("Kept", KilledOperation.Rows(folder, "sqlite_master", "name"));
        Assert.False(File.Exists(file + "-journal"));
    }
}
