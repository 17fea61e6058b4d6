using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Overview;

/// <summary>What a member sees first.</summary>
/// <param name="JoinedIn">Missing for staff without dues.</param>
/// <param name="Debt">The sum of <paramref name="DebtMonths"/>; the current month is not in it before its deadline.</param>
/// <param name="Deadline">The last day of the current month's payment.</param>
/// <param name="Tiles">Every month of every year from joining to the last that may be paid.</param>
/// <param name="ExemptUntil">The last exempt month in a row, when the current one is exempt and the exemption ends.</param>
/// <param name="Recent">All payments of the last transfers, the newest transfer first.</param>
public sealed record CabinetDetails(
    string FullName,
    Standing Standing,
    Period? JoinedIn,
    MonthTile Current,
    DateOnly Deadline,
    DateOnly Today,
    IReadOnlyList<MonthTile> DebtMonths,
    Money Debt,
    IReadOnlyList<MonthTile> Tiles,
    IReadOnlyList<MonthTile> Payable,
    Period? ExemptUntil,
    IReadOnlyList<HistoryRow> Recent,
    IReadOnlyList<HistoryRow> Pending,
    string? BlockReason)
{
    /// <summary>All months of the newest payment that a cashier refused, if it is among the recent ones.</summary>
    public IReadOnlyList<HistoryRow> Refused { get; init; } = [];

    /// <summary>What is left of earlier payments and is theirs, the newest first.</summary>
    public IReadOnlyList<KeptMoney> Kept { get; init; } = [];
}

/// <summary>What a member reads of what they owe.</summary>
public sealed class CabinetService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    private const int RecentCount = 3;

    public Task<CabinetDetails> CabinetAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            // The member is read whole anyway, so the right to see is taken from that row instead of one more query.
            var member = actor.MemberId is { } id ? await work.Members.FindAsync(id, cancel) : null;
            if (member is null || member.IsBlocked)
            {
                throw new DomainException(member is null ? Problems.NotAllowed : Problems.MemberBlocked);
            }

            var history = (await work.Payments.HistoryAsync(member.Id, cancel)).Select(row => row.ForMember()).ToList();
            return DetailsOf(member, history, clock.GetUtcNow().UtcDateTime) with { Kept = await work.Credits.KeptAsync(member.Id, cancel) };
        }, cancel);

    private CabinetDetails DetailsOf(Member member, IReadOnlyList<HistoryRow> history, DateTime now)
    {
        var ledger = new Ledger(MemberLedger.FactsOf(member, [.. history.Select(row => row.ForLedger())]), settings.Rules, now);
        var newest = history.OrderByDescending(row => row.DecidedAt ?? row.ClaimedAt ?? row.CreatedAt).ThenByDescending(row => row.Period).ToList();
        var recent = newest.GroupBy(row => row.IntentId).Take(RecentCount).SelectMany(rows => rows).ToList();
        return new CabinetDetails(
            member.FullName,
            ledger.Standing,
            ledger.Joined,
            ledger.TileOf(ledger.Current),
            member.JoinedOn is { } joined ? settings.Rules.DeadlineOf(ledger.Current, joined) : settings.Rules.DeadlineOf(ledger.Current),
            settings.Rules.DayOf(now),
            [.. ledger.DebtMonths.Select(ledger.TileOf)],
            ledger.Debt,
            ledger.Joined is null ? ledger.TilesOf(ledger.Current.Year) : ledger.AllTiles,
            ledger.PayableMonths,
            ExemptUntil(ledger),
            recent,
            [.. newest.Where(row => row.Status == PaymentStatus.Pending).OrderBy(row => row.Period)],
            member.BlockReason)
        {
            Refused = RefusedOf(recent),
        };
    }

    private static IReadOnlyList<HistoryRow> RefusedOf(IReadOnlyList<HistoryRow> recent)
    {
        static bool IsRefused(HistoryRow row) => row is { Status: PaymentStatus.Rejected, Outcome.IsOwnEnd: false };
        return recent.FirstOrDefault(IsRefused) is { } last
            ? [.. recent.Where(row => row.IntentId == last.IntentId && IsRefused(row)).OrderBy(row => row.Period)]
            : [];
    }

    private static Period? ExemptUntil(Ledger ledger)
    {
        if (ledger.StateOf(ledger.Current) != MonthState.Exempt)
        {
            return null;
        }

        var last = ledger.Current;
        var horizon = ledger.Current.AddMonths(36);
        while (last < horizon && ledger.StateOf(last.Next) == MonthState.Exempt)
        {
            last = last.Next;
        }

        return last == horizon ? null : last;
    }
}
