using Diaspora.Domain.Notifications;
using Diaspora.Domain.Reminding;

namespace Diaspora.Web.Reminding;

/// <summary>The portal reminds members of their dues by itself, by a plan that an admin switches on.</summary>
public static class RemindersFeature
{
    public static WebApplicationBuilder AddReminders(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<ReminderService>().AddScoped<RemindingService>().AddScoped<ReminderWords>();
        services.AddSingleton<IMessageCheck, ReminderCheck>();
        services.AddHostedService<RemindTask>();
        return builder;
    }
}
