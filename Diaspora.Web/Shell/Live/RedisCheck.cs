using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Web.Shell.Live;

/// <summary>Whether this portal hears the others at once. Without that it works all the same, some seconds behind them.</summary>
public sealed class RedisCheck(RedisFeed feed) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !feed.IsHearing ? HealthCheckResult.Degraded("Redis is away; what other portals commit is read every few seconds.")
        : feed.Unheard.Count > 0 ? HealthCheckResult.Degraded("Another portal over this database is not heard over Redis.")
        : HealthCheckResult.Healthy());
}
