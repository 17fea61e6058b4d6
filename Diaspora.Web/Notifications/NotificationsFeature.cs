using Diaspora.Data.Operations;
using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>What the portal tells members by itself.</summary>
public static class NotificationsFeature
{
    /// <summary>A push service that has not answered by then does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static WebApplicationBuilder AddNotifications(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSection<NotificationOptions>(NotificationOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.Push.HasWholeKey, "Notifications:Push:PublicKey and Notifications:Push:PrivateKey belong together: give both or neither.");
        services.AddSingleton<IMessageChannel, MailChannel>();
        services.AddSingleton<PushChannel>();
        services.AddSingleton<IMessageChannel>(provider => provider.GetRequiredService<PushChannel>());

        // An address is never followed to another one: whoever it belongs to could lead into the inner network.
        services.AddHttpClient(PushChannel.Client, client => client.Timeout = Patience).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }).RemoveAllLoggers();
        services.AddSingleton(provider => new PushServices(provider.GetRequiredService<IOptions<NotificationOptions>>().Value.Push.Services));
        services.AddScoped<PushDeviceService>();
        services.AddTelegram();
        services.AddScoped<ContactService>();
        builder.AddPaidChannels();
        services.AddScoped<ChannelService>();
        services.AddSingleton(provider =>
        {
            var rules = new OutboxRules();
            var open = provider.GetServices<IMessageChannel>().Where(channel => channel.IsOpen).ToDictionary(channel => channel.Channel);
            rules.Use(
                [.. open.Keys.Order()], TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<NotificationOptions>>().Value.HoldSeconds),
                (channel, cause, language, name, facts) => open[channel].CostOf(provider.GetRequiredService<MessageWriter>().Write(cause, channel, language, name, facts)));
            return rules;
        });
        services.AddSingleton<MessagesState>();
        services.AddScoped<OutboxService>();
        services.AddSingleton<IOwnTexts, OwnWordings>();
        services.AddSingleton<CurrentMessageTexts>();
        services.AddSingleton<MessageTextService>();
        services.AddSingleton<MessageWriter>();
        services.AddHostedService<MessageTextsListener>();
        services.AddSingleton<SendMessagesTask>();
        services.AddHostedService(provider => provider.GetRequiredService<SendMessagesTask>());
        services.AddSingleton<IHourlyTask, ForgetMessagesTask>();
        services.AddHealthChecks().AddCheck<MessagesCheck>("messages", tags: [HealthAnswers.Ready]);
        return builder;
    }

    public static WebApplication MapNotifications(this WebApplication app)
    {
        app.MapPush();
        app.MapTelegram();
        app.MapWhatsApp();
        return app;
    }
}
