using System.Globalization;
using Diaspora.Domain.Notifications;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>
/// Short messages by Mobizon, by its public documents of 2026. It knows no id of ours, so what it did not answer to nobody can ask after; what it took it is asked about by its own.
/// </summary>
public sealed class SmsChannel(IHttpClientFactory clients, IOptions<NotificationOptions> options, TimeProvider clock) : IMessageChannel
{
    public const string Client = "sms";

    /// <summary>It answers about no more at once.</summary>
    public const int MostAsked = 100;

    /// <summary>Of its codes: fields that are wrong, and it names them.</summary>
    private const string WrongFields = "1";

    private SmsOptions Options => options.Value.Sms;

    public Channel Channel => Channel.Sms;

    public bool IsOpen => Options.IsOn;

    public IReadOnlyList<string> Missing => Options.Missing;

    public long PriceTiyn => ChannelKeys.Tiyn(Options.TengePerPart);

    public long CostOf(WrittenMessage written) => PriceTiyn * SmsParts.Of(TextOf(written)).Count;

    public async Task<Delivery> SendAsync(Guid id, Recipient to, WrittenMessage written, CancellationToken cancel)
    {
        if (to.Phone is not { } phone)
        {
            return new Delivery(DeliveryOutcome.NoAddress, "no phone");
        }

        List<KeyValuePair<string, string>> fields = [new("recipient", phone.Value.TrimStart('+')), new("text", TextOf(written))];
        if (!string.IsNullOrWhiteSpace(Options.From))
        {
            fields.Add(new("from", Options.From));
        }

        var (answer, fault) = await AskAsync("sendSmsMessage", fields, cancel);
        if (answer is null)
        {
            return fault!;
        }

        var code = answer.Body?.Get("code") ?? "";
        var number = answer.Body?.Part("data").Get("messageId") ?? "";
        return code switch
        {
            "0" when number.Length > 0 => Delivery.Taken with { ProviderId = number, CostTiyn = CostOf(written) },
            WrongFields when answer.Body!.Value.Part("data").Part("recipient").ValueKind != default => new Delivery(DeliveryOutcome.NoAddress, "sms recipient") { DeadPhone = phone.Value },

            // It took it and did not say as what, or said nothing that can be read.
            "0" or "" when answer.IsGood => new Delivery(DeliveryOutcome.Unsure, "sms answer"),
            "" => new Delivery(DeliveryOutcome.Later, $"sms {(int)answer.Status}"),
            _ => new Delivery(DeliveryOutcome.Later, $"sms code {code}"),
        };
    }

    /// <summary>What became of what it took. Of whatever it does not answer nothing is known yet.</summary>
    /// <returns>Nothing where it did not answer at all.</returns>
    public async Task<IReadOnlyList<DeliveryNews>?> AskAsync(IReadOnlyList<string> numbers, CancellationToken cancel)
    {
        var (answer, _) = await AskAsync("getSMSStatus", numbers.Select((number, place) => KeyValuePair.Create($"ids[{place.ToString(CultureInfo.InvariantCulture)}]", number)), cancel);
        if (answer is null)
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        return answer.Body is { } body && body.Get("code") == "0"
            ? [.. body.Items("data").Select(item => (Number: item.Get("id"), Status: item.Get("status"))).Where(item => item.Number.Length > 0 && KindOf(item.Status) is not null)
                .Select(item => new DeliveryNews(item.Number, null, KindOf(item.Status)!.Value, now, $"sms {item.Status}"))]
            : [];
    }

    private static DeliveryNewsKind? KindOf(string status) => status switch
    {
        "DELIVRD" => DeliveryNewsKind.Delivered,
        "UNDELIV" or "REJECTD" or "EXPIRED" or "DELETED" => DeliveryNewsKind.Failed,
        _ => null,
    };

    private static string TextOf(WrittenMessage written) => SmsParts.Join(written.Title, written.Text);

    private async Task<(ProviderAnswer? Answer, Delivery? Fault)> AskAsync(string verb, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancel)
    {
        using var http = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Options.Address.TrimEnd('/')}/service/message/{verb}");

        // In the body: an address is written down by whatever stands between.
        request.Content = new FormUrlEncodedContent([new("apiKey", Options.ApiKey), new("output", "json"), new("api", "v1"), .. fields.Select(field => KeyValuePair.Create(field.Key, (string?)field.Value))]);
        return await http.AskAsync(request, "sms", clock, cancel);
    }
}
