namespace Diaspora.Web.Shell;

/// <summary>What banks, aggregators and messengers ask for.</summary>
public static partial class Urls
{
    /// <summary>Where the bank asks for an account and tells of a payment.</summary>
    public const string Biller = "/kaspi/biller";

    /// <summary>The bank that one tries it with.</summary>
    public const string Simulator = "/kaspi/simulator";

    /// <summary>Where an aggregator tells what became of a bill.</summary>
    public static string Webhook(string provider) => $"/webhooks/payments/{provider}";

    /// <summary>Where Telegram tells what was said to the portal's bot.</summary>
    public const string TelegramWebhook = "/webhooks/telegram";

    /// <summary>Where WhatsApp tells what became of messages.</summary>
    public const string WhatsAppWebhook = "/webhooks/messages/whatsapp";

    /// <summary>The bank to try it with, for one intent.</summary>
    public static string SimulatorOf(object intentId) => $"{Simulator}/{intentId}";
}
