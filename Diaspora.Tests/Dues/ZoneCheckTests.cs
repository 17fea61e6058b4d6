using Diaspora.Domain.Dues;
using Diaspora.Domain.Settings;
using Diaspora.Web.Dues;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Tests.Dues;

public sealed class ZoneCheckTests
{
    private const string Almaty = "Asia/Almaty";

    /// <summary>As data older than 2024a has it: six hours ahead, for ever.</summary>
    private static readonly TimeZoneInfo Old = TimeZoneInfo.CreateCustomTimeZone(Almaty, TimeSpan.FromHours(6), "Almaty", "Almaty");

    [Fact]
    public async Task Look_AtDataFromBefore2024a_IsDegradedAndSaysWhatToDo()
    {
        var result = await CheckAsync(Old);

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.Contains("tzdata", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_AtThisMachinesData_IsHealthy() =>
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(TimeZoneInfo.FindSystemTimeZoneById(Almaty))).Status);

    /// <summary>Somewhere else six hours may be right.</summary>
    [Fact]
    public void Look_AtAnotherZone_SaysNothing() => Assert.False(ZoneCheck.IsOld(TimeZoneInfo.CreateCustomTimeZone("Asia/Bishkek", TimeSpan.FromHours(6), "Bishkek", "Bishkek")));

    private static Task<HealthCheckResult> CheckAsync(TimeZoneInfo zone)
    {
        var settings = new CurrentSettings();
        settings.Use(new SettingsSnapshot(new DuesRules(FeeSchedule.Always(new Money(2000)), 10, 12, 14, zone)));
        return new ZoneCheck(settings).CheckHealthAsync(new HealthCheckContext());
    }
}
