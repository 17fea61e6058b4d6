using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace Diaspora.Web.Notifications;

/// <summary>Messages to the chats that members have connected with the portal's bot. Its token stands in every address that is asked, so nothing of these requests is logged.</summary>
public sealed class TelegramChannel(IHttpClientFactory clients, IOptions<NotificationOptions> options, IOptions<SiteOptions> site, IStringLocalizer<NotificationsTexts> texts) : IMessageChannel
{
    public const string Client = "telegram";

    public Channel Channel => Channel.Telegram;

    public bool IsOpen => options.Value.Telegram.IsGiven && site.Value.BaseUrl is not null;

    public IReadOnlyList<string> Missing => options.Value.Telegram.Missing;

    /// <summary>Where a member says the code.</summary>
    public Uri ChatWith(string code) => options.Value.Telegram.ChatWith(code);

    public async Task<Delivery> SendAsync(Guid id, Recipient to, WrittenMessage written, CancellationToken cancel)
    {
        if (to.TelegramChat is not { } chat)
        {
            return new Delivery(DeliveryOutcome.NoAddress, "no chat");
        }

        // A button may lead to an address by https alone. The title is marked by its length: what stands in a text is never taken for markup.
        var button = written.Link.Scheme == Uri.UriSchemeHttps ? Languages.In(written.Language, () => new InlineKeyboardMarkup(InlineKeyboardButton.WithUrl(texts["OpenPortal"], written.Link.AbsoluteUri))) : null;
        MessageEntity[] title = [new() { Type = MessageEntityType.Bold, Offset = 0, Length = written.Title.Length }];
        try
        {
            using var http = clients.CreateClient(Client);
            await BotOn(http).SendMessage(chat, $"{written.Title}\n\n{written.Text}", replyMarkup: button, entities: title, cancellationToken: cancel);
            return Delivery.Taken;
        }
        catch (RequestException refused)
        {
            return OutcomeOf(refused, chat);
        }
    }

    /// <summary>Tells Telegram where to call, and what to say then.</summary>
    public async Task RegisterAsync(Uri webhook, CancellationToken cancel)
    {
        using var http = clients.CreateClient(Client);
        await BotOn(http).SetWebhook(webhook.AbsoluteUri, allowedUpdates: [UpdateType.Message, UpdateType.MyChatMember], secretToken: options.Value.Telegram.WebhookSecret, cancellationToken: cancel);
    }

    /// <summary>In a word without the token: it is for the log and for admins.</summary>
    public static string ProblemOf(RequestException fault) => fault switch
    {
        ApiRequestException said => $"telegram {said.ErrorCode}",
        { HttpStatusCode: { } status } => $"telegram {(int)status}",
        { InnerException: OperationCanceledException } => "telegram silent",
        _ => "telegram line",
    };

    private static Delivery OutcomeOf(RequestException fault, long chat) => fault switch
    {
        ApiRequestException { ErrorCode: 403 } => Dead(fault, chat),
        ApiRequestException { ErrorCode: 400 } said when said.Message.Contains("chat not found", StringComparison.OrdinalIgnoreCase) => Dead(fault, chat),
        ApiRequestException said => new Delivery(DeliveryOutcome.Later, ProblemOf(fault), said.Parameters?.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
        { HttpStatusCode: not null } => new Delivery(DeliveryOutcome.Later, ProblemOf(fault)),
        { InnerException: HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } } => new Delivery(DeliveryOutcome.Later, ProblemOf(fault)),
        _ => new Delivery(DeliveryOutcome.Unsure, ProblemOf(fault)),
    };

    private static Delivery Dead(RequestException fault, long chat) => new(DeliveryOutcome.NoAddress, ProblemOf(fault)) { DeadChat = chat };

    /// <summary>It repeats nothing by itself: the outbox does, and knows when.</summary>
    private TelegramBotClient BotOn(HttpClient http) => new(
        new TelegramBotClientOptions(options.Value.Telegram.BotToken!, string.IsNullOrWhiteSpace(options.Value.Telegram.BaseUrl) ? null : options.Value.Telegram.BaseUrl) { RetryThreshold = 0, RetryCount = 0 }, http);
}
