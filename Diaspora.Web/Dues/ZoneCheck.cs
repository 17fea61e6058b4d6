using Diaspora.Domain.Settings;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Web.Dues;

/// <summary>
/// Kazakhstan has one time since 1 March 2024, five hours ahead. A machine whose time-zone data is older believes six: every month would begin, and every deadline end, an hour early,
/// and every time shown would be an hour off. The portal works, but somebody has to bring the data up to date.
/// </summary>
public sealed class ZoneCheck(CurrentSettings settings) : IHealthCheck
{
    /// <summary>What to do about it.</summary>
    public const string Advice = "The time-zone data of this machine is older than 2024a: it takes Almaty for UTC+6, and it is UTC+5. Bring it up to date (Debian: apt-get install tzdata; a container: a newer image), then start the portal again";

    private const string Almaty = "Asia/Almaty";
    private static readonly DateTime After = new(2024, 3, 2, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(5);

    /// <summary>Only of this zone it is known what it must be.</summary>
    public static bool IsOld(TimeZoneInfo zone) => zone.Id == Almaty && zone.GetUtcOffset(After) != Ahead;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsOld(settings.Rules.Zone) ? HealthCheckResult.Degraded(Advice) : HealthCheckResult.Healthy());
}
