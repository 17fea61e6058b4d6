using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Members;

/// <summary>Brings <see cref="MemberListing"/> up to the day and the settings, a few members at a time.</summary>
internal static class ListingRefresh
{
    private const int AtOnce = 500;

    /// <returns>How many members that were.</returns>
    public static async Task<int> RunAsync(IStore store, CurrentSettings settings, TimeProvider clock, CancellationToken cancel)
    {
        var refreshed = 0;
        while (true)
        {
            var (current, now) = (settings.Value, clock.GetUtcNow().UtcDateTime);
            var stale = await store.ReadAsync(work => work.Listings.StaleAsync(current.Rules.DayOf(now), current.StoredAt, AtOnce, cancel), cancel);
            if (stale.Count == 0)
            {
                return refreshed;
            }

            // A transaction for a few at a time, so a cashier's confirm waits for one of them at most.
            refreshed += await store.WriteAsync(async work =>
            {
                await work.Listings.RefreshAsync(stale, current, now, cancel);
                work.Announce(new ListingsRefreshed());
                return stale.Count;
            }, cancel);
        }
    }
}
