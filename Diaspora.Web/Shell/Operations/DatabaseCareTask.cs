using Diaspora.Data;

namespace Diaspora.Web.Shell.Operations;

/// <summary>Keeps the database's own figures of its tables true, which it plans its queries by.</summary>
public sealed class DatabaseCareTask : IHourlyTask
{
    public Task RunAsync(IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<DatabaseCare>().AnalyzeAsync(cancel);
}
