using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Web.Shell.Operations;

/// <summary>Health for whoever watches over the process. Anybody may ask, so it names each part and its state and says no more: what stands behind a state is for the log and for admins.</summary>
internal static class HealthAnswers
{
    /// <summary>What is looked at to say whether the portal may have visitors.</summary>
    public const string Ready = "ready";

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = IsOfReadiness, ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    public static bool IsOfReadiness(HealthCheckRegistration check) => check.Tags.Contains(Ready);

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new Answer(report.Status.ToString(), [.. report.Entries.Select(entry => new Part(entry.Key, entry.Value.Status.ToString()))]), JsonSerializerOptions.Web, context.RequestAborted);

    private sealed record Answer(string Status, IReadOnlyList<Part> Checks);

    private sealed record Part(string Name, string Status);
}
