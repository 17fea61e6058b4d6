using System.Net;
using Diaspora.Data;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Payments;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Storage;

/// <summary>The file is held by another program, the disk is full, or it may only be read: that is a sentence and not a dead page, and it is over when the cause is.</summary>
public sealed class StorageFaultTests : IAsyncLifetime
{
    private const string NotWritten = "NotWritten";
    private const string NotRead = "NotRead";

    private readonly TestDatabase _first = new();
    private TestDatabase _database = null!;
    private Actor _cashier = null!;
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        await _first.InitializeAsync();
        _database = await _first.AnotherAsync(("Database:PatienceSeconds", "1"));
        _cashier = await _database.AddCashierAsync();
        _member = await _database.AddAsync("Алиев Рашад");
    }

    public ValueTask DisposeAsync() => _first.DisposeAsync();

    private SqliteConnection Elsewhere()
    {
        var connection = new SqliteConnection($"Data Source={_database.Get<StorageFolders>().Database};Pooling=False");
        connection.Open();
        return connection;
    }

    [Fact]
    public async Task Write_WhileAnotherProgramHoldsTheFile_IsRefusedAndWorksAfterwards()
    {
        await using (var other = Elsewhere())
        {
            Run(other, "BEGIN EXCLUSIVE");
            Assert.Equal(NotWritten, await RefusedAsync(() => _database.StartAsync(_member, "2026-03")));
            Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(_database));
            Run(other, "ROLLBACK");
        }

        await _database.StartAsync(_member, "2026-03");
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(_database));
    }

    [Fact]
    public async Task Read_WhileAnotherProgramHoldsTheFileAlone_IsRefusedAndWorksAfterwards()
    {
        SqliteFiles.Close(_first.Get<IContextFactory>().FileOf());
        SqliteFiles.Close(_database.Get<IContextFactory>().FileOf());
        await using (var other = Elsewhere())
        {
            Run(other, "PRAGMA locking_mode=EXCLUSIVE");
            Run(other, "BEGIN EXCLUSIVE");
            Assert.Equal(NotRead, await RefusedAsync(() => _database.Get<MemberService>().PageAsync(_cashier, new MemberFilter())));
            Assert.Equal(NotWritten, await RefusedAsync(() => _database.StartAsync(_member, "2026-03")));
            Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(_database));
            Run(other, "ROLLBACK");
        }

        Assert.NotEmpty((await _database.Get<MemberService>().PageAsync(_cashier, new MemberFilter())).Items);
    }

    /// <summary>A file that may not grow, and one that may only be read, are to SQLite what a full disk and a volume mounted read-only are.</summary>
    [Theory]
    [InlineData("PRAGMA max_page_count=1", "PRAGMA max_page_count=1073741823")]
    [InlineData("PRAGMA query_only=ON", "PRAGMA query_only=OFF")]
    public async Task Write_NothingMoreFits_IsRefusedAndWorksAfterwards(string ill, string well)
    {
        var contexts = new PragmaContexts(_database.Get<IContextFactory>()) { Said = ill };
        var full = _database.Over(contexts);
        var text = new string('а', 900);
        Assert.Equal(NotWritten, await RefusedAsync(async () =>
        {
            for (var note = 0; note < 50; note++)
            {
                await full.Get<MemberCardService>().WriteNoteAsync(_cashier, _member.MemberId!.Value, new WriteNoteForm { Text = text });
            }
        }));
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(full));
        Assert.NotEmpty((await full.Get<MemberService>().PageAsync(_cashier, new MemberFilter())).Items);

        contexts.Said = well;
        await full.Get<MemberCardService>().WriteNoteAsync(_cashier, _member.MemberId!.Value, new WriteNoteForm { Text = text });
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(full));
    }

    [Fact]
    public async Task Attach_WhereNoFileCanBeMade_IsRefusedAndWorksAfterwards()
    {
        var intent = await _database.StartAsync(_member, "2026-03");
        var folder = _database.Get<StorageFolders>().Receipts;
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "", TestContext.Current.CancellationToken);
        Assert.Equal(NotWritten, await RefusedAsync(AttachAsync));
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(_database));

        File.Delete(folder);
        Directory.CreateDirectory(folder);
        await AttachAsync();
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(_database));

        Task AttachAsync() => _database.AttachAsync(_member, intent, PaymentSetup.Pdf);
    }

    /// <summary>What the door noted last is written while the portal closes: the turn of writers must not be gone before that verb is.</summary>
    [Fact]
    public async Task Close_WhileAVerbIsOnItsWay_LetsItEnd()
    {
        var (store, begun, goOn) = (_database.Get<IStore>(), new TaskCompletionSource(), new TaskCompletionSource());
        var writing = store.WriteAsync(async _ =>
        {
            begun.SetResult();
            await goOn.Task;
            return true;
        });
        await begun.Task;
        (store as IDisposable)?.Dispose();
        goOn.SetResult();
        Assert.True(await writing);
    }

    /// <summary>A picture is written anew: where there is no room, the exception must not pass through the library's own code, which would end the process.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attach_OnAVolumeThatIsFull_IsRefused(bool isPicture)
    {
        var volume = Environment.GetEnvironmentVariable("DIASPORA_SMALL_VOLUME");
        Assert.SkipWhen(string.IsNullOrEmpty(volume), "DIASPORA_SMALL_VOLUME names no empty folder on a volume of a megabyte.");
        var (intent, receipts) = (await _database.StartAsync(_member, "2026-03"), _database.Get<StorageFolders>().Receipts);
        Directory.Delete(receipts, recursive: true);
        Directory.CreateSymbolicLink(receipts, volume);
        byte[] file = isPicture ? TestPictures.Noise(500, 500, 60) : [.. PaymentSetup.Pdf, .. new byte[2_000_000]];
        await File.WriteAllBytesAsync(Path.Combine(volume, "filler"), new byte[Math.Max(0, new DriveInfo(volume).AvailableFreeSpace - (isPicture ? file.Length + 40_000 : 4096))], TestContext.Current.CancellationToken);
        Assert.Equal(NotWritten, await RefusedAsync(() => _database.AttachAsync(_member, intent, file)));
        Assert.Equal(["filler"], Directory.EnumerateFiles(volume, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
        File.Delete(Path.Combine(volume, "filler"));
    }

    /// <summary>Whoever signs in meanwhile gets the form back with what they typed; whoever runs the portal is told.</summary>
    [Fact]
    public async Task Ask_ThePortalWhileAnotherProgramHoldsTheFile_AnswersWithPages()
    {
        using var portal = PortalHost.Start(Environments.Development, ("Database:PatienceSeconds", "1"));
        using var visitor = new Visitor(portal);
        var form = await visitor.FormAsync("/auth/login");
        await using (var other = new SqliteConnection($"Data Source={portal.Services.GetRequiredService<StorageFolders>().Database};Pooling=False"))
        {
            other.Open();
            Run(other, "BEGIN EXCLUSIVE");
            var answer = await visitor.SendAsync(form, ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
            Assert.True((int)answer.Status < 500, $"{(int)answer.Status}");
            Assert.Contains("Не записано", answer.Page, StringComparison.Ordinal);
            Assert.Contains(PortalHost.Debtor.Phone, answer.Page, StringComparison.Ordinal);

            // After a write that did not come through: while a task of the portal's own still waits for its turn, nothing else is tried.
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await visitor.GetAsync("/health/ready")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/live")).StatusCode);
            Run(other, "ROLLBACK");
        }

        var after = await visitor.SendAsync(form, ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        Assert.Equal(HttpStatusCode.Redirect, after.Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/ready")).StatusCode);
    }

    /// <summary>Where nothing can even be read, each page says so, and is there again by itself.</summary>
    [Fact]
    public async Task Open_AnyPageWhileTheFileCannotBeRead_SaysSo()
    {
        using var portal = PortalHost.Start(Environments.Development, ("Database:PatienceSeconds", "1"));
        using var visitor = new Visitor(portal);
        using var member = new Visitor(portal);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        await portal.TrailWrittenAsync();
        await using (var other = new SqliteConnection($"Data Source={portal.Services.GetRequiredService<StorageFolders>().Database};Pooling=False"))
        {
            other.Open();
            Run(other, "PRAGMA locking_mode=EXCLUSIVE");
            SqliteFiles.Close(portal.Services.GetRequiredService<IContextFactory>().FileOf());
            Run(other, "BEGIN EXCLUSIVE");
            foreach (var address in (string[])["/cabinet", "/cabinet/payments", "/cabinet/profile"])
            {
                var answer = await member.GetAsync(address);
                Assert.Equal((address, HttpStatusCode.ServiceUnavailable), (address, answer.StatusCode));
                Assert.Contains("Попробуйте ещё раз", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }

            foreach (var address in (string[])["/", "/auth/login", "/auth/register"])
            {
                Assert.Equal((address, HttpStatusCode.OK), (address, (await visitor.GetAsync(address)).StatusCode));
            }

            Run(other, "ROLLBACK");
        }

        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/cabinet")).StatusCode);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task<string> RefusedAsync(Func<Task> verb) => (await Assert.ThrowsAsync<DomainException>(verb)).Problem.Code;

    private static async Task<HealthStatus> HealthAsync(TestDatabase database) =>
        (await database.Get<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"))).Status;
}
