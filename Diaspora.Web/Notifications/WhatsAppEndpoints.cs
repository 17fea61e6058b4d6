using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>Where Meta asks once whether this address is ours, and then tells what becomes of messages. Only what is signed with our secret is read.</summary>
public static class WhatsAppEndpoints
{
    public const string SignatureHeader = "X-Hub-Signature-256";

    /// <summary>A call of some hundred states.</summary>
    private const int MostBytes = 1024 * 1024;

    public static void MapWhatsApp(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Urls.WhatsAppWebhook, Answer).AllowAnonymous();
        routes.MapPost(Urls.WhatsAppWebhook, TakeAsync).AllowAnonymous().DisableAntiforgery();
    }

    private static IResult Answer(HttpRequest request, IOptions<NotificationOptions> options)
    {
        if (options.Value.WhatsApp is not { IsOn: true, VerifyToken: { } token })
        {
            return TypedResults.NotFound();
        }

        var said = $"{request.Query["hub.verify_token"]}";
        return request.Query["hub.mode"] == "subscribe" && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(token))
            ? TypedResults.Text($"{request.Query["hub.challenge"]}", "text/plain")
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
    }

    /// <summary>What is of no message of ours is accepted all the same: it would be said again for a week.</summary>
    private static async Task<IResult> TakeAsync(HttpContext context, IOptions<NotificationOptions> options, DeliveryNewsService news, ILoggerFactory logs, CancellationToken cancel)
    {
        if (options.Value.WhatsApp is not { IsOn: true, AppSecret: { } secret })
        {
            return TypedResults.NotFound();
        }

        // Nothing is read of a call that is not even signed.
        if (!context.Request.Headers[SignatureHeader].ToString().StartsWith("sha256=", StringComparison.Ordinal))
        {
            return TypedResults.Text("Not signed", statusCode: StatusCodes.Status401Unauthorized);
        }

        var log = logs.CreateLogger(typeof(WhatsAppEndpoints));
        var room = new byte[MostBytes + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancel);
        if (length > MostBytes)
        {
            return TypedResults.Text("Too large", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        if (!SignedBody.Is(secret, room.AsSpan(0, length), context.Request.Headers[SignatureHeader]))
        {
            log.LogWarning("A call in WhatsApp's name was not signed with our secret");
            return TypedResults.Text("Not signed", statusCode: StatusCodes.Status401Unauthorized);
        }

        var said = ProviderLine.Read(Encoding.UTF8.GetString(room, 0, length)) is { } body ? Read(body).ToList() : [];
        var unknown = await news.NoteAsync(Channel.WhatsApp, said, cancel);
        if (unknown > 0)
        {
            log.LogInformation("WhatsApp told of {Count} messages that are none of this portal's", unknown);
        }

        return TypedResults.Text("OK");
    }

    private static IEnumerable<DeliveryNews> Read(JsonElement body) =>
        from entry in body.Items("entry")
        from change in entry.Items("changes")
        from status in change.Part("value").Items("statuses")
        let number = status.Get("id")
        let kind = status.Get("status") switch
        {
            "sent" => DeliveryNewsKind.Sent,
            "delivered" => DeliveryNewsKind.Delivered,
            "read" or "played" => DeliveryNewsKind.Read,
            "failed" => DeliveryNewsKind.Failed,
            _ => (DeliveryNewsKind?)null,
        }
        where kind is not null && number.Length is > 0 and <= Message.ProviderIdLength && number.All(char.IsAscii)
        let code = status.Items("errors").Select(error => error.Get("code")).FirstOrDefault(code => code.Length > 0)
        select new DeliveryNews(number, Guid.TryParseExact(status.Get("biz_opaque_callback_data"), "N", out var id) ? id : null, kind.Value, MomentOf(status.Get("timestamp")), code is null ? null : $"whatsapp code {code}")
        {
            DeadPhone = code == WhatsAppChannel.NoSuchNumber && status.Get("recipient_id") is { Length: > 0 } phone ? $"+{phone}" : null,
        };

    /// <summary>Seconds since 1970. The beginning of time stands for what is none: nobody believes that either.</summary>
    private static DateTime MomentOf(string seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) && unix is > 0 and < uint.MaxValue ? DateTimeOffset.FromUnixTimeSeconds(unix).UtcDateTime : DateTime.UnixEpoch;
}
