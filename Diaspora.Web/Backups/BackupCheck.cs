using Diaspora.Domain.Backups;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Web.Backups;

/// <summary>The portal works without backups, but somebody has to look. What is wrong is for whoever runs it, not for who asks.</summary>
public sealed class BackupCheck(BackupService backups) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var state = await backups.StateAsync(cancellationToken);
        return state.IsBad ? HealthCheckResult.Degraded($"Backups: {string.Join(", ", state.Troubles)}.") : HealthCheckResult.Healthy();
    }
}
