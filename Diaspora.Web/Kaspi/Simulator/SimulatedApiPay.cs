using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Diaspora.Web.Kaspi.Invoices;
using Diaspora.Web.Payments;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Kaspi.Simulator;

/// <summary>ApiPay as far as the portal knows it, in the memory of this process.</summary>
public sealed class SimulatedApiPay(IHttpClientFactory clients, OwnAddress own, IOptions<KaspiOptions> kaspi, TimeProvider clock)
{
    public const string Path = Urls.Simulator + "/apipay";

    private readonly ConcurrentDictionary<string, JsonObject> _byOrder = [];
    private int _last;

    public bool IsKey(string? key) => key == kaspi.Value.ApiPay.ApiKey;

    /// <returns>The bill; and whether it was there already.</returns>
    public (JsonObject Invoice, bool IsOld) Make(JsonObject asked)
    {
        var made = new JsonObject
        {
            ["id"] = Interlocked.Increment(ref _last),
            ["amount"] = asked["amount"]!.GetValue<long>().ToString("0.00", CultureInfo.InvariantCulture),
            ["status"] = "pending",
            ["description"] = asked["description"]?.DeepClone(),
            ["external_order_id"] = asked["external_order_id"]!.DeepClone(),
            ["phone_number"] = asked["phone_number"]?.DeepClone(),
        };
        var there = _byOrder.GetOrAdd(asked["external_order_id_idempotency"]!.GetValue<string>(), made);
        return (there, there != made);
    }

    public JsonObject? Find(int number) => _byOrder.Values.FirstOrDefault(invoice => invoice["id"]!.GetValue<int>() == number);

    public JsonObject? OfOrder(string order) => _byOrder.GetValueOrDefault(order);

    /// <summary>The payer or the merchant did something, and the portal is called, signed.</summary>
    /// <returns>What was sent, and what the portal said.</returns>
    public async Task<string> TellAsync(JsonObject invoice, string status, long? tenge, CancellationToken cancel)
    {
        invoice["status"] = status;
        if (tenge is { } sum)
        {
            invoice["amount"] = sum.ToString("0.00", CultureInfo.InvariantCulture);
            invoice["paid_at"] = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        }

        var call = new JsonObject { ["event"] = "invoice.status_changed", ["invoice"] = invoice.DeepClone(), ["timestamp"] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) };
        var body = JsonSerializer.SerializeToUtf8Bytes(call);
        using var client = clients.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(own.Value, Urls.Webhook(ApiPay.Key))) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(ApiPay.SignatureHeader, SignedBody.Sign(kaspi.Value.ApiPay.WebhookSecret!, body));
        using var response = await client.SendAsync(request, cancel);
        return $"POST {request.RequestUri!.AbsolutePath}\n{Encoding.UTF8.GetString(body)}\n{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancel)}";
    }
}

/// <summary>Its addresses: a bill is asked for, and asked after.</summary>
internal static class SimulatedApiPayEndpoints
{
    public static void MapSimulatedApiPay(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(SimulatedApiPay.Path).AllowAnonymous().DisableAntiforgery().AddEndpointFilter(async (call, next) =>
            call.HttpContext.RequestServices.GetRequiredService<SimulatedApiPay>().IsKey(call.HttpContext.Request.Headers[ApiPay.KeyHeader]) ? await next(call) : TypedResults.Text("{}", statusCode: StatusCodes.Status401Unauthorized));
        api.MapPost("/invoices", (JsonObject asked, SimulatedApiPay bank) => bank.Make(asked) is { IsOld: true, Invoice: var there }
            ? Results.Json(new { error_code = "duplicate_idempotency_key", invoice_id = there["id"] }, statusCode: StatusCodes.Status409Conflict)
            : Results.Json(bank.OfOrder(asked["external_order_id"]!.GetValue<string>()), statusCode: StatusCodes.Status201Created));
        api.MapGet("/invoices/{id:int}", (int id, SimulatedApiPay bank) => bank.Find(id) is { } invoice ? Results.Json(invoice) : TypedResults.NotFound());
        api.MapGet("/invoices", (string search, SimulatedApiPay bank) => Results.Json(new { data = bank.OfOrder(search) is { } invoice ? new[] { invoice } : [] }));
    }
}
