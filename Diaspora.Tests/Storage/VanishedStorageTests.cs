using System.Net;
using Diaspora.Data;
using Diaspora.Data.Operations;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Storage;

/// <summary>Storage that goes away under an open portal: SQLite would go on and answer as if something was stored. It is refused, and works again when it is back.</summary>
public sealed class VanishedStorageTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _member = null!;
    private string _file = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps a file that is open.");
        await _database.InitializeAsync();
        _member = await _database.AddAsync("Алиев Рашад");
        await _database.Get<DatabaseGuard>().RememberAsync(isSure: true, TestContext.Current.CancellationToken);
        _file = _database.Get<StorageFolders>().Database;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Write_WhileTheFileIsMovedAway_IsRefusedAndWorksWhenItIsBack()
    {
        Move(_file, _file + ".away");
        Assert.Equal("NotWritten", await RefusedAsync());
        Assert.Equal("NotWritten", await RefusedAsync());
        Assert.False(File.Exists(_file), "An empty database was made in its place.");
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync());

        Move(_file + ".away", _file);
        await _database.StartAsync(_member, "2026-03");
        Assert.Equal(HealthStatus.Healthy, await HealthAsync());
        Assert.Equal(1, await _database.Context().Intents.CountAsync());
    }

    [Fact]
    public async Task Write_WhileTheWholeFolderIsMovedAway_IsRefusedAndMakesNoOther()
    {
        var away = _database.Folder + "-away";
        var intent = await _database.StartAsync(_member, "2026-03");
        Directory.Move(_database.Folder, away);
        Assert.Equal("NotWritten", (await Assert.ThrowsAsync<DomainException>(() => _database.StartAsync(_member, "2026-04"))).Problem.Code);
        Assert.Equal("NotRead", (await Assert.ThrowsAsync<DomainException>(() => _database.AttachAsync(_member, intent, PaymentSetup.Pdf))).Problem.Code);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync());
        Assert.False(Directory.Exists(_database.Folder), "A folder was made in its place.");

        Directory.Move(away, _database.Folder);
        await _database.StartAsync(_member, "2026-04");
        await _database.AttachAsync(_member, intent, PaymentSetup.Pdf);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync());
    }

    /// <summary>While it is written: what goes into a file that nobody will find again is not answered as written.</summary>
    [Fact]
    public async Task Commit_AfterTheFileWasDeleted_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<DomainException>(() => _database.Get<IStore>().WriteAsync(async work =>
        {
            Move(_file, _file + ".away");
            await work.Accounts.ThrottleAsync("somebody", _database.Clock.GetUtcNow().UtcDateTime);
            return true;
        }));
        Assert.Equal("NotWritten", refused.Problem.Code);

        Move(_file + ".away", _file);
        Assert.Equal(0, await _database.Context().SignInThrottles.CountAsync());
    }

    /// <summary>A database that is put there meanwhile is looked at first: an empty one, or one of another portal, is not written to.</summary>
    [Fact]
    public async Task Write_WhereAnotherDatabaseWasPutInItsPlace_IsRefused()
    {
        await using var other = new TestDatabase();
        await other.InitializeAsync();
        Move(_file, _file + ".away");
        Assert.Equal("NotWritten", await RefusedAsync());
        File.Copy(other.Get<StorageFolders>().Database, _file);
        Assert.Equal("NotWritten", await RefusedAsync());
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync());

        File.Delete(_file);
        Move(_file + ".away", _file);
        await _database.StartAsync(_member, "2026-03");
    }

    [Fact]
    public async Task Ask_ThePortalWhileItsFolderIsAway_SaysSoAndIsBackByItself()
    {
        using var portal = PortalHost.Start(Environments.Development);
        using var visitor = new Visitor(portal);
        var form = await visitor.FormAsync("/auth/login");
        var away = portal.Folder + "-away";
        Directory.Move(portal.Folder, away);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await visitor.GetAsync("/health/ready")).StatusCode);
        var answer = await visitor.SendAsync(form, ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        Assert.True((int)answer.Status < 500, $"{(int)answer.Status}");
        Assert.Contains("Не записано", answer.Page, StringComparison.Ordinal);

        Directory.Move(away, portal.Folder);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SendAsync(form, ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password))).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/ready")).StatusCode);
    }

    /// <summary>With what lies beside it, as whoever moves a database does.</summary>
    private static void Move(string from, string to)
    {
        foreach (var ending in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(from + ending))
            {
                File.Move(from + ending, to + ending);
            }
        }
    }

    private async Task<string> RefusedAsync() => (await Assert.ThrowsAsync<DomainException>(() => _database.StartAsync(_member, "2026-03"))).Problem.Code;

    private async Task<HealthStatus> HealthAsync() => (await _database.Get<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"))).Status;
}
