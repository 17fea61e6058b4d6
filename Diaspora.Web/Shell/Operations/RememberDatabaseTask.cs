using Diaspora.Data.Operations;

namespace Diaspora.Web.Shell.Operations;

/// <summary>Keeps what the folder remembers of its database near to what the database holds.</summary>
public sealed class RememberDatabaseTask : IHourlyTask
{
    public Task RunAsync(IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<DatabaseGuard>().RememberAsync(isSure: false, cancel);
}
