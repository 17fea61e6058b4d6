using System.Net;
using System.Text.Json;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.Health;

/// <summary>What a stranger, a container and a watchdog are told.</summary>
public sealed class HealthRequestsTests(PortalHost portal)
{
    [Fact]
    public async Task Ask_WhetherItIsReady_NamesPartsAndStatesAndNothingElse()
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal(["status", "checks"], told.EnumerateObject().Select(property => property.Name));
        var checks = told.GetProperty("checks").EnumerateArray().ToList();
        Assert.All(checks, check => Assert.Equal(["name", "status"], check.EnumerateObject().Select(property => property.Name)));
        Assert.All(checks, check => Assert.Contains(check.GetProperty("status").GetString(), (string[])["Healthy", "Degraded"]));
        Assert.Superset(new HashSet<string?> { "database", "storage", "deletions", "time-zone" }, checks.Select(check => check.GetProperty("name").GetString()).ToHashSet());
    }
}
