using System.Net;
using System.Text;
using System.Text.Json;
using Diaspora.Domain.Notifications;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Instances;
using Diaspora.Tests.Screens;
using Diaspora.Web.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Notifications;

/// <summary>Telegram calls: only who says the secret is believed, and what comes twice is answered twice and done once.</summary>
public sealed class TelegramRequestsTests(TelegramPortal telegram) : IClassFixture<TelegramPortal>
{
    private const long Chat = 77_000_000_001;
    private static int _last;

    [Fact]
    public async Task Call_WithACode_ConnectsTheChatAndAnswersInItOnceForAll()
    {
        var code = await CodeAsync();
        var said = Said($"/start {code}");
        foreach (var _ in (int[])[1, 2])
        {
            var answer = await AnswerAsync(said);
            Assert.Equal(("sendMessage", Chat), (answer.GetProperty("method").GetString(), answer.GetProperty("chat_id").GetInt64()));
            Assert.StartsWith("Готово, ", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        }

        Assert.NotNull((await StateAsync()).Since);
        Assert.StartsWith("Готово, ", await TextAsync(Said("салам")), StringComparison.Ordinal);
        Assert.Contains("больше сюда не пишем", await TextAsync(Said("/stop")), StringComparison.Ordinal);
        Assert.Contains("не подключён", await TextAsync(Said("/stop")), StringComparison.Ordinal);
        Assert.Contains("уже не действует", await TextAsync(said), StringComparison.Ordinal);
        Assert.Null((await StateAsync()).Since);
    }

    [Fact]
    public async Task Call_ThatDoesNotSayTheSecret_ConnectsNothing()
    {
        var said = Said($"/start {await CodeAsync()}");
        foreach (var wrong in (string?[])[null, "", TelegramService.Secret[..^1], TelegramService.Secret + "0", TelegramService.Secret.ToUpperInvariant(), TelegramService.Token])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(said, wrong)).Status);
        }

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await CallAsync(Said(new string('x', 100_000)))).Status);
        Assert.Null((await StateAsync()).Since);
    }

    /// <summary>What is said in a group is read by others.</summary>
    [Theory]
    [InlineData("group")]
    [InlineData("supergroup")]
    [InlineData("channel")]
    public async Task Call_FromAGroup_IsTakenAndAnsweredWithNothing(string type)
    {
        Assert.Equal((HttpStatusCode.OK, ""), await CallAsync(Said($"/start {await CodeAsync()}", type)));
        Assert.Null((await StateAsync()).Since);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"update_id":1,"message":7}""")]
    [InlineData("""{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}""")]
    [InlineData("""{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":"one","type":"tomorrow"},"text":"/start x"}}""")]
    [InlineData("""{"update_id":1,"callback_query":{"id":"1","from":{"id":1,"is_bot":false,"first_name":"x"},"chat_instance":"x"}}""")]
    public async Task Call_ThatSaysNothingOfOurs_IsTakenSoThatItIsNotRepeated(string body) => Assert.Equal((HttpStatusCode.OK, ""), await CallAsync(body));

    [Fact]
    public async Task Call_WithACodeThatIsNone_SaysSoInTheLanguageOfTheChat()
    {
        Assert.Contains("не подходит", await TextAsync(Said("/start AAAAAAAAAAAAAAAAAAAAAA")), StringComparison.Ordinal);
        Assert.Contains("жарамайды", await TextAsync(Said("/start AAAAAAAAAAAAAAAAAAAAAA", language: "kk")), StringComparison.Ordinal);
        Assert.Contains("не подключён", await TextAsync(Said("/start", language: "en")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatTheBotWasBlocked_ForgetsTheChat()
    {
        await AnswerAsync(Said($"/start {await CodeAsync()}"));
        var user = new { id = Chat, is_bot = false, first_name = "Рашад" };
        var bot = new { id = 123456789, is_bot = true, first_name = "bot" };
        Assert.Equal((HttpStatusCode.OK, ""), await CallAsync(JsonSerializer.Serialize(new
        {
            update_id = Interlocked.Increment(ref _last),
            my_chat_member = new { chat = new { id = Chat, type = "private" }, from = user, date = 1, old_chat_member = new { status = "member", user = bot }, new_chat_member = new { status = "kicked", user = bot, until_date = 0 } },
        })));
        Assert.Null((await StateAsync()).Since);
    }

    [Fact]
    public async Task Call_MoreOftenThanTelegramEverDoes_IsPutOff()
    {
        using var gate = new TelegramGate();
        var address = IPAddress.Parse("149.154.167.220");
        Assert.Equal(TelegramGate.Most, Enumerable.Range(0, TelegramGate.Most).Count(_ => gate.MayCall(address)));
        await Until.TrueAsync(() => !gate.MayCall(address));
        Assert.True(gate.MayCall(IPAddress.Parse("91.108.4.1")));
        Assert.True(gate.MayCall(null));
    }

    /// <summary>At the page's own address the portal could not be called by Telegram: it says so where an admin looks, and starts.</summary>
    [Fact]
    public async Task Start_WithAnAddressThatTelegramDoesNotCall_GoesOnAndSaysSo()
    {
        await Until.TrueAsync(() => telegram.Portal.Services.GetRequiredService<TelegramWebhookState>().Problem is not null);
        Assert.Empty(telegram.Service.Asked);
        using var visitor = new Visitor(telegram.Portal);
        Assert.Contains("""{"name":"telegram","status":"Degraded"}""", await visitor.ReadAsync("/health/ready"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Configured_TellsTelegramWhereToCall()
    {
        await using var service = await TelegramService.StartAsync();
        using var portal = PortalHost.Start("Development", [.. service.Settings.Where(setting => setting.Key != "Site:BaseUrl"), ("Site:BaseUrl", "https://portal.example.kz")]);
        await Until.TrueAsync(() => service.Asked.Any(asked => asked.Method == "setWebhook"));
        Assert.Equal("https://portal.example.kz/webhooks/telegram", service.Asked.Single().Body.GetProperty("url").GetString());
    }

    [Fact]
    public async Task Call_WhereThereIsNoBot_IsAnsweredByNobody()
    {
        using var portal = PortalHost.Start("Development", ("Site:BaseUrl", "http://127.0.0.1"));
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var answer = await client.PostAsync("/webhooks/telegram", new StringContent("{}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var member = new Visitor(portal);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        Assert.DoesNotContain("Подключить Telegram", await member.ReadAsync("/cabinet/notifications"), StringComparison.Ordinal);
    }

    private static string Said(string text, string type = "private", string language = "ru") => JsonSerializer.Serialize(new
    {
        update_id = Interlocked.Increment(ref _last),
        message = new { message_id = 1, date = 1_770_000_000, chat = new { id = Chat, type }, from = new { id = Chat, is_bot = false, first_name = "Рашад", language_code = language }, text },
    });

    private async Task<JsonElement> AnswerAsync(string body)
    {
        var (status, answer) = await CallAsync(body);
        Assert.Equal(HttpStatusCode.OK, status);
        using var read = JsonDocument.Parse(answer);
        return read.RootElement.Clone();
    }

    private async Task<string> TextAsync(string body) => (await AnswerAsync(body)).GetProperty("text").GetString()!;

    private async Task<(HttpStatusCode Status, string Body)> CallAsync(string body, string? secret = TelegramService.Secret)
    {
        using var client = new HttpClient { BaseAddress = telegram.Portal.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/telegram") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (secret is not null)
        {
            request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<T> AsDebtorAsync<T>(Func<TelegramLinkService, Actor, Task<T>> ask)
    {
        await using var scope = telegram.Portal.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TelegramLinkService>(), new Actor(await ExampleData.IdOfAsync(telegram.Portal, PortalHost.Debtor), "127.0.0.1", "tests"));
    }

    private Task<string> CodeAsync() => AsDebtorAsync((links, debtor) => links.BeginAsync(debtor));

    private Task<TelegramState> StateAsync() => AsDebtorAsync((links, debtor) => links.StateAsync(debtor));
}

/// <summary>A portal with a bot, for all tests that call it.</summary>
public sealed class TelegramPortal : IAsyncLifetime
{
    internal TelegramService Service { get; private set; } = null!;

    internal PortalHost Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await TelegramService.StartAsync();
        Portal = PortalHost.Start("Development", Service.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Service.DisposeAsync();
    }
}
