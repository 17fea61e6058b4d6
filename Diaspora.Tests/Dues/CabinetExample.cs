using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;

namespace Diaspora.Tests.Dues;

/// <summary>What the first page gets for a told story, reckoned by the real ledger.</summary>
internal static class CabinetExample
{
    /// <param name="pending">Payments on their way, whose months the story claims too.</param>
    public static CabinetDetails Cabinet(this MemberStory story, string day, params HistoryRow[] pending)
    {
        var ledger = story.On(day);
        var today = DateOnly.Parse(day);
        var first = Math.Min(ledger.Joined?.Year ?? today.Year, today.Year);
        var exempt = ledger.StateOf(ledger.Current) == MonthState.Exempt ? ledger.Current : (Period?)null;
        while (exempt is { } last && ledger.StateOf(last.Next) == MonthState.Exempt)
        {
            exempt = last.Next;
        }

        return new CabinetDetails(
            "Мамедова Айгюн Рашид кызы", ledger.Standing, ledger.Joined, ledger.TileOf(ledger.Current), story.Rules.DeadlineOf(ledger.Current), today,
            [.. ledger.DebtMonths.Select(ledger.TileOf)], ledger.Debt, [.. Enumerable.Range(first, today.Year + 2 - first).SelectMany(ledger.TilesOf)],
            ledger.PayableMonths, exempt, pending, pending, null)
        {
            Refused = [.. pending.Where(row => row is { Status: PaymentStatus.Rejected, Outcome.IsOwnEnd: false })],
        };
    }

    public static HistoryRow Row(string month, PaymentStatus status = PaymentStatus.Pending, bool isClaimed = true, Guid intent = default, string? reason = null) => new(
        Guid.NewGuid(), intent, "482915", Period.Parse(month), MemberStory.Fee, status, PaymentMethod.KaspiTransfer,
        MemberStory.Utc("2026-05-02"), isClaimed ? MemberStory.Utc("2026-05-03") : null, status == PaymentStatus.Pending ? null : MemberStory.Utc("2026-05-04"), reason, []);
}
