namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>Of the section <c>Kaspi</c>, what concerns ApiPay: it sends bills to members' phones and calls us when they are paid. Both secrets are shown in its cabinet.</summary>
public sealed class ApiPayOptions
{
    private const string Section = $"{Payments.KaspiOptions.Section}:{nameof(Payments.KaspiOptions.ApiPay)}";

    public string Address { get; set; } = "https://api.apipay.kz/api/v1";

    public string? ApiKey { get; set; }

    public string? WebhookSecret { get; set; }

    public bool IsOn => !string.IsNullOrWhiteSpace(ApiKey) && !string.IsNullOrWhiteSpace(WebhookSecret);

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(ApiKey) != string.IsNullOrWhiteSpace(WebhookSecret))
        {
            yield return $"{Section}:{nameof(ApiKey)} and {Section}:{nameof(WebhookSecret)} go together.";
        }

        if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
        {
            yield return $"{Section}:{nameof(Address)} = '{Address}' must begin with https://.";
        }
    }
}
