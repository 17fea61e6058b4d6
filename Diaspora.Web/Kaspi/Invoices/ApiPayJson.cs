using System.Globalization;
using System.Text.Json;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>What ApiPay writes. Whatever is missing, or of another kind than it should be, is as if it were not there.</summary>
internal readonly record struct ApiPayJson(JsonElement Element)
{
    public static ApiPayJson? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new ApiPayJson(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>By which it wants to be understood.</summary>
    public string Code => Get("error_code") is { Length: > 0 } code ? code : Get("error");

    public string Get(string name) => !Element.TryGetProperty(name, out var value) ? "" : value.ValueKind switch
    {
        JsonValueKind.String => Text(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        _ => "",
    };

    public ApiPayJson? Part(string name) => Element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? new ApiPayJson(value) : null;

    public IEnumerable<ApiPayJson> Items(string name) =>
        Element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new ApiPayJson(item)) : [];

    /// <summary>There is no status for a bill whose money went back: it stays paid and says so besides. Money that is gone is not booked.</summary>
    public InvoiceNews ToNews(string raw)
    {
        var (state, problem) = (Get("status"), Get("is_fully_refunded")) switch
        {
            ("refunded", _) or (_, "true") => (InvoiceState.Closed, "refunded"),
            ("partially_refunded", _) => (InvoiceState.Paid, "partially_refunded"),
            ("paid", _) => (InvoiceState.Paid, null),
            ("cancelled" or "cancelling" or "expired", _) => (InvoiceState.Closed, null),
            ("error", _) => (InvoiceState.Refused, Code is { Length: > 0 } code ? code : "error"),
            ("processing", _) => (InvoiceState.Asked, (string?)null),
            _ => (InvoiceState.Open, null),
        };
        return new InvoiceNews(
            Given("external_order_id", Invoice.OrderLength), Given("id", Invoice.NumberLength), state, BillerRequest.TiynOf(Get("amount")) - (BillerRequest.TiynOf(Get("total_refunded")) ?? 0),
            DateTimeOffset.TryParse(Get("paid_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.UtcDateTime : null, Given("client_name", int.MaxValue), problem, raw);
    }

    private string? Given(string name, int most) => Get(name) is { Length: > 0 } text && text.Length <= most ? text : null;

    /// <summary>Half a character is no text.</summary>
    private static string Text(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
