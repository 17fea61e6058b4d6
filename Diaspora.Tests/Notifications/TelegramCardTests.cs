using System.Globalization;
using System.Security.Claims;
using Bunit;
using Diaspora.Domain.Notifications;
using Diaspora.Tests.Storage;
using Diaspora.Web.Notifications;
using Diaspora.Web.Notifications.Cabinet;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace Diaspora.Tests.Notifications;

/// <summary>The card over a real file: a press makes a code, and the open page turns by itself once it was said in Telegram.</summary>
public sealed class TelegramCardTests : IAsyncLifetime
{
    private const long Chat = 77_000_000_001;
    private readonly (CultureInfo Culture, CultureInfo Ui) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext _context = new();
    private readonly TestDatabase _database = new();
    private Actor _member = null!;

    public TelegramCardTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _member = await _database.AddAsync("Алиев Рашад");
        var options = new NotificationOptions { Telegram = new TelegramOptions { BotToken = TelegramService.Token, BotName = TelegramService.Bot, WebhookSecret = TelegramService.Secret } };
        _context.Services.AddMudServices();
        _context.Services.AddLocalization().AddLogging().AddHttpClient().AddSingleton<TimeProvider>(_database.Clock).AddSingleton(_database.Rules.Zone).AddSingleton<IChangeFeed>(_database.Feed)
            .AddSingleton(_database.Get<TelegramLinkService>()).AddSingleton(Options.Create(new SiteOptions { BaseUrl = "https://portal.example.kz" })).AddSingleton(Options.Create(options))
            .AddSingleton<TelegramChannel>().AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<ProblemWords>();
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.AddBunitPersistentComponentState();
        _context.AddAuthorization().SetAuthorized("member").SetClaims(new Claim(ClaimTypes.NameIdentifier, _member.MemberId!.Value.ToString()));
        _context.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        await _context.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Press_AndSayTheCodeInTelegram_TurnsTheOpenCard()
    {
        var card = _context.Render<TelegramCard>();
        await card.Find("button").ClickAsync();
        card.WaitForElement("a[href]");
        var link = new Uri(card.Find("a").GetAttribute("href")!);
        Assert.Equal(("t.me", "/diaspora_test_bot", "_blank"), (link.Host, link.AbsolutePath, card.Find("a").GetAttribute("target")));
        Assert.Contains("Код действует 15 мин", card.Markup, StringComparison.Ordinal);

        await _database.Get<TelegramLinkService>().LinkAsync(Chat, link.Query["?start=".Length..]);
        card.WaitForAssertion(() => Assert.Contains("Telegram подключён", card.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Empty(card.FindAll("a"));

        // And back, from the chat.
        await _database.Get<TelegramLinkService>().LeaveAsync(Chat);
        card.WaitForAssertion(() => Assert.Equal("Подключить Telegram", card.Find("button").TextContent.Trim()));
    }

    [Fact]
    public async Task Show_AChatThatWasLost_SaysWhatToDo()
    {
        var links = _database.Get<TelegramLinkService>();
        await links.LinkAsync(Chat, await links.BeginAsync(_member));
        await _database.Get<IStore>().WriteAsync(async work =>
        {
            (await work.Outbox.OfTelegramChatAsync(Chat))!.LoseTelegram(_database.Now());
            return true;
        });
        Assert.Contains("бот заблокирован", _context.Render<TelegramCard>().Markup, StringComparison.Ordinal);
    }
}
