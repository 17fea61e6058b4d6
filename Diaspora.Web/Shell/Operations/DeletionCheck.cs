using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Web.Shell.Operations;

/// <summary>The portal works, but somebody has to look: a task was kept from deleting much at once.</summary>
public sealed class DeletionCheck(DeletionBrake brake, ClockWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            watch.Jump is not null ? HealthCheckResult.Degraded("The clock has jumped, so nothing is deleted.")
            : brake.Held.Count > 0 ? HealthCheckResult.Degraded("Much would have been deleted at once, so nothing was.")
            : HealthCheckResult.Healthy());
}
