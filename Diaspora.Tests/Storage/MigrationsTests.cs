using Diaspora.Data;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Storage;

/// <summary>Both databases, whether or not a server is there to try.</summary>
public sealed class MigrationsTests
{
    public static TheoryData<string> Databases => [DatabaseOptions.Sqlite, DatabaseOptions.SqlServer];

    [Theory]
    [MemberData(nameof(Databases))]
    public void Change_TheModel_HasAMigration(string database)
    {
        using var context = Context(database);
        Assert.False(context.Database.HasPendingModelChanges(), $"Make a migration for {database}: see the README.");
        Assert.NotEmpty(context.Database.GetMigrations());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public void Book_TwiceForAMonth_IsForbiddenByAnIndex(string database)
    {
        using var context = Context(database);
        var script = context.GetService<IMigrator>().GenerateScript();
        var index = script.Split('\n').Single(line => line.Contains("IX_Payments_OneLivePerMonth", StringComparison.Ordinal));
        Assert.Contains("CREATE UNIQUE INDEX", index, StringComparison.Ordinal);
        Assert.Contains("MemberId", index, StringComparison.Ordinal);
        Assert.Contains("Period", index, StringComparison.Ordinal);
        Assert.Contains("""WHERE "Status" IN (0,1)""", index, StringComparison.Ordinal);
    }

    /// <summary>The model does not know of the amount in them, so nothing else would notice that it is gone.</summary>
    [Theory]
    [MemberData(nameof(Databases))]
    public void Read_SumsOfPayments_AllIsInOneIndex(string database)
    {
        using var context = Context(database);
        var script = context.GetService<IMigrator>().GenerateScript();
        foreach (var (name, columns) in ((string, string)[])
        [
            ("MonthsOfMember", """("MemberId", "Status", "Amount", "Period")"""), ("SumsOfMonth", """("Period", "Status", "Method", "Amount", "MemberId")"""),
            ("SumsOfIntent", """("IntentId", "Status", "Method", "Amount")"""),
        ])
        {
            var index = script.Split('\n').Last(line => line.Contains($"IX_Payments_{name}", StringComparison.Ordinal)).Replace('[', '"').Replace(']', '"');
            Assert.Contains(columns, index, StringComparison.Ordinal);
        }
    }

    /// <summary>The numbers in the index's filter are those of the code.</summary>
    [Fact]
    public void Number_LiveStatuses_AreThoseOfTheIndex() =>
        Assert.Equal([0, 1], Enum.GetValues<Domain.Payments.PaymentStatus>().Where(status => status is Domain.Payments.PaymentStatus.Pending or Domain.Payments.PaymentStatus.Confirmed).Select(status => (int)status));

    [Theory]
    [InlineData(MigrationsSqlGenerationOptions.Default)]
    [InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public void Script_ForSqlServer_IsRightInItsGrammar(MigrationsSqlGenerationOptions options)
    {
        using var context = Context(DatabaseOptions.SqlServer);
        var script = context.GetService<IMigrator>().GenerateScript(options: options);
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        Assert.Equal("", string.Join('\n', errors.Select(error => $"{error.Line}: {error.Message}")));
        Assert.Contains("CREATE TABLE [Payments]", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Script_WithAMistake_IsNoticedByTheParser()
    {
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader("CREATE TABEL [Payments] ([Id] int);"), out var errors);
        Assert.NotEmpty(errors);
    }

    /// <summary>Nothing of a member goes by itself; and SQL Server would refuse two ways of cascading to one table, but only when it runs.</summary>
    [Theory]
    [MemberData(nameof(Databases))]
    public void Delete_AMember_TakesNothingAlong(string database)
    {
        using var context = Context(database);
        var cascades = context.Model.GetEntityTypes().SelectMany(type => type.GetForeignKeys())
            .Where(key => key.DeleteBehavior == DeleteBehavior.Cascade && key.PrincipalEntityType.ClrType == typeof(Domain.Members.Member));
        Assert.Empty(cascades);
    }

    /// <summary>The migration that first keeps when a settling was: what stands in the log is true, and what was decided last need not be the settling.</summary>
    [Fact]
    public async Task Migrate_IntentsThatWereSettledBefore_FindTheMomentInTheLog()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var (moderation, cashier) = (database.Get<ModerationService>(), await database.AddCashierAsync());
        List<(Guid Intent, DateTime? SettledAt)> expected = [];
        foreach (var way in (string[])["plain", "first decided again", "second refunded"])
        {
            var member = await database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
            var intent = await database.StartAsync(member, "2026-01", "2026-02");
            var first = (await database.HistoryAsync(member))[0].PaymentId;
            var confirmed = await moderation.ConfirmMonthAsync(cashier, intent, first);
            database.Clock.Advance(TimeSpan.FromMinutes(5));
            var settled = await database.SettleAsync(cashier, intent, Came(2000, member.Of("2026-02")));
            database.Clock.Advance(TimeSpan.FromMinutes(5));
            if (way == "first decided again")
            {
                await moderation.ReopenAsync(cashier, intent, confirmed);
                await moderation.ConfirmMonthAsync(cashier, intent, first);
            }
            else if (way == "second refunded")
            {
                await database.RefundAsync(cashier, (await database.HistoryAsync(member))[1]);
            }

            expected.Add((intent, way == "second refunded" ? null : settled));
        }

        var payer = await database.AddAsync("Алиева Айгюн", joinedOn: "2026-01-01");
        expected.Add((await database.RecordAsync(cashier, Cash(payer, 2000, payer.Of("2026-01"))), null));
        await using var context = database.Context();
        var migrator = context.GetService<IMigrator>();
        await migrator.MigrateAsync("RegistrationRequests");
        await migrator.MigrateAsync();

        var found = await context.Intents.ToDictionaryAsync(intent => intent.Id, intent => intent.SettledAt);
        Assert.Equal(expected, expected.Select(row => (row.Intent, found[row.Intent])));
    }

    /// <summary>The migration after which İ and others have a place in the keys: who is there already is sorted and found as if they had come after it.</summary>
    [Fact]
    public async Task Migrate_MembersWithKeysOfOldRules_AreSortedAndFoundByTheNewOnes()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        string[] names = ["İbrahimov Anar", "Бабаев Самир", "Иванов Иван", "Ҹавадов Ҝүнел"];
        foreach (var name in names)
        {
            await database.AddAsync(name);
        }

        await using (var context = database.Context())
        {
            await context.GetService<IMigrator>().MigrateAsync("Sessions");
            await context.Database.ExecuteSqlRawAsync("UPDATE Members SET SortKey = 'z', NameKey = 'z', NameSet = 'z'; UPDATE MemberDues SET SortKey = 'z', NameKey = 'z';");
        }

        await database.Get<DatabaseStartup>().MigrateAsync();

        var (members, cashier) = (database.Get<MemberService>(), await database.AddCashierAsync());
        Assert.Equal(
            names.OrderBy(NameOrder.KeyOf, StringComparer.Ordinal),
            (await members.PageAsync(cashier, new MemberFilter())).Items.Select(row => row.Person.FullName).Where(names.Contains));
        Assert.Equal("İbrahimov Anar", Assert.Single((await members.PageAsync(cashier, new MemberFilter("ибрахим"))).Items).Person.FullName);
        await using var after = database.Context();
        Assert.DoesNotContain("z", await after.Members.Select(member => member.NameSet).ToListAsync());
    }

    private static DiasporaDbContext Context(string database) =>
        database == DatabaseOptions.Sqlite ? new SqliteDesignTimeFactory().CreateDbContext([]) : new SqlServerDesignTimeFactory().CreateDbContext([]);
}
