using System.Text.RegularExpressions;
using Diaspora.Data;
using Diaspora.Domain.Access;
using Diaspora.Domain.Export;
using Diaspora.Domain.Members;
using Diaspora.Tests.Speed;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Storage;

public sealed partial class SqliteTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("busy_timeout", "2000")]
    [InlineData("foreign_keys", "1")]
    public async Task Open_TheFile_IsSetUpForMoney(string pragma, string value)
    {
        // A second connection too: three of these are forgotten with each.
        await using var first = database.Context();
        await using var second = database.Context();
        foreach (var context in (DiasporaDbContext[])[first, second])
        {
            await context.Database.OpenConnectionAsync();
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"PRAGMA {pragma}";
            Assert.Equal(value, (await command.ExecuteScalarAsync())?.ToString());
        }
    }

    [Fact]
    public async Task Start_AfterAKilledMigration_DoesNotWaitForEver()
    {
        await using (var context = database.Context())
        {
            await context.Database.ExecuteSqlRawAsync("""CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
            await context.Database.ExecuteSqlRawAsync("""INSERT OR REPLACE INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00')""");
        }

        await database.Get<DatabaseStartup>().MigrateAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Asked for some members by id, SQLite read every member there is: that nobody was merged looked like a good way to them.</summary>
    [Fact]
    public async Task Find_MembersByTheirIds_GoesByTheIds()
    {
        await using var context = database.Context();
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN SELECT FullName FROM Members WHERE MergedIntoId IS NULL AND Id IN (SELECT value FROM json_each('[]'))";
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Contains("(Id=?)", reader.GetString(3), StringComparison.Ordinal);
    }

    /// <summary>Two and a half million payments were looked up row by row for a file of everybody. The queries themselves are asked, as they are sent.</summary>
    [Fact]
    public async Task Read_MonthsOfManyMembers_FromOneIndexAndNoRow()
    {
        // Of its own: for a second after a command that nobody listened to, EF tells nobody of the next ones.
        await using var own = new TestDatabase();
        await own.InitializeAsync();
        using var counter = new QueryCounter();
        counter.Restart(own.Folder);
        Guid[] some = [Guid.NewGuid()];
        await own.Get<IStore>().ReadAsync(async work => (await work.Exports.PaidAsync(some), await work.Exports.MembersAsync(some)));
        var queries = counter.Queries.Where(query => query.Contains("\"Payments\"", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, queries.Count);
        await using var context = database.Context();
        await context.Database.OpenConnectionAsync();
        foreach (var query in queries)
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + Parameters().Replace(query, "'[]'");
            await using var reader = await command.ExecuteReaderAsync();
            List<string> steps = [];
            while (await reader.ReadAsync())
            {
                steps.Add(reader.GetString(3));
            }

            Assert.Contains(steps, step => step.Contains("USING COVERING INDEX IX_Payments_MonthsOfMember", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Analyze_AHundredMembers_CountsThemAndFewerNot()
    {
        await using var store = new TestDatabase();
        await store.InitializeAsync();
        await using var context = store.Context();
        for (var count = 1; count <= DatabaseCare.Few; count++)
        {
            await store.Get<DatabaseCare>().AnalyzeAsync();
            Assert.Equal(0, await context.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = 'sqlite_stat1'").SingleAsync());
            await store.AddAsync("Алиев Рашад");
        }

        await store.Get<DatabaseCare>().AnalyzeAsync();
        Assert.Contains("Members", await context.Database.SqlQueryRaw<string>("SELECT DISTINCT tbl AS Value FROM sqlite_stat1").ToListAsync());
    }

    /// <summary>Sections 6.1 to 6.3. A member's <c>status</c> is computed: see decision 2.</summary>
    [Theory]
    [InlineData("Members", "Id FullName Phone Email Iin City Role CreatedAt UpdatedAt")]
    [InlineData("Payments", "Id MemberId Period Amount Currency Status Method ProviderPaymentId ProofUrl ConfirmedBy ConfirmedAt CreatedAt UpdatedAt")]
    [InlineData("AuditEntries", "ActorId Action EntityType EntityId BeforeJson AfterJson CreatedAt Ip UserAgent")]
    [InlineData("Pages", "")]
    public async Task Store_FieldsOfTheSpecification_HaveTheirPlace(string table, string fields)
    {
        await using var context = database.Context();
        var columns = await context.Database.SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info({table})").ToListAsync();
        Assert.NotEmpty(columns);
        Assert.Empty(fields.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(columns));
    }

    [Fact]
    public async Task Store_AMonthAndAPhone_AsTheSpecificationWritesThem()
    {
        var member = await database.AddAsync("Алиев Рашад");
        await Payments.PaymentSetup.StartAsync(database, member, "2026-03");
        await using var context = database.Context();
        Assert.Equal("2026-03", await context.Database.SqlQuery<string>($"SELECT Period AS Value FROM Payments WHERE MemberId = {member.MemberId}").SingleAsync());
        Assert.StartsWith("+7701", await context.Database.SqlQuery<string>($"SELECT Phone AS Value FROM Members WHERE Id = {member.MemberId}").SingleAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Əliyev")]
    [InlineData("әлиев")]
    [InlineData("ALIYEV")]
    [InlineData("лие")]
    public async Task Search_AnySpelling_FindsTheMember(string typed)
    {
        await using var own = new TestDatabase();
        await own.InitializeAsync();
        await own.AddAsync("Алиев Рашад");
        await own.AddAsync("Гасанов Самир");
        var page = await own.Get<MemberService>().PageAsync(await own.AddCashierAsync(), new MemberFilter(typed));
        Assert.Equal("Алиев Рашад", Assert.Single(page.Items).Person.FullName);
    }

    [Fact]
    public async Task Search_PhoneAsPeopleSayIt_FindsTheMember()
    {
        var member = await database.AddAsync("Керимов Анар");
        await using var context = database.Context();
        var phone = (await context.Members.SingleAsync(one => one.Id == member.MemberId)).Phone;
        var cashier = await database.AddCashierAsync();
        foreach (var typed in (string[])[phone.Value, phone.ToDisplay(), "8" + phone.Value[2..], phone.Value[^5..]])
        {
            var page = await database.Get<MemberService>().PageAsync(cashier, new MemberFilter(typed));
            Assert.Contains(page.Items, row => row.Person.Id == member.MemberId);
        }
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameters();
}
