using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Members;

/// <summary>Brings <see cref="MemberDues"/> up to the day and the settings, a few members at a time.</summary>
internal static class DuesRefresh
{
    private const int AtOnce = 500;

    /// <returns>How many members that were.</returns>
    public static async Task<int> RunAsync(IStore store, CurrentSettings settings, TimeProvider clock, CancellationToken cancel)
    {
        var refreshed = 0;
        while (true)
        {
            var (current, now) = (settings.Value, clock.GetUtcNow().UtcDateTime);
            var stale = await store.ReadAsync(work => work.Dues.StaleAsync(current.Rules.DayOf(now), current.StoredAt, AtOnce, cancel), cancel);
            if (stale.Count == 0)
            {
                return refreshed;
            }

            // A transaction for each few: a cashier's confirm waits for one of them at most.
            refreshed += await store.WriteAsync(async work =>
            {
                await work.Dues.RefreshAsync(stale, current, now, cancel);
                work.Announce(new DuesRefreshed());
                return stale.Count;
            }, cancel);
        }
    }
}
