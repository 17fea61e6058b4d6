using Diaspora.Web.Shell.Guard;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Payments;

internal static class MetricsOfPortal
{
    /// <summary>For pages whose decisions are timed.</summary>
    public static IServiceCollection AddMetricsOfPortal(this IServiceCollection services) =>
        services.AddMetrics().AddOptions().AddSingleton<ErrorTally>().AddSingleton<OpenPages>().AddSingleton<PortalMetrics>();
}
