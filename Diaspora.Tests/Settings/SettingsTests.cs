using System.Text.Json;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Diaspora.Tests.Settings.SettingsSetup;

namespace Diaspora.Tests.Settings;

/// <summary>Settings on a real file: seeded once, changed by an admin, effective at once. The clock stands at 8 March 2026.</summary>
public sealed class SettingsTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Actor admin = null!;

    public async ValueTask InitializeAsync()
    {
        database = await SeededAsync();
        admin = await database.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Seed_ASecondStart_KeepsWhatIsStored()
    {
        await database.EditAsync(admin, form => form.DeadlineDay = "20");
        var restarted = await database.AnotherAsync();

        await restarted.Get<SettingsService>().SeedAsync(Seed(database) with { Association = new AssociationContacts("Другое имя", null, null, null, null, null, null) });

        Assert.Equal((20, "«Диаспора»"), (restarted.Settings.Rules.DeadlineDay, restarted.Settings.Value.Association.Name));
        await using var context = database.Context();
        Assert.Equal(1, await context.Settings.CountAsync());
    }

    [Fact]
    public async Task Seed_TwoServersAtOnce_IsOneRow()
    {
        await using var empty = new TestDatabase();
        await empty.InitializeAsync();
        var other = await empty.AnotherAsync();

        var outcomes = await PaymentSetup.AtOnceAsync(2, index => (index == 0 ? empty : other).Get<SettingsService>().SeedAsync(Seed(empty)));

        Assert.All(outcomes, Assert.Null);
        await using var context = empty.Context();
        Assert.Equal(1, await context.Settings.CountAsync());
    }

    [Fact]
    public async Task Edit_EveryField_IsReadBackAsItWasSaved()
    {
        await database.EditAsync(admin, form =>
        {
            form.AddFee("2026-07", "2 500 ₸");
            (form.DeadlineDay, form.MonthsAhead, form.LapseAfterDays) = ("15", "6", "30");
            (form.KaspiRecipient, form.KaspiPhone, form.KaspiLink, form.AccountPrefix) = (" Самир Г. ", "+7 701 555 01 42", "https://kaspi.kz/pay/Diaspora?service_id=1", "0042");
            (form.Name, form.NameKazakh, form.Email) = ("Союз", "Одақ", "a@b.kz");
            (form.Phone, form.WhatsApp, form.Address, form.AddressKazakh) = ("8 701 555 01 42", "", "Алматы", " ");
        });

        var read = await database.Get<SettingsService>().SettingsAsync(admin);

        Assert.Equal([new FeeStep(FeeSchedule.Beginning, new Money(2000)), new FeeStep(new Period(2026, 7), new Money(2500))], read.Fees);
        Assert.Equal((15, 6, 30), (read.DeadlineDay, read.MonthsAhead, read.LapseAfterDays));
        Assert.Equal(new KaspiRequisites("Самир Г.", "+7 701 555 01 42", "https://kaspi.kz/pay/Diaspora?service_id=1", "0042"), read.Kaspi);
        Assert.Equal(new AssociationContacts("Союз", "Одақ", "a@b.kz", "8 701 555 01 42", null, "Алматы", null), read.Association);
        Assert.Equal(("Нигяр Керимова", database.Clock.GetUtcNow().UtcDateTime.Date), (read.ChangedBy, read.ChangedAt.Date));
        Assert.Equal(read.Association, database.Settings.Value.Association);
        Assert.Equal(read.Kaspi, database.Settings.Value.Kaspi);
    }

    [Fact]
    public async Task Edit_AFeeFromALaterMonth_CountsFromThatMonthInOtherServicesAtOnce()
    {
        var member = await database.AddAsync("Алиев Рашад");
        await database.EditAsync(admin, form => form.AddFee("2026-04", "2500"));

        var intentId = await database.Get<PaymentService>().StartAsync(member, new StartPaymentForm { Periods = [new Period(2026, 3), new Period(2026, 4)], SeenTotal = new Money(4500) });

        var months = (await database.Get<PaymentService>().IntentAsync(member, intentId)).Row.Months;
        Assert.Equal([2000, 2500], months.OrderBy(month => month.Period).Select(month => month.Amount.Tenge));
    }

    [Fact]
    public async Task Edit_TheDeadline_ChangesATileAtOnce()
    {
        var member = await database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
        Assert.Equal(MonthState.Due, (await database.Get<CabinetService>().CabinetAsync(member)).Current.State);

        await database.EditAsync(admin, form => form.DeadlineDay = "7");

        Assert.Equal(MonthState.Overdue, (await database.Get<CabinetService>().CabinetAsync(member)).Current.State);
    }

    [Fact]
    public async Task Edit_DaysUntilAnIntentLapses_CountForWhatIsOpenAlready()
    {
        var member = await database.AddAsync("Алиев Рашад");
        await database.StartAsync(member, "2026-03");
        await database.EditAsync(admin, form => form.LapseAfterDays = "2");
        var stale = await database.AnotherAsync();
        database.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(1, await stale.Get<PaymentService>().LapseAsync());
    }

    [Fact]
    public async Task Edit_AnyField_IsLoggedWithBeforeAndAfterOfThatAlone()
    {
        await database.EditAsync(admin, form =>
        {
            form.DeadlineDay = "20";
            form.Email = "";
            form.AddFee("2026-07", "2500");
        });

        await using var context = database.Context();
        var entry = await context.AuditEntries.SingleAsync(one => one.Action == AuditAction.SettingsChanged);
        Assert.Equal((admin.MemberId, nameof(PortalSettings), PortalSettings.OnlyId), (entry.ActorId, entry.EntityType, entry.EntityId));
        Assert.Equal("""{"deadlineDay":10,"email":"salam@diaspora.example"}""", entry.BeforeJson);
        Assert.Equal(new Dictionary<string, long> { ["fee:2026-07"] = 2500, ["deadlineDay"] = 20 }, JsonSerializer.Deserialize<Dictionary<string, long>>(entry.AfterJson!));
        Assert.Single(database.Feed.Changes.OfType<SettingsChanged>());
    }

    [Fact]
    public async Task Edit_RefusedByTheLog_ChangesNothing()
    {
        // The entry and the row are one commit: without the entry there is no change.
        await using (var context = database.Context())
        {
            await context.Database.ExecuteSqlRawAsync("CREATE TRIGGER no_log BEFORE INSERT ON AuditEntries BEGIN SELECT RAISE(ABORT, 'no log'); END");
        }

        Assert.NotNull(await Record.ExceptionAsync(() => database.EditAsync(admin, form => form.DeadlineDay = "20")));

        Assert.Equal(10, (await database.Get<SettingsService>().SettingsAsync(admin)).DeadlineDay);
        Assert.Equal(10, database.Settings.Rules.DeadlineDay);
        Assert.Empty(database.Feed.Changes.OfType<SettingsChanged>());
    }

    [Fact]
    public async Task Edit_NothingChanged_WritesNothing()
    {
        var before = await VersionAsync();

        await database.EditAsync(admin, _ => { });

        await using var context = database.Context();
        Assert.Equal(0, await context.AuditEntries.CountAsync(entry => entry.Action == AuditAction.SettingsChanged));
        Assert.Equal(before, await VersionAsync());
    }

    [Fact]
    public async Task Edit_TheSameFormTwice_IsOneChange()
    {
        var form = await database.FormAsync(admin);
        form.DeadlineDay = "20";
        await database.Get<SettingsService>().EditAsync(admin, form);

        await database.Get<SettingsService>().EditAsync(admin, form);

        Assert.Single(database.Feed.Changes.OfType<SettingsChanged>());
    }

    [Fact]
    public async Task Edit_OnlyTheSumOfAFee_MovesTheVersion()
    {
        await database.EditAsync(admin, form => form.AddFee("2026-07", "2500"));
        var before = await VersionAsync();

        await database.EditAsync(admin, form => form.Fees[1].Amount = "2600");

        Assert.NotEqual(before, await VersionAsync());
        Assert.Equal(2600, database.Settings.Rules.FeeOf(new Period(2026, 8)).Tenge);
    }

    [Fact]
    public void Use_WhatWasReadEarlier_DoesNotReplaceWhatIsNewer()
    {
        var settings = new CurrentSettings();
        var newer = Seed(database) with { StoredAt = new DateTime(2026, 3, 8, 7, 0, 1, DateTimeKind.Utc) };
        settings.Use(newer);

        settings.Use(Seed(database) with { StoredAt = new DateTime(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc) });

        Assert.Same(newer, settings.Value);
    }

    private async Task<Guid> VersionAsync() => (await database.Get<SettingsService>().SettingsAsync(admin)).Version;
}
