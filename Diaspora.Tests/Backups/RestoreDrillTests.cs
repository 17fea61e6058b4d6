using System.Net;
using Diaspora.Data;
using Diaspora.Data.Backups;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Diaspora.Tests.Backups;

/// <summary>The machine is thrown away, and everything comes back from the archive and the passphrase alone.</summary>
public sealed class RestoreDrillTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restore_AMonthOfWorkOntoAnEmptyMachine_IsEqualInEverything()
    {
        await using var first = new TestDatabase();
        await first.InitializeAsync();
        var portal = await first.AnotherAsync(("Backups:Passphrase", BackupSetup.Passphrase));
        await WorkAsync(portal);
        var cookie = portal.Get<IDataProtectionProvider>().CreateProtector("session").Protect("a session");
        var archive = first.PathOf(await portal.BackUpAsync());
        var folders = portal.Get<StorageFolders>();
        var (rows, receipts, keys) = (BackupSetup.Rows(folders.Database), BackupSetup.Files(folders.Receipts), BackupSetup.Files(folders.Keys));
        Assert.Contains("CONFIRMED", rows["AuditEntries"], StringComparison.Ordinal);
        Assert.True(rows.Count > 20 && receipts.Count > 8 && keys.Count > 0);

        await using var machine = first.EmptyMachine(("Backups:Passphrase", BackupSetup.Passphrase));
        var restored = await machine.RestoreAsync(archive);

        var there = machine.Get<StorageFolders>();
        Assert.Equal(rows, BackupSetup.Rows(there.Database));
        Assert.Equal(receipts, BackupSetup.Files(there.Receipts));
        Assert.Equal(keys, BackupSetup.Files(there.Keys));
        Assert.Equal([], restored.Kept);
        Assert.Equal("", string.Join('\n', OpenToOthers(machine.Folder)));
        Assert.Equal("a session", machine.Get<IDataProtectionProvider>().CreateProtector("session").Unprotect(cookie));

        // And the portal that starts there goes on: its log too, without a gap.
        await machine.Get<DatabaseStartup>().MigrateAsync(Token);
        await machine.AddAsync("Гасанова Нигяр");
        await machine.BackUpAsync();
    }

    /// <summary>Whoever is signed in stays so on another machine. Where the portal still runs is no place to restore to.</summary>
    [Fact]
    public async Task Restore_ForAPortalWithSomebodySignedIn_KnowsTheirSession()
    {
        using var portal = PortalHost.Start(Environments.Development);
        using var visitor = new Visitor(portal);
        await visitor.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        var run = await portal.Services.GetRequiredService<BackupArchives>().CreateAsync(Token);
        var archive = Path.Combine(portal.Services.GetRequiredService<BackupFolder>().Path, run.FileName!);
        var refused = await Assert.ThrowsAsync<BackupException>(() => portal.Services.GetRequiredService<BackupRestore>().RestoreAsync(archive, cancel: Token));
        Assert.Contains("A portal runs over", refused.Message, StringComparison.Ordinal);

        await using var machine = TestDatabase.OnFolder(Directory.CreateTempSubdirectory("diaspora-test-").FullName, new FakeTimeProvider());
        await machine.RestoreAsync(archive);

        using var next = PortalHost.OnFolder(machine.Folder);
        using var known = new HttpClient(new SocketsHttpHandler { CookieContainer = visitor.Cookies, AllowAutoRedirect = false });
        using var unknown = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        Assert.Equal(HttpStatusCode.OK, (await known.GetAsync(new Uri(next.Address, "/cabinet"), Token)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await unknown.GetAsync(new Uri(next.Address, "/cabinet"), Token)).StatusCode);
    }

    private static async Task WorkAsync(TestDatabase portal)
    {
        var (admin, cashier) = (await portal.AddAdminAsync(), await portal.AddCashierAsync());
        List<Actor> members = [];
        for (var day = 0; day < 30; day++)
        {
            portal.Clock.Advance(TimeSpan.FromDays(1));
            if (day % 3 == 0)
            {
                members.Add(await portal.AddAsync($"Алиев Рашад {day}"));
            }

            var member = members[day / 3];
            var intent = await portal.StartAsync(member, day % 3 == 0 ? "2026-03" : $"2026-{3 + (day % 3):00}");
            await portal.AttachAsync(member, intent, day % 2 == 0 ? PaymentSetup.Pdf : TestPictures.Jpeg(60 + day, 80), day % 2 == 0 ? "чек.pdf" : "чек.jpg");
            await (day % 5 == 4 ? portal.RejectAsync(cashier, intent) : portal.ConfirmAsync(cashier, intent));
            if (day % 7 == 3 && day % 5 != 4)
            {
                var payment = (await portal.Get<ModerationService>().IntentAsync(cashier, intent)).Row.Months[0].PaymentId;
                await portal.Get<RecordingService>().RefundAsync(cashier, intent, payment, new RefundPaymentForm { Reason = "ошиблись месяцем" });
            }
        }

        await portal.Get<OwedMonthsService>().ExemptAsync(admin, members[0].MemberId!.Value, new MonthIntervalForm { From = Period.Parse("2026-09"), Reason = "студент" });
        await portal.Get<MemberService>().BlockAsync(admin, members[1].MemberId!.Value, new BlockMemberForm { Reason = "просит не звонить" });
    }

    private static IEnumerable<string> OpenToOthers(string folder) => OperatingSystem.IsWindows() ? [] :
        from entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        let mode = OperatingSystem.IsWindows() ? default : entry.UnixFileMode
        where (mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != 0
        select $"{entry.FullName}: {mode}";
}
