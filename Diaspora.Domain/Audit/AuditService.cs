using Diaspora.Domain.Access;

namespace Diaspora.Domain.Audit;

/// <summary>The log, to read.</summary>
public sealed class AuditService(IStore store)
{
    public Task<Page<AuditRow>> PageAsync(Actor actor, AuditFilter filter, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            return await Paging.OrLastAsync(filter.Number, number => work.Audit.PageAsync(filter with { Number = number }, cancel));
        }, cancel);
}
