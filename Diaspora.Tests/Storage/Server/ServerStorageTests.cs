using System.Text.RegularExpressions;
using Diaspora.Tests.Shell;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Storage.Server;

public sealed partial class ServerStorageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>Here every run says why the tests of what is stored ran on SQLite alone.</summary>
    [Fact]
    public async Task Store_WhereAServerIsNamed_IsOnIt()
    {
        Assert.SkipWhen(
            ServerStorage.Server is null,
            $"No SQL Server: DIASPORA_SQLSERVER is not set. {ServerStorage.Tests.Sum(tests => tests.Count())} tests of {ServerStorage.Tests.Count} classes would run on it instead of SQLite.");
        await using var context = database.Context();
        Assert.True(context.Database.IsSqlServer());
        Assert.NotNull((await database.AddAsync("Алиев Рашад")).MemberId);
    }

    [Fact]
    public void List_OfTestsThatSpeakSqlite_IsRight()
    {
        var speaking = Directory.EnumerateFiles(Path.Combine(Sources.Root, "Diaspora.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .Select(file => (Name: Path.GetFileNameWithoutExtension(file), Text: File.ReadAllText(file)))
            .Where(source => source.Name != nameof(ServerStorageTests) && source.Text.Contains("TestDatabase", StringComparison.Ordinal) && OfSqlite().IsMatch(source.Text))
            .Select(source => source.Name).Order(StringComparer.Ordinal);
        Assert.Equal(ServerStorage.SpeakSqlite.Order(StringComparer.Ordinal), speaking);
        Assert.NotEmpty(ServerStorage.Tests);
    }

    [GeneratedRegex("""ExecuteSql|SqlQuery|CommandText|Sqlite|PRAGMA|\.Over\(|diaspora\.db|FileOf|QueryCounter|DataSource|Dumps\.|DumpAsync|BackUpAsync|MergeSetup|FigureTable""")]
    private static partial Regex OfSqlite();
}
