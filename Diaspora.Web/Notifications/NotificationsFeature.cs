using Diaspora.Data.Operations;
using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Notifications;

/// <summary>What the portal tells members by itself.</summary>
public static class NotificationsFeature
{
    public static WebApplicationBuilder AddNotifications(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSection<NotificationOptions>(NotificationOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<IMessageChannel, MailChannel>();
        services.AddSingleton(provider =>
        {
            var rules = new OutboxRules();
            rules.Use(
                [.. provider.GetServices<IMessageChannel>().Where(channel => channel.IsOpen).Select(channel => channel.Channel)],
                TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<NotificationOptions>>().Value.HoldSeconds));
            return rules;
        });
        services.AddSingleton<MessagesState>();
        services.AddScoped<OutboxService>();
        services.AddScoped<MessageWriter>();
        services.AddSingleton<SendMessagesTask>();
        services.AddHostedService(provider => provider.GetRequiredService<SendMessagesTask>());
        services.AddSingleton<IHourlyTask, ForgetMessagesTask>();
        services.AddHealthChecks().AddCheck<MessagesCheck>("messages", tags: [HealthAnswers.Ready]);
        return builder;
    }
}
