using Diaspora.Data.Operations;
using Diaspora.Domain.Access;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Notifications;
using Diaspora.Tests.Storage;
using Diaspora.Web.Accounts;
using Diaspora.Web.Backups;
using Diaspora.Web.Dues;
using Diaspora.Web.Notifications;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell.Guard;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Diaspora.Tests.Backups;

/// <summary>Letters about backups, to a mail server that keeps them.</summary>
public sealed class BackupLetterTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly LetterBox _letters = new();
    private ServiceProvider _services = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _services = new ServiceCollection().AddLocalization().AddLogging().AddSingleton<TimeProvider>(_database.Clock).AddSingleton(_database.Rules.Zone).AddSingleton(_database.Settings)
            .AddSingleton(_database.Get<BackupService>()).AddSingleton(_database.Get<TaskTurns>())
            .AddSingleton(Options.Create(new SmtpOptions { Host = "127.0.0.1", Port = _letters.Port, UseTls = false, From = "salam@example.kz" }))
            .AddSingleton(Options.Create(new SiteOptions { BaseUrl = "https://portal.example.kz" }))
            .AddSingleton<SmtpServer>().AddSingleton<Mailbox>().AddSingleton<Wording>().AddSingleton<PeriodWords>().AddMessageWriter().AddSingleton<BackupWords>().AddSingleton<BackupLetter>().BuildServiceProvider();
        await _services.GetRequiredService<Mailbox>().StartAsync(Token);
        _database.Settings.Use(new SettingsSnapshot(_database.Rules) { Association = AssociationContacts.None with { Name = "Диаспора", NameKazakh = "Диаспора қауымы", Email = "office@example.kz" } });
    }

    public async ValueTask DisposeAsync()
    {
        await _services.GetRequiredService<Mailbox>().StopAsync(Token);
        await _services.DisposeAsync();
        _letters.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Send_WhereNoAdminHasAnAddress_WritesToTheAssociationOnceADay()
    {
        await _database.AddAdminAsync();
        await _database.RememberAsync(TimeSpan.FromHours(30), _database.FailedRun("The disk is full."));

        Assert.True(await SendAsync());

        var letter = await _letters.TakeAsync();
        Assert.Equal(("office@example.kz", "Резервные копии портала требуют внимания"), (letter.To.Mailboxes.Single().Address, letter.Subject));
        Assert.Contains("Ни одной годной копии ещё не сделано.", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("Последняя попытка не удалась: сегодня, 12:00.", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://portal.example.kz/admin/backups", letter.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("disk", letter.TextBody, StringComparison.Ordinal);

        _database.Clock.Advance(TimeSpan.FromHours(23.9));
        Assert.False(await SendAsync());
        _database.Clock.Advance(TimeSpan.FromHours(0.1));
        Assert.True(await SendAsync());
    }

    /// <summary>They are told as staff are told of everything; an address that no letter reaches is none.</summary>
    [Fact]
    public async Task Send_WhereAnAdminHasAnAddress_LeavesItToTheOutbox()
    {
        await _database.RememberAsync(TimeSpan.FromHours(30));
        var admin = await AdminAsync("leyla@example.kz", "ru");
        Assert.False(await SendAsync());

        await _database.Get<IStore>().WriteAsync(work =>
        {
            var contact = new MemberContact(admin.MemberId!.Value);
            contact.Bury("leyla@example.kz");
            work.Outbox.Add(contact);
            return Task.FromResult(true);
        });
        Assert.True(await SendAsync());
    }

    [Fact]
    public async Task Send_WhileNothingIsWrong_WritesNothing()
    {
        await _database.Archives().CreateAsync(Token);
        Assert.False(await SendAsync());
        Assert.True(_letters.IsEmpty);
    }

    [Fact]
    public async Task Send_ByAnotherPortalToo_WritesOnce()
    {
        await _database.RememberAsync(TimeSpan.FromHours(30));
        var other = await _database.AnotherAsync();
        Assert.True(await other.Get<TaskTurns>().TakeAsync("backup letter", TimeSpan.FromMinutes(5), Token));

        Assert.False(await SendAsync());

        await other.Get<TaskTurns>().GiveBackAsync("backup letter", _database.Clock.GetUtcNow().UtcDateTime, Token);
        Assert.False(await SendAsync());
    }

    private Task<bool> SendAsync() => _services.GetRequiredService<BackupLetter>().SendAsync(Token);

    private async Task<Actor> AdminAsync(string address, string language)
    {
        var admin = await _database.AddAsync("Нигяр Керимова", Role.Admin, joinedOn: null);
        await using var context = _database.Context();
        await context.Members.Where(member => member.Id == admin.MemberId)
            .ExecuteUpdateAsync(member => member.SetProperty(one => one.Email, address).SetProperty(one => one.Language, language), Token);
        return admin;
    }
}
