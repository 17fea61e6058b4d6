using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Diaspora.Tests.Notifications;

/// <summary>What the Bot API was asked.</summary>
internal sealed record AskedTelegram(string Token, string Method, JsonElement Body);

/// <summary>Telegram's Bot API on the loopback: it keeps what it was asked, and answers as it is told.</summary>
internal sealed class TelegramService : IAsyncDisposable
{
    public const string Token = "123456789:AAtokenOfTestsThatNobodyHas_0123456789";
    public const string Bot = "diaspora_test_bot";
    public const string Secret = "a-secret-of-the-webhook_1";

    private readonly TaskCompletionSource _over = new();
    private readonly WebApplication _service;

    private TelegramService(WebApplication service) => _service = service;

    public ConcurrentQueue<AskedTelegram> Asked { get; } = [];

    /// <summary>Instead of having taken it; by the chat.</summary>
    public Func<long, IResult?> Answer { get; set; } = _ => null;

    /// <summary>Nothing is said to whoever asks for this chat.</summary>
    public long? Silent { get; set; }

    public string Origin => _service.Urls.First();

    /// <summary>A portal's, that has a bot here.</summary>
    public (string Key, string Value)[] Settings =>
        [("Site:BaseUrl", "http://127.0.0.1"), ("Notifications:Telegram:BotToken", Token), ("Notifications:Telegram:BotName", Bot), ("Notifications:Telegram:WebhookSecret", Secret), ("Notifications:Telegram:BaseUrl", Origin)];

    public static async Task<TelegramService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new TelegramService(builder.Build());
        service._service.MapPost("/bot{token}/{method}", service.TakeAsync);
        await service._service.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>As Telegram refuses.</summary>
    public static IResult Refusal(int code, string description, int? retryAfter = null) => Results.Json(
        new { ok = false, error_code = code, description, parameters = retryAfter is { } seconds ? new { retry_after = seconds } : null }, statusCode: code);

    public Task StopAsync() => _service.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        await _service.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpContext context, string token, string method)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Asked.Enqueue(new AskedTelegram(token, method, body.RootElement.Clone()));
        if (method != "sendMessage")
        {
            return Results.Json(new { ok = true, result = true });
        }

        var chat = body.RootElement.GetProperty("chat_id").GetInt64();
        if (chat == Silent)
        {
            await _over.Task;
        }

        return Answer(chat) ?? Results.Json(new { ok = true, result = new { message_id = Asked.Count, date = 1, chat = new { id = chat, type = "private" } } });
    }
}
