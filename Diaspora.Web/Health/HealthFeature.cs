using Diaspora.Domain.Operations;

namespace Diaspora.Web.Health;

/// <summary>What an admin is told of how the portal does.</summary>
public static class HealthFeature
{
    public static WebApplicationBuilder AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<HealthService>();
        builder.Services.AddScoped<HealthReadings>();
        builder.Services.AddScoped<Admin.HealthWords>();
        return builder;
    }
}
