using Diaspora.Domain.Access;
using Diaspora.Domain.Operations;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Kaspi;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Settings;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Members.Dashboard;

/// <summary>What staff see first: what waits, the month, and what is left to set up.</summary>
public sealed class DashboardTests
{
    [Fact]
    public async Task SetUp_StepByStep_TicksWhatTheDatabaseKnows_AndIsGoneAtTheEnd()
    {
        await using var database = await SettingsSetup.SeededAsync();
        var admin = await database.AddAdminAsync();
        Assert.Equal("Requisites", await DoneAsync(database, admin));

        // The file was seeded with a link to pay by; without it nobody can.
        await database.EditAsync(admin, form => form.KaspiLink = "");
        Assert.Equal("Deadline", await DoneAsync(database, admin));
        await database.EditAsync(admin, form => form.KaspiPhone = "+7 701 555 00 00");
        Assert.Equal("Requisites Deadline", await DoneAsync(database, admin));

        await database.AddAsync("Алиев Рашад");
        Assert.Equal("Requisites Deadline Members", await DoneAsync(database, admin));
        var cashier = await database.AddCashierAsync();
        Assert.Equal("Requisites Deadline Members Team", await DoneAsync(database, admin));
        Assert.Empty((await database.Get<DashboardService>().DashboardAsync(cashier)).Setup);

        await BackedUpAsync(database, copiedAt: null);
        Assert.Equal("Requisites Deadline Members Team", await DoneAsync(database, admin));
        await BackedUpAsync(database, copiedAt: database.Clock.GetUtcNow().UtcDateTime);
        Assert.Empty((await database.Get<DashboardService>().DashboardAsync(admin)).Setup);
    }

    [Fact]
    public async Task SetUp_WithoutAChangeOfTheSettings_TakesThemForAgreedOnceSomebodyPays()
    {
        await using var database = await SettingsSetup.SeededAsync();
        var (admin, member) = (await database.AddAdminAsync(), await database.AddAsync("Алиев Рашад"));
        Assert.DoesNotContain("Deadline", await DoneAsync(database, admin), StringComparison.Ordinal);

        await database.StartAsync(member, "2026-03");

        Assert.Contains("Deadline", await DoneAsync(database, admin), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_ClaimsAndLines_AreCountedAsTheirListsCountThem()
    {
        await using var database = await SettingsSetup.SeededAsync();
        var (admin, cashier, member) = (await database.AddAdminAsync(), await database.AddCashierAsync(), await database.AddAsync("Алиев Рашад"));
        Assert.Equal((0, new WaitingWork(0, 0, 0, 0, 0, 0)), await WaitingAsync(database, cashier));

        await database.Get<PaymentService>().ClaimAsync(member, await database.StartAsync(member, "2026-03"));
        await database.EvidenceAsync("строка 1", 7000);

        Assert.Equal((1, new WaitingWork(1, 0, 0, 0, 0, 0)), await WaitingAsync(database, cashier));
        var queue = await database.Get<ModerationService>().QueueAsync(admin, new PaymentFilter());
        Assert.Equal(queue.Figures, (await database.Get<DashboardService>().DashboardAsync(admin)).Figures);
    }

    [Fact]
    public async Task Open_ByAMember_IsRefused()
    {
        await using var database = await SettingsSetup.SeededAsync();
        var member = await database.AddAsync("Алиев Рашад");
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => database.Get<DashboardService>().DashboardAsync(member))).Code);
    }

    private static async Task<string> DoneAsync(TestDatabase database, Actor admin)
    {
        Later(database);
        return string.Join(' ', (await database.Get<DashboardService>().DashboardAsync(admin)).Setup.Where(line => line.IsDone).Select(line => line.Step));
    }

    private static async Task<(int, WaitingWork)> WaitingAsync(TestDatabase database, Actor staff)
    {
        Later(database);
        var read = await database.Get<DashboardService>().DashboardAsync(staff);
        return (read.Figures.Waiting, read.Waiting);
    }

    /// <summary>What is written past the verbs is announced to nobody, and shared answers are kept for two seconds.</summary>
    private static void Later(TestDatabase database) => database.Clock.Advance(TimeSpan.FromSeconds(3));

    private static async Task BackedUpAsync(TestDatabase database, DateTime? copiedAt)
    {
        Later(database);
        await using var context = database.Context();
        var now = database.Clock.GetUtcNow().UtcDateTime;
        context.Backups.Add(new BackupRun { StartedAt = now, FinishedAt = now, FileName = $"diaspora-{now:HHmmss}.zip", IsVerified = true, CopiedAt = copiedAt });
        await context.SaveChangesAsync();
        Later(database);
    }
}
