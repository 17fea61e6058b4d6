using Diaspora.Data.Operations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Shell.Live;

/// <summary>What tells open pages that something was committed: in this portal alone, or over Redis where it is set.</summary>
public static class LiveFeature
{
    public static void AddFeed(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsValidator>();
        builder.AddSection<RedisOptions>(RedisOptions.Section);
        if (builder.Configuration.GetSection(RedisOptions.Section).Get<RedisOptions>()?.Parse() is not { } redis)
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
