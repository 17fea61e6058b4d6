using System.Net;
using Diaspora.Data;
using Diaspora.Domain.Backups;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Tests.Backups;

/// <summary>The page and the file as a browser asks for them.</summary>
public sealed class BackupRequestsTests(PortalHost portal)
{
    private const string Page = "/admin/backups";
    private const string File = "/admin/backups/file";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IBackupArchives Archives => portal.Services.GetRequiredService<IBackupArchives>();

    [Fact]
    public async Task Download_WithTheRightPassword_IsTheArchiveAndInTheLog()
    {
        var name = await NameAsync();
        using var admin = await SignedInAsync("/admin/login", PortalHost.Admin);
        var (_, hidden) = await admin.FormAsync(Page);
        var before = await DownloadsAsync(name);

        using var answer = await admin.PostAsync((File, hidden), ("name", name), ("password", PortalHost.Admin.Password));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(name, answer.Content.Headers.ContentDisposition?.FileName);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        await using var archive = Archives.Open(name);
        using var stored = new MemoryStream();
        await archive.CopyToAsync(stored, Token);
        Assert.Equal(stored.ToArray(), await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(before + 1, await DownloadsAsync(name));
    }

    [Fact]
    public async Task Download_WithAWrongPasswordOrNone_IsRefusedOnThePage()
    {
        var name = await NameAsync();
        using var admin = await SignedInAsync("/admin/login", PortalHost.Admin);
        var (_, hidden) = await admin.FormAsync(Page);
        var before = await DownloadsAsync(name);

        var wrong = await admin.SendAsync((File, hidden), ("name", name), ("password", "не тот пароль"));
        var empty = await admin.SendAsync((File, hidden), ("name", name), ("password", ""));
        var missing = await admin.SendAsync((File, hidden), ("name", name));
        var forged = await admin.SendAsync((File, []), ("name", name), ("password", PortalHost.Admin.Password));

        Assert.Equal($"{Page}?problem=CurrentPasswordWrong", wrong.Location);
        Assert.Equal(($"{Page}?problem=PasswordEmpty", $"{Page}?problem=PasswordEmpty"), (empty.Location, missing.Location));
        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        Assert.Contains("Копия не скачана.", await admin.ReadAsync(wrong.Location!), StringComparison.Ordinal);
        Assert.Equal(before, await DownloadsAsync(name));
    }

    [Theory]
    [InlineData("../diaspora.db")]
    [InlineData("..%2Fdiaspora.db")]
    [InlineData("../backups/{0}")]
    [InlineData("/{0}")]
    [InlineData("backing-up.lock")]
    [InlineData("")]
    public async Task Download_OfAnythingButAnArchive_IsNotThere(string asked)
    {
        var name = await NameAsync();
        using var admin = await SignedInAsync("/admin/login", PortalHost.Admin);
        var (_, hidden) = await admin.FormAsync(Page);

        var answer = await admin.SendAsync((File, hidden), ("name", asked.Replace("{0}", name, StringComparison.Ordinal)), ("password", PortalHost.Admin.Password));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task Open_AsACashierOrAMember_IsRefused()
    {
        var name = await NameAsync();
        using var cashier = await SignedInAsync("/admin/login", PortalHost.Cashier);
        using var member = await SignedInAsync("/auth/login", PortalHost.Debtor);
        var (_, hidden) = await cashier.FormAsync("/admin/members");

        Assert.Equal(HttpStatusCode.Forbidden, (await cashier.GetAsync(Page)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync(Page)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await cashier.SendAsync((File, hidden), ("name", name), ("password", PortalHost.Cashier.Password))).Status);
        Assert.DoesNotContain(Page, await cashier.ReadAsync("/admin/members"), StringComparison.Ordinal);
        Assert.DoesNotContain("Последняя копия", await cashier.ReadAsync("/admin/reports"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_AtTheReportsAsAnAdmin_SaysWhenTheLastCopyWasMade()
    {
        await NameAsync();
        using var admin = await SignedInAsync("/admin/login", PortalHost.Admin);
        Assert.Matches("Последняя копия: сегодня [0-9]{2}:[0-9]{2}, проверена", await admin.ReadAsync("/admin/reports"));
    }

    [Fact]
    public void Run_ThePortal_HasTheDailyTask() => Assert.Single(portal.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<Diaspora.Web.Backups.DailyBackup>());

    [Fact]
    public async Task Check_TheHealth_HasAPartForBackupsThatIsNeverWorseThanDegraded()
    {
        var report = await portal.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "backup", Token);
        Assert.Equal(HealthStatus.Healthy, Assert.Single(report.Entries).Value.Status);
        var registration = portal.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<HealthCheckServiceOptions>>().Value.Registrations.Single(check => check.Name == "backup");
        Assert.Equal(HealthStatus.Degraded, registration.FailureStatus);
    }

    /// <summary>An archive that is there. Made by the verb, which tells it: pages read for two seconds what was read before.</summary>
    private async Task<string> NameAsync() => Archives.List() is [var newest, ..] ? newest.Name : (await portal.Services.GetRequiredService<BackupService>().CreateDailyAsync(Token)).FileName!;

    private async Task<int> DownloadsAsync(string name)
    {
        await using var context = portal.Services.GetRequiredService<IContextFactory>().Create();
        return await context.AuditEntries.CountAsync(entry => entry.Action == AuditAction.BackupDownloaded && entry.AfterJson!.Contains(name), Token);
    }

    private async Task<Visitor> SignedInAsync(string page, Data.Demo.DemoAccount who)
    {
        var visitor = new Visitor(portal);
        await visitor.SendAsync(page, ("Form.Phone", who.Phone), ("Form.Password", who.Password));
        return visitor;
    }
}
