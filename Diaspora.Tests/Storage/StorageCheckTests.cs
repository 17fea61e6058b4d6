using Diaspora.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Tests.Storage;

/// <summary>What <c>/health/ready</c> tries, and how often.</summary>
public sealed class StorageCheckTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>Where writers do not queue here, as on a server of databases, it is a write that is tried all the same: one can still read from a full disk.</summary>
    [Fact]
    public async Task Ask_WhetherItIsReadyWhereWritersDoNotQueue_TriesToWrite()
    {
        var contexts = new PragmaContexts(database.Get<IContextFactory>()) { Said = "PRAGMA max_page_count=1", OneWriterAtATime = false };
        var full = database.Over(contexts);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(full));
        contexts.Said = "PRAGMA max_page_count=1073741823";
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(database.Over(contexts)));
    }

    /// <summary>Anybody may ask, and each try keeps the writers waiting.</summary>
    [Fact]
    public async Task Ask_WhetherItIsReadyAgainAndAgain_TriesOnceASecond()
    {
        var contexts = new PragmaContexts(database.Get<IContextFactory>()) { Said = "PRAGMA max_page_count=1" };
        var full = database.Over(contexts);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(full));
        var made = contexts.Made;
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(full));
        Assert.Equal(made, contexts.Made);

        contexts.Said = "PRAGMA max_page_count=1073741823";
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(full));
    }

    private static async Task<HealthStatus> HealthAsync(TestDatabase database) =>
        (await database.Get<HealthCheckService>().CheckHealthAsync(check => check.Name == "database")).Status;
}
