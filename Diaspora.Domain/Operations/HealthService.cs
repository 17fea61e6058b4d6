using Diaspora.Domain.Access;

namespace Diaspora.Domain.Operations;

/// <summary>How the portal does, in figures.</summary>
public sealed class HealthService(IStore store)
{
    public Task<PortalFigures> FiguresAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            return await work.Operations.FiguresAsync(cancel);
        }, cancel);

    /// <summary>For the portal's own metrics.</summary>
    public Task<WatchedFigures> WatchedAsync(CancellationToken cancel = default) => store.ReadAsync(work => work.Operations.WatchedAsync(cancel), cancel);
}
