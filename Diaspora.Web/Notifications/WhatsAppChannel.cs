using System.Net.Http.Headers;
using System.Text.Json;
using Diaspora.Domain.Notifications;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>
/// WhatsApp by Meta's Cloud API. What goes is a template that Meta has approved, named after the cause, with the values of our words in their order. Our own id goes with it and comes back in Meta's
/// calls, so a message whose answer was lost is still known by them.
/// </summary>
public sealed class WhatsAppChannel(IHttpClientFactory clients, IOptions<NotificationOptions> options, TimeProvider clock) : IMessageChannel
{
    public const string Client = "whatsapp";

    /// <summary>Of its codes: the number has no WhatsApp, or not one that takes this.</summary>
    public const string NoSuchNumber = "131026";

    private WhatsAppOptions Options => options.Value.WhatsApp;

    public Channel Channel => Channel.WhatsApp;

    public bool IsOpen => Options.IsOn;

    public IReadOnlyList<string> Missing => Options.Missing;

    public long PriceTiyn => ChannelKeys.Tiyn(Options.TengePerMessage);

    public async Task<Delivery> SendAsync(Guid id, Recipient to, WrittenMessage written, CancellationToken cancel)
    {
        if (to.Phone is not { } phone)
        {
            return new Delivery(DeliveryOutcome.NoAddress, "no phone");
        }

        using var http = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Options.Address.TrimEnd('/')}/{Options.PhoneNumberId}/messages");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Options.Token);
        request.Content = JsonContent.Create(MessageOf(id, phone, written));
        var (answer, fault) = await http.AskAsync(request, Client, clock, cancel);
        if (answer is null)
        {
            return fault!;
        }

        var wamid = answer.Body is { } body ? body.Items("messages").Select(message => message.Get("id")).FirstOrDefault(number => number.Length > 0) : null;
        var code = answer.Body?.Part("error").Get("code") ?? "";
        return answer.IsGood
            ? wamid is null ? new Delivery(DeliveryOutcome.Unsure, "whatsapp answer") : Delivery.Taken with { ProviderId = wamid, CostTiyn = CostOf(written) }
            : code == NoSuchNumber ? new Delivery(DeliveryOutcome.NoAddress, $"whatsapp {code}") { DeadPhone = phone.Value }
            : new Delivery(DeliveryOutcome.Later, $"whatsapp {(code.Length > 0 ? $"code {code}" : $"{(int)answer.Status}")}");
    }

    private long CostOf(WrittenMessage written) => ((IMessageChannel)this).CostOf(written);

    private object MessageOf(Guid id, PhoneNumber phone, WrittenMessage written) => new
    {
        messaging_product = "whatsapp",
        recipient_type = "individual",
        to = phone.Value.TrimStart('+'),
        type = "template",
        biz_opaque_callback_data = id.ToString("N"),
        template = new
        {
            name = WhatsAppTemplate.NameOf(Options.TemplatePrefix, written.Cause),
            language = new { code = written.Language },
            components = written.Values.Count == 0 ? [] : (object[])[new { type = "body", parameters = written.Values.Select(value => new { type = "text", text = WhatsAppTemplate.Clean(value) }) }],
        },
    };
}

/// <summary>What Meta asks of templates.</summary>
public static class WhatsAppTemplate
{
    /// <summary>All together a body has a thousand letters.</summary>
    private const int MostLetters = 300;

    public static string NameOf(string prefix, Cause cause) => prefix + JsonNamingPolicy.SnakeCaseLower.ConvertName($"{cause}");

    /// <summary>A value as a template takes it: no line breaks, no tabs, no spaces in a row, and never nothing.</summary>
    public static string Clean(string value)
    {
        var words = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? "–" : words.Length > MostLetters ? words[..(char.IsHighSurrogate(words[MostLetters - 2]) ? MostLetters - 2 : MostLetters - 1)] + "…" : words;
    }
}
