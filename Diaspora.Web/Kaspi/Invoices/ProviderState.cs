using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diaspora.Web.Kaspi.Invoices;

/// <summary>What an aggregator last said against us: its session with Kaspi has ended, the tariff is not paid, or it does not answer. Empty while all is well.</summary>
public sealed class ProviderState
{
    /// <summary>How the codes begin of what keeps every bill from going out.</summary>
    private static readonly string[] Ours = ["kaspi_session", "tariff", "kyc", "organization", "http_", ApiPay.Unknown];

    private volatile string? _problem;

    public string? Problem => _problem;

    /// <summary>What stands against one bill alone, as a phone without Kaspi, is nobody's fault.</summary>
    /// <param name="problem">In its own code; nothing where it did as it should.</param>
    public void Note(string? problem)
    {
        if (problem is null || Ours.Any(ours => problem.StartsWith(ours, StringComparison.Ordinal)))
        {
            _problem = problem;
        }
    }
}

/// <summary>Members can pay as ever, but no bill reaches them: an admin has to look.</summary>
public sealed class ProviderCheck(ProviderState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.Problem is { } problem ? HealthCheckResult.Degraded($"The aggregator says: {problem}.") : HealthCheckResult.Healthy());
}
