using Diaspora.Domain.Dues;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Storage;
using Diaspora.Web.Dues;
using Diaspora.Web.Notifications;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell.Guard;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Diaspora.Tests.Notifications;

/// <summary>Messages to a Bot API on the loopback: what it is told, and what is made of what it answers.</summary>
public sealed class TelegramChannelTests : IAsyncLifetime
{
    private const long Chat = 77_000_000_001;
    private TimeSpan _patience = TimeSpan.FromSeconds(30);
    private TelegramService _service = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await TelegramService.StartAsync();
        var settings = new CurrentSettings();
        settings.Use(new SettingsSnapshot(new DuesRules(FeeSchedule.Always(new Money(2000)), 10, 12, 14, TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty"))));
        var options = new NotificationOptions { Telegram = new TelegramOptions { BotToken = TelegramService.Token, BotName = TelegramService.Bot, WebhookSecret = TelegramService.Secret, BaseUrl = _service.Origin } };
        _services = new ServiceCollection().AddLocalization().AddLogging().AddHttpClient(TelegramChannel.Client, client => client.Timeout = _patience).Services
            .AddSingleton<TimeProvider>(new FakeTimeProvider(TestDatabase.Noon(2026, 3, 8))).AddSingleton(settings.Rules.Zone).AddSingleton(settings)
            .AddSingleton(Options.Create(new SiteOptions { BaseUrl = "https://portal.example.kz" })).AddSingleton(Options.Create(options))
            .AddSingleton<Wording>().AddSingleton<PeriodWords>().AddMessageWriter().AddSingleton<TelegramChannel>().BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Theory]
    [InlineData("ru", "Взнос принят", "Рашад, оплачено: март. Спасибо!", "Открыть кабинет")]
    [InlineData("kk", "Жарна қабылданды", "Рашад, төленді: наурыз. Рақмет!", "Кабинетті ашу")]
    public async Task Send_AConfirmation_IsAMessageWithATitleAndAButtonInTheMembersLanguage(string language, string title, string text, string button)
    {
        Assert.Equal(Delivery.Taken, await SendAsync(language));

        var (token, method, body) = Assert.Single(_service.Asked);
        Assert.Equal((TelegramService.Token, "sendMessage", Chat, $"{title}\n\n{text}"), (token, method, body.GetProperty("chat_id").GetInt64(), body.GetProperty("text").GetString()));
        var bold = Assert.Single(body.GetProperty("entities").EnumerateArray());
        Assert.Equal(("bold", 0, title.Length), (bold.GetProperty("type").GetString(), bold.GetProperty("offset").GetInt32(), bold.GetProperty("length").GetInt32()));
        var link = body.GetProperty("reply_markup").GetProperty("inline_keyboard")[0][0];
        Assert.Equal((button, "https://portal.example.kz/cabinet/payments"), (link.GetProperty("text").GetString(), link.GetProperty("url").GetString()));
        Assert.False(body.TryGetProperty("parse_mode", out _), "What stands in a text is never markup.");
    }

    [Theory]
    [InlineData(403, "Forbidden: bot was blocked by the user", DeliveryOutcome.NoAddress, true)]
    [InlineData(403, "Forbidden: user is deactivated", DeliveryOutcome.NoAddress, true)]
    [InlineData(400, "Bad Request: chat not found", DeliveryOutcome.NoAddress, true)]
    [InlineData(400, "Bad Request: message is too long", DeliveryOutcome.Later, false)]
    [InlineData(401, "Unauthorized", DeliveryOutcome.Later, false)]
    [InlineData(404, "Not Found", DeliveryOutcome.Later, false)]
    [InlineData(500, "Internal Server Error", DeliveryOutcome.Later, false)]
    [InlineData(502, "Bad Gateway", DeliveryOutcome.Later, false)]
    public async Task Send_AndBeRefused_IsForgottenOrTriedAgain(int code, string description, DeliveryOutcome outcome, bool isDead)
    {
        _service.Answer = _ => TelegramService.Refusal(code, description);
        Assert.Equal(new Delivery(outcome, $"telegram {code}") { DeadChat = isDead ? Chat : null }, await SendAsync());
        Assert.Single(_service.Asked);
    }

    [Fact]
    public async Task Send_ToWhoeverWantsToBeLeftAlone_WaitsAsLongAsTheySay()
    {
        _service.Answer = _ => TelegramService.Refusal(429, "Too Many Requests: retry after 17", 17);
        Assert.Equal(new Delivery(DeliveryOutcome.Later, "telegram 429", TimeSpan.FromSeconds(17)), await SendAsync());
        Assert.Single(_service.Asked);
    }

    /// <summary>A web server in between answers with a page of its own.</summary>
    [Fact]
    public async Task Send_AndGetAPageBack_IsTriedAgain()
    {
        _service.Answer = _ => Results.Text("<html>Bad gateway</html>", "text/html", statusCode: 502);
        Assert.Equal(new Delivery(DeliveryOutcome.Later, "telegram 502"), await SendAsync());
    }

    [Fact]
    public async Task Send_ToAServiceThatSaysNothing_IsUnsure()
    {
        (_patience, _service.Silent) = (TimeSpan.FromMilliseconds(300), Chat);
        Assert.Equal(new Delivery(DeliveryOutcome.Unsure, "telegram silent"), await SendAsync());
    }

    [Fact]
    public async Task Send_ToAServiceThatIsAway_IsTriedAgain()
    {
        await _service.StopAsync();
        Assert.Equal(new Delivery(DeliveryOutcome.Later, "telegram line"), await SendAsync());
    }

    [Fact]
    public async Task Send_ToAMemberWithoutAChat_AsksNobody()
    {
        Assert.Equal(DeliveryOutcome.NoAddress, (await SendAsync("ru", null)).Outcome);
        Assert.Empty(_service.Asked);
    }

    [Fact]
    public async Task Register_WhereToCall_SaysTheSecretAndWantsNothingButMessages()
    {
        await _services.GetRequiredService<TelegramChannel>().RegisterAsync(new Uri("https://portal.example.kz/webhooks/telegram"), TestContext.Current.CancellationToken);
        var (_, method, body) = Assert.Single(_service.Asked);
        Assert.Equal(("setWebhook", "https://portal.example.kz/webhooks/telegram", TelegramService.Secret), (method, body.GetProperty("url").GetString(), body.GetProperty("secret_token").GetString()));
        Assert.Equal(["message", "my_chat_member"], body.GetProperty("allowed_updates").EnumerateArray().Select(kind => kind.GetString()));
    }

    /// <summary>A message shows on a lock screen too, where anybody reads along.</summary>
    [Theory]
    [InlineData("ru")]
    [InlineData("kk")]
    public void Write_EveryCause_HasItsWordsAndSaysNoSum(string language) => Assert.All(Enum.GetValues<Cause>().Except([Cause.SignInLink]), cause =>
    {
        var written = _services.GetRequiredService<MessageWriter>().Write(cause, Channel.Telegram, language, "Алиев Рашад", new NoticeFacts([new Period(2026, 3)], 2000, "не та сумма: 2000") { Imported = new ImportedRows("Взносы.xlsx", 1, 1, 1, 1) });
        Assert.DoesNotContain($"{cause}", written.Title + written.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("2", written.Title + written.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", written.Title + written.Text, StringComparison.Ordinal);
        Assert.InRange(written.Text.Length, 10, 200);
    });

    [Theory]
    [InlineData(TelegramService.Token, TelegramService.Bot, TelegramService.Secret, null, 0)]
    [InlineData(null, null, null, null, 0)]
    [InlineData("", " ", "", "", 0)]
    [InlineData(TelegramService.Token, null, null, null, 2)]
    [InlineData(null, TelegramService.Bot, TelegramService.Secret, null, 1)]
    [InlineData("a token", TelegramService.Bot, TelegramService.Secret, null, 1)]
    [InlineData(TelegramService.Token, "@diaspora_bot", TelegramService.Secret, null, 1)]
    [InlineData(TelegramService.Token, "https://t.me/diaspora_bot", TelegramService.Secret, null, 1)]
    [InlineData(TelegramService.Token, TelegramService.Bot, "short", null, 1)]
    [InlineData(TelegramService.Token, TelegramService.Bot, "a secret with spaces", null, 1)]
    [InlineData(TelegramService.Token, TelegramService.Bot, TelegramService.Secret, "http://telegram.example.kz", 1)]
    [InlineData(null, null, null, "telegram", 1)]
    public void Configure_HalfOfIt_IsToldByItsKeyWithoutASecret(string? token, string? name, string? secret, string? address, int faults)
    {
        var found = new TelegramOptions { BotToken = token, BotName = name, WebhookSecret = secret, BaseUrl = address }.Faults().ToList();
        Assert.Equal(faults, found.Count);
        Assert.All(found, fault => Assert.StartsWith("Notifications:Telegram:", fault, StringComparison.Ordinal));
        Assert.All(found, fault => Assert.False(fault.Contains("a token", StringComparison.Ordinal) || fault.Contains("spaces", StringComparison.Ordinal), fault));
    }

    private Task<Delivery> SendAsync(string language = "ru", long? chat = Chat) => _services.GetRequiredService<TelegramChannel>().SendAsync(
        Guid.NewGuid(), new Recipient(Guid.NewGuid(), "Алиев Рашад", null) { TelegramChat = chat },
        _services.GetRequiredService<MessageWriter>().Write(Cause.PaymentConfirmed, Channel.Telegram, language, "Алиев Рашад", new NoticeFacts([new Period(2026, 3)], 2000)), TestContext.Current.CancellationToken);
}
