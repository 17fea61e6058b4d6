using System.Net;
using System.Text.Json;
using Diaspora.Domain.Notifications;

namespace Diaspora.Web.Notifications;

/// <summary>What a provider answered.</summary>
/// <param name="Body">Missing where it is no JSON object.</param>
internal sealed record ProviderAnswer(HttpStatusCode Status, JsonElement? Body)
{
    public bool IsGood => Status is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous;
}

/// <summary>Asks a provider, and says of what is no answer what it means for the message.</summary>
internal static class ProviderLine
{
    /// <param name="name">Stands in what is said of a fault.</param>
    /// <returns>One of the two: an answer to read, or what came of it.</returns>
    public static async Task<(ProviderAnswer? Answer, Delivery? Fault)> AskAsync(this HttpClient http, HttpRequestMessage request, string name, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            using var response = await http.SendAsync(request, cancel);
            var body = Read(await response.Content.ReadAsStringAsync(cancel));

            // What stands before the provider gave up waiting: it may have taken it.
            if (response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout)
            {
                return (null, new Delivery(DeliveryOutcome.Unsure, $"{name} {(int)response.StatusCode}"));
            }

            var isLater = response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
            return isLater ? (null, new Delivery(DeliveryOutcome.Later, $"{name} {(int)response.StatusCode}", WaitOf(response, clock))) : (new ProviderAnswer(response.StatusCode, body), null);
        }
        catch (HttpRequestException fault)
        {
            var isUnsent = fault.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
            return (null, new Delivery(isUnsent ? DeliveryOutcome.Later : DeliveryOutcome.Unsure, $"{name} line"));
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, new Delivery(DeliveryOutcome.Unsure, $"{name} silent"));
        }
    }

    /// <summary>A field's text, also where it is a number. Empty where there is none.</summary>
    public static string Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind switch { JsonValueKind.String => Text(value), JsonValueKind.Number => value.GetRawText(), _ => "" }
            : "";

    public static JsonElement Part(this JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Part(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    /// <returns>Nothing where it is no JSON object.</returns>
    public static JsonElement? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Half of a letter is no text.</summary>
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

    private static TimeSpan? WaitOf(HttpResponseMessage response, TimeProvider clock) =>
        response.Headers.RetryAfter switch { { Delta: { } wait } => wait, { Date: { } until } => until - clock.GetUtcNow(), _ => null };
}
