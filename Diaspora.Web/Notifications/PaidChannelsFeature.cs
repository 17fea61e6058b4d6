using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>WhatsApp and short messages: off until they are configured.</summary>
internal static class PaidChannelsFeature
{
    /// <summary>A provider that has not answered by then may have sent it, or not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Of an answer: one is a few hundred.</summary>
    private const long MostBytes = 1024 * 1024;

    public static void AddPaidChannels(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<NotificationOptions>, PaidOptionsValidator>();
        foreach (var name in (string[])[WhatsAppChannel.Client, SmsChannel.Client])
        {
            services.AddHttpClient(name, client => (client.Timeout, client.MaxResponseContentBufferSize) = (Patience, MostBytes))
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }).RemoveAllLoggers();
        }

        services.AddSingleton<IMessageChannel, WhatsAppChannel>();
        services.AddSingleton<IMessageChannel, SmsChannel>();
        services.AddSingleton<IHourlyTask, AskSmsTask>();
        services.AddScoped<DeliveryNewsService>();
        services.AddScoped<ChannelConsentService>();
    }
}
