using Diaspora.Domain.Access;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Kaspi;

/// <summary>A month's money by the statements beside what was confirmed.</summary>
public sealed class ReconciliationService(IStore store, CurrentSettings settings)
{
    public Task<Reconciliation> MonthAsync(Actor actor, Period month, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var (from, to) = (month.FirstDay, month.Next.FirstDay.AddDays(-1));
            return Reconciliation.Of(
                month, await work.Reconciliations.LinesAsync(from, to, cancel), await work.Reconciliations.UnprovedAsync(from, to, settings.Rules.Zone, cancel));
        }, cancel);
}
