using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Telegram.Bot;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Diaspora.Web.Notifications;

/// <summary>
/// Where Telegram tells what was said to the bot. What is said back stands in the answer itself, so that it is said if and only if the call was taken: a call that comes twice is
/// answered the same, and changes nothing the second time.
/// </summary>
internal static class TelegramEndpoints
{
    public const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    /// <summary>Of a call: what somebody writes has 4096 signs at most.</summary>
    public const int MostBytes = 64 * 1024;

    private const string Start = "/start";
    private const string Stop = "/stop";

    public static void MapTelegram(this IEndpointRouteBuilder routes) => routes.MapPost(Urls.TelegramWebhook, TakeAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> TakeAsync(
        HttpContext context, TelegramChannel channel, TelegramGate gate, IOptions<NotificationOptions> options, TelegramLinkService links, IStringLocalizer<NotificationsTexts> texts, CancellationToken cancel)
    {
        if (!channel.IsOpen)
        {
            return TypedResults.NotFound();
        }

        if (!gate.MayCall(context.Connection.RemoteIpAddress))
        {
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (!IsSecret(context.Request.Headers[SecretHeader], options.Value.Telegram.WebhookSecret!))
        {
            return TypedResults.Text("Not signed", statusCode: StatusCodes.Status401Unauthorized);
        }

        if (await ReadAsync(context.Request, cancel) is not { } body)
        {
            return TypedResults.Text("Too large", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        return Parse(body) is { } update ? await AnswerAsync(update, links, texts, cancel) : TypedResults.Ok();
    }

    private static async Task<IResult> AnswerAsync(Update update, TelegramLinkService links, IStringLocalizer<NotificationsTexts> texts, CancellationToken cancel)
    {
        // Nothing is said to groups: what somebody owes is nobody else's matter.
        if (update.MyChatMember is { Chat: { Type: ChatType.Private } left, NewChatMember.Status: ChatMemberStatus.Kicked })
        {
            await links.LeaveAsync(left.Id, cancel);
        }

        if (update.Message is not { Chat: { Type: ChatType.Private } chat, Text: { } text } said)
        {
            return TypedResults.Ok();
        }

        var words = text.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var answer = words switch
        {
            [Start, var code] => await links.LinkAsync(chat.Id, code, cancel),
            [Stop] => await links.LeaveAsync(chat.Id, cancel),
            _ => await links.GreetAsync(chat.Id, cancel),
        };
        var language = answer.Person?.Language ?? (said.From?.LanguageCode is { } spoken && Languages.Knows(spoken) ? spoken : Languages.Default);
        var reply = new SendMessageRequest
        {
            ChatId = chat.Id,
            Text = Languages.In(language, () => texts[$"Bot{answer.Outcome}", MessageWriter.FirstName(answer.Person?.FullName ?? "")].Value),
            IsWebhookResponse = true,
        };
        return TypedResults.Text(JsonSerializer.Serialize(reply, JsonBotAPI.Options), "application/json");
    }

    private static bool IsSecret(string? said, string secret) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said ?? ""), Encoding.UTF8.GetBytes(secret));

    /// <returns>Nothing where it says nothing that is known: it would be no better the next time.</returns>
    private static Update? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Update>(body, JsonBotAPI.Options);
        }
        catch (Exception unknown) when (unknown is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <returns>Nothing where it is longer than any call.</returns>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var body = new byte[MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancel);
        return length > MostBytes ? null : body[..length];
    }
}
