using System.Data;
using System.Globalization;
using Diaspora.Data;
using Diaspora.Data.Moving;
using Diaspora.Domain.Members;
using Diaspora.Domain.Operations;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Web.Shell.Operations;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Storage.Server;

/// <summary>
/// The move into another database. Here it goes from one SQLite file into another, by the same code but for the bulk load; and what it would send to SQL Server is read.
/// </summary>
public sealed class CopyTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("diaspora-test-").FullName;

    private string File => Path.Combine(_folder, "copy.db");

    [Fact]
    public async Task Copy_APortal_LeavesTheSameThereAndNothingElseHere()
    {
        var (cashier, member) = await LiveAsync();
        var before = await DumpAsync(database.Context());
        List<string> told = [];

        var report = await CopyAsync(new RowWriter(), told.Add);

        Assert.True(report.IsSame, string.Join('\n', report.Lines));
        Assert.Equal(before, await DumpAsync(database.Context()));
        Assert.Equal(before, await DumpAsync(Target()));
        Assert.Contains(report.Tables, table => table is { Name: "Payments", Source: > 1, Target: > 1, IsSame: true });
        Assert.Contains(report.Months, month => month.Month == new Period(2026, 3) && month.Target is { Payments: > 0, Tenge: > 0 });
        Assert.Contains(report.Lines, line => line.StartsWith("Payments ", StringComparison.Ordinal) && line.EndsWith("same", StringComparison.Ordinal));
        Assert.Contains(told, line => line.StartsWith("Members: ", StringComparison.Ordinal));

        // It is a portal: what was paid is known there, and it goes on in the log where the old one ended.
        var there = database.Over(new At(File));
        var paid = (await database.HistoryAsync(member)).Select(row => (row.PaymentId, row.Period, row.Amount, row.Status, row.DecidedBy, Receipts: row.Receipts.Count));
        Assert.Equal(paid, (await there.HistoryAsync(member)).Select(row => (row.PaymentId, row.Period, row.Amount, row.Status, row.DecidedBy, Receipts: row.Receipts.Count)));
        await there.RecordAsync(cashier, Cash(member, 2000, member.Of("2026-05")));
    }

    [Fact]
    public async Task Copy_IntoADatabaseWithData_IsRefusedAndChangesNothing()
    {
        await LiveAsync();
        await CopyAsync(new RowWriter());
        var before = await DumpAsync(Target());
        Assert.Contains("has data in", (await Assert.ThrowsAsync<InvalidOperationException>(() => CopyAsync(new RowWriter()))).Message, StringComparison.Ordinal);
        Assert.Equal(before, await DumpAsync(Target()));
    }

    [Fact]
    public async Task Copy_IntoTablesOfSomethingElse_IsRefused()
    {
        await using (var target = Target())
        {
            await target.Database.ExecuteSqlRawAsync("CREATE TABLE Shop (Id INTEGER)");
        }

        Assert.Contains("not those of this version", (await Assert.ThrowsAsync<InvalidOperationException>(() => CopyAsync(new RowWriter()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_WhileAPortalWorksWithTheSource_IsRefused()
    {
        await using var context = database.Context();
        var portal = new PortalInstance { Id = Guid.NewGuid(), Name = "web-1 (process 7)", StartedAt = Now, SeenAt = Now };
        context.Instances.Add(portal);
        await context.SaveChangesAsync();

        Assert.Contains(portal.Name, (await Assert.ThrowsAsync<InvalidOperationException>(() => CopyAsync(new RowWriter()))).Message, StringComparison.Ordinal);

        database.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True((await CopyAsync(new RowWriter())).IsSame);
    }

    [Fact]
    public async Task Copy_WhileAPortalHoldsTheFolder_IsRefused()
    {
        using var held = new PortalLock(database.Get<StorageFolders>());
        held.Hold();
        Assert.Contains("stop it first", (await Assert.ThrowsAsync<InvalidOperationException>(() => MoveToServer.RunAsync(database.Get<StorageFolders>().Database, "Server=nowhere;Database=Diaspora", database.Clock, _ => { }))).Message, StringComparison.Ordinal);
    }

    /// <summary>All of it is there by then, and nobody must be told that nothing is.</summary>
    [Fact]
    public async Task Copy_ThatCannotBeCompared_SaysThatItWasCopied()
    {
        await LiveAsync();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => CopyAsync(new RowWriter { Check = target => target.Database.ExecuteSqlRawAsync("ALTER TABLE \"MemberNotes\" RENAME TO \"Gone\"") }));
        Assert.Contains("Everything was copied", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_ThatFailsHalfway_LeavesNothingAndCanBeDoneAgain()
    {
        await LiveAsync();
        await Assert.ThrowsAsync<IOException>(() => CopyAsync(new RowWriter { Before = piece => piece.TableName == "Payments" ? throw new IOException("away") : true }));
        Assert.True((await CopyAsync(new RowWriter())).IsSame);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("changed")]
    public async Task Copy_WhenOneRowCameOtherwise_SaysWhere(string how)
    {
        await LiveAsync();
        var report = await CopyAsync(new RowWriter
        {
            Before = piece =>
            {
                if (piece.TableName == "Payments")
                {
                    if (how == "lost")
                    {
                        piece.Rows.RemoveAt(0);
                    }
                    else
                    {
                        piece.Rows[0]["Amount"] = 1L;
                    }
                }

                return true;
            },
        });

        Assert.False(report.IsSame);
        Assert.Equal("Payments", Assert.Single(report.Tables, table => !table.IsSame).Name);
        Assert.Contains(report.Lines, line => line.Contains("DIFFERENT", StringComparison.Ordinal));
    }

    [Fact]
    public void Tables_OfBothDatabases_AreTheSame()
    {
        using var sqlite = new SqliteDesignTimeFactory().CreateDbContext([]);
        using var server = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var (here, there) = (CopiedTable.All(sqlite), CopiedTable.All(server));
        Assert.Equal(here.Select(table => table.Name), there.Select(table => table.Name));
        Assert.All(here.Zip(there), pair => Assert.Equal(pair.First.Columns.OrderBy(column => column.Name), pair.Second.Columns.OrderBy(column => column.Name)));
        Assert.Equal(sqlite.Model.GetEntityTypes().Select(type => type.GetTableName()).Distinct().Order(), here.Select(table => table.Name).Order());
    }

    /// <summary>All but the bulk load itself, which only the driver can send.</summary>
    [Fact]
    public async Task Copy_ToSqlServer_SendsWhatTheServerTakes()
    {
        await LiveAsync();
        var server = new CapturedServer(answers: false);
        await using (var source = database.Context())
        await using (var target = server.Create())
        {
            await Record.ExceptionAsync(() => new DatabaseMove(source, target, new Captured(), database.Clock).RunAsync(_ => { }));
        }

        Assert.Contains(server.Sent, command => command.Text.Contains("CREATE TABLE [Payments]", StringComparison.Ordinal));
        Assert.Contains(server.Sent, command => command.Text == "ALTER TABLE [Payments] WITH CHECK CHECK CONSTRAINT ALL");
        Assert.Contains(server.Sent, command => command.Text.StartsWith("SELECT [p].[Period]", StringComparison.Ordinal));
        Assert.All(server.Sent, command => Assert.Empty(ServerGrammar.FaultsOf(command.Text)));
    }

    [Theory]
    [InlineData("copy.db", "--to is no connection string", "database", "copy", "--to", "nonsense")]
    [InlineData("copy.db", "--to names no database", "--", "database", "copy", "--to", "Server=127.0.0.1")]
    [InlineData("none.db", "there is no file", "database", "copy", "--to", "Server=127.0.0.1;Database=x")]
    [InlineData("copy.db", "database copy --to", "database", "copy")]
    [InlineData("copy.db", "database copy --to", "database", "drop")]
    public async Task Command_ThatCannotBe_IsAnsweredWithASentence(string file, string said, params string[] words)
    {
        await using (var target = Target())
        {
            await target.Database.MigrateAsync();
        }

        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.True(CopyCommand.IsAsked(words));
        Assert.Equal(1, await CopyCommand.RunAsync([.. words, "--from", Path.Combine(_folder, file)], output, errors));
        Assert.Contains(said, errors.ToString(), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        SqliteFiles.Close($"Data Source={File}");
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private DateTime Now => database.Clock.GetUtcNow().UtcDateTime;

    private DiasporaDbContext Target() => new At(File).Create();

    private async Task<CopyReport> CopyAsync(ICopyWriter writer, Action<string>? tell = null)
    {
        await using var source = new SqliteDiasporaDbContext(new DbContextOptionsBuilder<SqliteDiasporaDbContext>().UseSqlite(MoveToServer.ReadOnly(Path.Combine(database.Folder, "diaspora.db"))).Options);
        await using var target = Target();
        return await new DatabaseMove(source, target, writer, database.Clock).RunAsync(tell ?? (_ => { }));
    }

    private async Task<(Actor Cashier, Actor Member)> LiveAsync()
    {
        var (cashier, member) = (await database.AddCashierAsync(), await database.AddAsync("Əliyev Рашад", joinedOn: "2026-01-01"));
        var intent = await database.StartAsync(member, "2026-01", "2026-02");
        await database.AttachAsync(member, intent, PaymentSetup.Pdf);
        await database.ConfirmAsync(cashier, intent);
        await database.RecordAsync(cashier, Cash(member, 2000, member.Of("2026-03")));
        await database.CreditAsync(cashier, member, 500, "2026-04");
        await database.Get<MemberCardService>().WriteNoteAsync(cashier, member.MemberId!.Value, new WriteNoteForm { Text = "звонил; «ёлка», 2 000 ₸" });
        return (cashier, member);
    }

    private static async Task<IReadOnlyList<string>> DumpAsync(DiasporaDbContext context)
    {
        await using var _ = context;
        await context.Database.OpenConnectionAsync();
        List<string> rows = [];
        foreach (var table in CopiedTable.All(context))
        {
            await foreach (var row in table.RowsAsync(context, CancellationToken.None))
            {
                rows.Add($"{table.Name}: {string.Join('|', row.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))}");
            }
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private sealed class At(string file) : IContextFactory
    {
        public bool OneWriterAtATime => true;

        public DiasporaDbContext Create() => new SqliteDiasporaDbContext(new DbContextOptionsBuilder<SqliteDiasporaDbContext>().UseSqlite($"Data Source={file}").Options);
    }

    private sealed class Captured : ICopyWriter
    {
        public Task WriteAsync(DiasporaDbContext target, CopiedTable table, DataTable piece, CancellationToken cancel) => Task.CompletedTask;

        public Task CheckAsync(DiasporaDbContext target, IReadOnlyList<CopiedTable> tables, CancellationToken cancel) => new ServerCopyWriter().CheckAsync(target, tables, cancel);
    }
}
