using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Web.Shell.Live;

/// <summary>What tells open pages that something was committed: in this portal alone, or over Redis where it is set.</summary>
public static class LiveFeature
{
    /// <exception cref="InvalidOperationException"><see cref="RedisOptions.Key"/> is wrong.</exception>
    public static void AddFeed(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ChangeFeed>();
        if (RedisOptions.Read(builder.Configuration) is not { } redis)
        {
            services.AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<ChangeFeed>());
            return;
        }

        services.AddSingleton(redis);
        services.AddSingleton<RedisFeed>();
        services.AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<RedisFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<RedisFeed>());
        services.AddHealthChecks().AddCheck<RedisCheck>("redis", HealthStatus.Degraded, ["ready"]);
    }
}
