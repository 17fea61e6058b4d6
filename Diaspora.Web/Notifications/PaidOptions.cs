using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>The section <c>Notifications:WhatsApp</c>: the Cloud API of Meta. All of it is shown in Meta's own pages, but for the word by which it proves itself once, which one chooses.</summary>
public sealed class WhatsAppOptions
{
    public const string Section = $"{NotificationOptions.Section}:{nameof(NotificationOptions.WhatsApp)}";

    public string Address { get; set; } = "https://graph.facebook.com/v21.0";

    public string? Token { get; set; }

    public string? PhoneNumberId { get; set; }

    /// <summary>What Meta signs its calls with.</summary>
    public string? AppSecret { get; set; }

    /// <summary>What Meta says when it asks whether the address of the webhook is ours.</summary>
    public string? VerifyToken { get; set; }

    /// <summary>What stands before the name of each template: diaspora_reminder.</summary>
    public string TemplatePrefix { get; set; } = "diaspora_";

    public decimal? TengePerMessage { get; set; }

    public bool IsOn => Missing.Count == 0;

    /// <summary>Which keys it needs besides those that are given.</summary>
    public IReadOnlyList<string> Missing => ChannelKeys.Missing(Section, (nameof(Token), Token), (nameof(PhoneNumberId), PhoneNumberId), (nameof(AppSecret), AppSecret), (nameof(VerifyToken), VerifyToken), (nameof(TengePerMessage), $"{TengePerMessage}"));
}

/// <summary>The section <c>Notifications:Sms</c>: Mobizon. The key is shown in its cabinet.</summary>
public sealed class SmsOptions
{
    public const string Section = $"{NotificationOptions.Section}:{nameof(NotificationOptions.Sms)}";

    public string Address { get; set; } = "https://api.mobizon.kz";

    public string? ApiKey { get; set; }

    /// <summary>The name that stands where a number would; without one it is the provider's own.</summary>
    public string? From { get; set; }

    /// <summary>A part is 70 letters, of Latin ones alone 160.</summary>
    public decimal? TengePerPart { get; set; }

    public bool IsOn => Missing.Count == 0;

    public IReadOnlyList<string> Missing => ChannelKeys.Missing(Section, (nameof(ApiKey), ApiKey), (nameof(TengePerPart), $"{TengePerPart}"));
}

internal static class ChannelKeys
{
    private const decimal Dearest = 10_000;

    public static IReadOnlyList<string> Missing(string section, params (string Key, string? Value)[] keys) => [.. keys.Where(key => string.IsNullOrWhiteSpace(key.Value)).Select(key => $"{section}:{key.Key}")];

    /// <summary>Rounded up: what it is thought to cost is never less than it does.</summary>
    public static long Tiyn(decimal? tenge) => (long)Math.Ceiling((tenge ?? 0) * 100);

    public static IEnumerable<string> Faults(string section, IReadOnlyList<string> missing, bool isBegun, string address, decimal? price, string priceKey, bool hasSite)
    {
        if (isBegun && missing.Count > 0)
        {
            yield return $"{string.Join(", ", missing)}: missing. {section} is begun, so it is needed.";
        }

        if (isBegun && !hasSite)
        {
            yield return $"Site:BaseUrl is missing (https://portal.example.kz); messages lead to the portal, so {section} needs it.";
        }

        if (price is < 0 or > Dearest)
        {
            yield return $"{section}:{priceKey} must lie between 0 and {Dearest:0}.";
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || (parsed.Scheme != Uri.UriSchemeHttps && !parsed.IsLoopback))
        {
            yield return $"{section}:Address = '{address}' must begin with https://.";
        }
    }
}

/// <summary>Half of a paid channel stops the start instead of losing messages later.</summary>
public sealed class PaidOptionsValidator(IOptions<SiteOptions> site) : IValidateOptions<NotificationOptions>
{
    public ValidateOptionsResult Validate(string? name, NotificationOptions options)
    {
        var (whatsApp, sms) = (options.WhatsApp, options.Sms);
        var begunWhatsApp = ((string?[])[whatsApp.Token, whatsApp.PhoneNumberId, whatsApp.AppSecret, whatsApp.VerifyToken, $"{whatsApp.TengePerMessage}"]).Any(value => !string.IsNullOrWhiteSpace(value));
        var begunSms = ((string?[])[sms.ApiKey, sms.From, $"{sms.TengePerPart}"]).Any(value => !string.IsNullOrWhiteSpace(value));
        List<string> faults =
        [
            .. ChannelKeys.Faults(WhatsAppOptions.Section, whatsApp.Missing, begunWhatsApp, whatsApp.Address, whatsApp.TengePerMessage, nameof(WhatsAppOptions.TengePerMessage), site.HasAddress()),
            .. ChannelKeys.Faults(SmsOptions.Section, sms.Missing, begunSms, sms.Address, sms.TengePerPart, nameof(SmsOptions.TengePerPart), site.HasAddress()),
        ];
        if (!string.IsNullOrEmpty(whatsApp.PhoneNumberId) && !whatsApp.PhoneNumberId.All(char.IsAsciiDigit))
        {
            faults.Add($"{WhatsAppOptions.Section}:{nameof(WhatsAppOptions.PhoneNumberId)} = '{whatsApp.PhoneNumberId}' must be digits alone: it is the id of the number, not the number.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
