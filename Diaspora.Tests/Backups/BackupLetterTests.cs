using Diaspora.Data.Operations;
using Diaspora.Domain.Access;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Storage;
using Diaspora.Web.Accounts;
using Diaspora.Web.Backups;
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
            .AddSingleton<SmtpServer>().AddSingleton<Mailbox>().AddSingleton<Wording>().AddSingleton<BackupWords>().AddSingleton<BackupLetter>().BuildServiceProvider();
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
    public async Task Send_WhileItIsBad_WritesToEachAdminInTheirLanguageOnceADay()
    {
        await AdminAsync("leyla@example.kz", "ru");
        await AdminAsync("aygul@example.kz", "kk");
        await _database.RememberAsync(TimeSpan.FromHours(1), _database.FailedRun("The disk is full."));

        Assert.Equal(2, await SendAsync());

        var letters = new[] { await _letters.TakeAsync(), await _letters.TakeAsync() }.OrderBy(letter => letter.To.ToString()).ToList();
        Assert.Equal(["aygul@example.kz", "leyla@example.kz"], letters.Select(letter => letter.To.Mailboxes.Single().Address));
        Assert.Equal(["Порталдың сақтық көшірмелеріне назар аудару қажет", "Резервные копии портала требуют внимания"], letters.Select(letter => letter.Subject));
        Assert.Contains("Соңғы әрекет сәтсіз аяқталды: бүгін, 12:00.", letters[0].TextBody, StringComparison.Ordinal);
        Assert.Contains("Последняя попытка не удалась: сегодня, 12:00.", letters[1].TextBody, StringComparison.Ordinal);
        Assert.All(letters, letter => Assert.Contains("https://portal.example.kz/admin/backups", letter.TextBody, StringComparison.Ordinal));
        Assert.All(letters, letter => Assert.DoesNotContain("disk", letter.TextBody, StringComparison.Ordinal));

        _database.Clock.Advance(TimeSpan.FromHours(23.9));
        Assert.Equal(0, await SendAsync());
        _database.Clock.Advance(TimeSpan.FromHours(0.1));
        Assert.Equal(2, await SendAsync());
    }

    [Fact]
    public async Task Send_WhereNoAdminHasAnAddress_WritesToTheAssociation()
    {
        await _database.AddAdminAsync();
        await _database.RememberAsync(TimeSpan.FromHours(30));

        Assert.Equal(1, await SendAsync());

        var letter = await _letters.TakeAsync();
        Assert.Equal("office@example.kz", letter.To.Mailboxes.Single().Address);
        Assert.Contains("Ни одной годной копии ещё не сделано.", letter.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WhileNothingIsWrong_WritesNothing()
    {
        await AdminAsync("leyla@example.kz", "ru");
        await _database.Archives().CreateAsync(Token);
        Assert.Equal(0, await SendAsync());
        Assert.True(_letters.IsEmpty);
    }

    [Fact]
    public async Task Send_ByAnotherPortalToo_WritesOnce()
    {
        await AdminAsync("leyla@example.kz", "ru");
        await _database.RememberAsync(TimeSpan.FromHours(30));
        var other = await _database.AnotherAsync();
        Assert.True(await other.Get<TaskTurns>().TakeAsync("backup letter", TimeSpan.FromMinutes(5), Token));

        Assert.Equal(0, await SendAsync());

        await other.Get<TaskTurns>().GiveBackAsync("backup letter", _database.Clock.GetUtcNow().UtcDateTime, Token);
        Assert.Equal(0, await SendAsync());
    }

    private Task<int> SendAsync() => _services.GetRequiredService<BackupLetter>().SendAsync(Token);

    private async Task AdminAsync(string address, string language)
    {
        var admin = await _database.AddAsync("Нигяр Керимова", Role.Admin, joinedOn: null);
        await using var context = _database.Context();
        await context.Members.Where(member => member.Id == admin.MemberId)
            .ExecuteUpdateAsync(member => member.SetProperty(one => one.Email, address).SetProperty(one => one.Language, language), Token);
    }
}
