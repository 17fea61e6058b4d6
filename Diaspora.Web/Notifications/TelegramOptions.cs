using System.Text.RegularExpressions;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>The section <c>Notifications:Telegram</c>: the portal's bot. Without any of it there is none.</summary>
public sealed partial class TelegramOptions
{
    private const string Section = $"{NotificationOptions.Section}:{nameof(NotificationOptions.Telegram)}";

    /// <summary>As @BotFather gave it.</summary>
    public string? BotToken { get; set; }

    /// <summary>As it stands in https://t.me/…</summary>
    public string? BotName { get; set; }

    /// <summary>Telegram says it with each of its calls, so that nobody else is believed.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>A server of the Bot API of one's own; left out, Telegram's.</summary>
    public string? BaseUrl { get; set; }

    public bool IsGiven => Missing.Count == 0;

    /// <summary>Which keys it needs besides those that are given.</summary>
    public IReadOnlyList<string> Missing => ChannelKeys.Missing(Section, (nameof(BotToken), BotToken), (nameof(BotName), BotName), (nameof(WebhookSecret), WebhookSecret));

    /// <summary>The chat with the bot, where a code is said by one press.</summary>
    public Uri ChatWith(string code) => new($"https://t.me/{BotName}?start={code}");

    /// <summary>What is wrong, without repeating a secret.</summary>
    public IEnumerable<string> Faults()
    {
        (string Key, string? Value, Regex Form, string What)[] keys =
        [
            (nameof(BotToken), BotToken, Token(), "the token that @BotFather gave, such as 123456789:AA…"),
            (nameof(BotName), BotName, Name(), "the bot's name alone, such as diaspora_bot: no @ and no https:// before it"),
            (nameof(WebhookSecret), WebhookSecret, Secret(), "16 to 256 of A to Z, a to z, digits, _ and -"),
        ];
        if (keys.Any(key => !string.IsNullOrWhiteSpace(key.Value)))
        {
            foreach (var (key, value, form, what) in keys.Where(key => !key.Form.IsMatch(key.Value ?? "")))
            {
                yield return string.IsNullOrWhiteSpace(value)
                    ? $"{Section}:{key} is missing: {string.Join(", ", keys.Select(each => each.Key))} go together."
                    : $"{Section}:{key} must be {what}.";
            }
        }

        if (!string.IsNullOrWhiteSpace(BaseUrl) && (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
        {
            yield return $"{Section}:{nameof(BaseUrl)} = '{BaseUrl}' must begin with https://.";
        }
    }

    [GeneratedRegex("^[0-9]{3,16}:[A-Za-z0-9_-]{30,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{4,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9_-]{16,256}$", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}

/// <summary>Half a bot stops the start instead of losing messages later.</summary>
public sealed class TelegramOptionsValidator(IOptions<SiteOptions> site) : IValidateOptions<NotificationOptions>
{
    public ValidateOptionsResult Validate(string? name, NotificationOptions options)
    {
        List<string> faults = [.. options.Telegram.Faults()];
        if (options.Telegram.IsGiven && !site.HasAddress())
        {
            faults.Add("Site:BaseUrl is missing (https://portal.example.kz); messages lead to the portal and Telegram calls it, so Notifications:Telegram needs it.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
