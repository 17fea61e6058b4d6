using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Diaspora.Domain.Kaspi;
using Diaspora.Web.Payments;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>ApiPay.kz, by its public documents of 2026.</summary>
public sealed class ApiPay(IHttpClientFactory clients, IOptions<KaspiOptions> kaspi) : IPaymentProvider
{
    public const string Key = "apipay";
    public const string SignatureHeader = "X-Webhook-Signature";
    public const string KeyHeader = "X-API-Key";

    /// <summary>Nobody knows whether the bill was made.</summary>
    public const string Unknown = "unknown_outcome";

    /// <summary>There is no such bill.</summary>
    private const string Missing = "not_found";

    private ApiPayOptions Options => kaspi.Value.ApiPay;

    public string Name => Key;

    public bool IsOn => Options.IsOn;

    public bool IsSigned(ReadOnlySpan<byte> body, IHeaderDictionary headers) => SignedBody.Is(Options.WebhookSecret, body, headers[SignatureHeader]);

    public InvoiceNews? Read(string body) =>
        Parse(body) is { } call && call.Get("event").StartsWith("invoice.", StringComparison.Ordinal) && call.Part("invoice") is { } invoice ? invoice.ToNews(body) : null;

    public async Task<InvoiceNews> AskAsync(InvoiceAsk ask, CancellationToken cancel)
    {
        var wanted = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["amount"] = ask.Amount.Tenge,
            ["phone_number"] = ask.Phone,
            ["description"] = ask.Code,
            ["external_order_id"] = ask.Order,
            ["external_order_id_idempotency"] = ask.Order,
        });
        var (status, body) = await SendAsync(HttpMethod.Post, "invoices", wanted, cancel);
        var answer = Parse(body);
        var number = answer?.Get("id") is { Length: > 0 } id ? id : answer?.Get("invoice_id") is { Length: > 0 } other ? other : null;
        return status switch
        {
            // Somebody asked already, perhaps we did and the answer was lost: it is there.
            HttpStatusCode.Conflict when answer?.Code == "duplicate_idempotency_key" => new InvoiceNews(ask.Order, number, number is null ? InvoiceState.Asked : InvoiceState.Open, null, null, null, null, body),
            >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous when answer is not null && number is not null => answer.Value.ToNews(body) with { Order = ask.Order },
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => Refused(ask.Order, answer?.Code ?? $"http_{(int)status}", body),
            HttpStatusCode.ServiceUnavailable when answer?.Code is { Length: > 0 } code => Refused(ask.Order, code, body),
            _ => new InvoiceNews(ask.Order, null, InvoiceState.Asked, null, null, null, Unknown, body),
        };
    }

    /// <summary>By its number; where that is not known, by ours. What is not there a minute after it was asked for was never made.</summary>
    public async Task<InvoiceNews> LookAsync(InvoiceRow invoice, CancellationToken cancel)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, invoice.Number is { } number ? $"invoices/{Uri.EscapeDataString(number)}" : $"invoices?search={invoice.Order}&per_page=10", null, cancel);
        if (status != HttpStatusCode.OK || Parse(body) is not { } answer)
        {
            return new InvoiceNews(invoice.Order, invoice.Number, invoice.State, null, null, null, Parse(body)?.Code is { Length: > 0 } code ? code : status is 0 ? Unknown : $"http_{(int)status}", body);
        }

        var found = invoice.Number is not null ? answer : answer.Items("data").FirstOrDefault(item => item.Get("external_order_id") == invoice.Order);
        return found is { Element.ValueKind: JsonValueKind.Object } ? found.ToNews(body) with { Order = invoice.Order } : Refused(invoice.Order, Missing, body);
    }

    private static InvoiceNews Refused(string order, string code, string body) => new(order, null, InvoiceState.Refused, null, null, null, code, body);

    /// <returns>No status where there was no answer, or none that could be read.</returns>
    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string? content, CancellationToken cancel)
    {
        try
        {
            using var client = clients.CreateClient(Key);
            using var request = new HttpRequestMessage(method, $"{Options.Address.TrimEnd('/')}/{path}");
            request.Headers.Add(KeyHeader, Options.ApiKey);
            request.Content = content is null ? null : new StringContent(content, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            using var response = await client.SendAsync(request, cancel);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(cancel));
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return (0, "");
        }
    }

    private static ApiPayJson? Parse(string text) => ApiPayJson.Parse(text);
}
