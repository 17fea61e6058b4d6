using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;

namespace Diaspora.Web.Dues.Cabinet;

/// <summary>An intent whose months wait, as a member is told of it.</summary>
/// <param name="Code">Empty where somebody else pays.</param>
public sealed record WaitingIntent(Guid Id, string Code, bool IsClaimed, IReadOnlyList<Period> Periods, Money Total)
{
    public bool IsByAnother => Code.Length == 0;

    /// <summary>The reader has begun it, and nobody else can go on with it.</summary>
    public bool IsToFinish => !IsClaimed && !IsByAnother;
}

/// <summary>What the first page says of the member's months, apart from the words.</summary>
public sealed class CabinetView(CabinetDetails details)
{
    public CabinetDetails Details { get; } = details;

    /// <summary>Past the deadline and not even on its way.</summary>
    public IReadOnlyList<MonthTile> Overdue { get; } = [.. details.Payable.Where(tile => tile.State == MonthState.Overdue)];

    /// <summary>Past the deadline, with a payment that waits for the cashier: owed until it is confirmed.</summary>
    public IReadOnlyList<MonthTile> OwedInReview { get; } = [.. details.DebtMonths.Where(tile => tile.State == MonthState.Pending)];

    public IReadOnlyList<MonthTile> Due { get; } = [.. details.Payable.Where(tile => tile.State == MonthState.Due)];

    /// <summary>What the big button pays: the oldest debt, else the current month, else the next one ahead.</summary>
    public MonthTile? Next { get; } = details.Payable.Count > 0 ? details.Payable[0] : null;

    public bool IsNextAhead => Next is { State: MonthState.Ahead };

    /// <summary>All that should be paid by now or soon: «Оплатить всё».</summary>
    public IReadOnlyList<MonthTile> All => [.. Overdue, .. Due];

    public bool HasDebt => !Details.Debt.IsZero;

    public int DaysLeft => Details.Deadline.DayNumber - Details.Today.DayNumber;

    public IReadOnlyList<WaitingIntent> Waiting { get; } =
    [
        .. details.Pending.GroupBy(row => row.IntentId).Select(rows => new WaitingIntent(
            rows.Key,
            rows.First().Code,
            rows.First().ClaimedAt is not null,
            [.. rows.Select(row => row.Period)],
            Money.Sum(rows.Select(row => row.Amount)))),
    ];

    /// <summary>Payments were started, and the member has claimed none of them.</summary>
    public bool IsStartedOnly => Waiting.Count > 0 && Waiting.All(intent => !intent.IsClaimed);

    /// <summary>As <see cref="IsStartedOnly"/>, and none of them is the reader's to finish.</summary>
    public bool IsStartedByAnother => IsStartedOnly && Waiting.All(intent => intent.IsByAnother);

    /// <summary>The member has said of the whole debt that it is paid: it waits for the cashier alone.</summary>
    public bool IsDebtInReview => HasDebt && Details.DebtMonths.All(tile => Claimed.Any(intent => intent.Periods.Contains(tile.Period)));

    /// <summary>What the cashier has to check.</summary>
    public Money InReview => Money.Sum(Claimed.Select(intent => intent.Total));

    private IEnumerable<WaitingIntent> Claimed => Waiting.Where(intent => intent.IsClaimed);

    /// <summary>The months of the newest payment a cashier refused that are still to pay; what the portal itself ended is no refusal.</summary>
    public IReadOnlyList<HistoryRow> Refused { get; } =
        [.. details.Refused.Where(row => details.Payable.Any(tile => tile.Period == row.Period && tile.State != MonthState.Ahead))];

    /// <summary>People write the surname first; a single word is taken as it is.</summary>
    public string GivenName => Details.FullName.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var name, ..] ? name : Details.FullName;

    public IReadOnlyList<int> Years { get; } = [.. details.Tiles.Where(tile => tile.State != MonthState.Before).Select(tile => tile.Period.Year).Distinct().Order()];

    /// <summary>A year as the member has lived it: months before they joined are nothing to look at.</summary>
    public IReadOnlyList<MonthTile> TilesOf(int year) => [.. Details.Tiles.Where(tile => tile.Period.Year == year && tile.State != MonthState.Before)];

    /// <summary>The last transfers, the newest first.</summary>
    public IReadOnlyList<Transfer> Recent { get; } = Transfer.Of(details.Recent);

    /// <summary>A cashier has confirmed something: the member knows by now what the portal is for.</summary>
    public bool HasPaid => Details.Tiles.Any(tile => tile.State is MonthState.Paid or MonthState.Prepaid);

    public bool CanPay(MonthTile tile) => Details.Payable.Any(payable => payable.Period == tile.Period);
}
