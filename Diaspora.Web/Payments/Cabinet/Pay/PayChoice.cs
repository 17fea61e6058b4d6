using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;

namespace Diaspora.Web.Payments.Cabinet.Pay;

/// <summary>A ready answer to «which months?».</summary>
public enum QuickChoice
{
    OneMonth,
    WholeDebt,
    DebtAndCurrent,
    ThreeMonths,
    SixMonths,
    TwelveMonths,
}

/// <summary>A row of the list: a month that can be chosen, or one that waits for the cashier and cannot.</summary>
public sealed record ChoiceRow(MonthTile Tile, bool CanChoose, bool IsChosen);

/// <summary>Which months a member has chosen of those that can be paid.</summary>
public sealed class PayChoice
{
    /// <summary>How many months ahead are offered before «Ещё месяцы».</summary>
    private const int AheadAtFirst = 2;

    private readonly CabinetDetails _details;
    private readonly HashSet<Period> _chosen;

    /// <param name="wanted">What the address asks for. Missing means: choose for me; an empty one is a choice like any other.</param>
    public PayChoice(CabinetDetails details, IReadOnlyCollection<Period>? wanted)
    {
        _details = details;
        var payable = details.Payable.Select(tile => tile.Period).ToHashSet();
        _chosen = [.. (wanted ?? []).Where(payable.Contains)];
        Refused = [.. (wanted ?? []).Where(period => !payable.Contains(period)).Distinct().Order()];
        if (wanted is null && details.Payable.Count > 0)
        {
            _chosen.Add(details.Payable[0].Period);
        }

        IsOldestChosenForThem = wanted is null && StartsWithDebt;
    }

    /// <summary>The choice is the portal's own: the oldest debt.</summary>
    public bool IsOldestChosenForThem { get; }

    /// <summary>Wanted, but paid or waiting by now.</summary>
    public IReadOnlyList<Period> Refused { get; }

    public IReadOnlyList<MonthTile> Chosen => [.. _details.Payable.Where(tile => _chosen.Contains(tile.Period))];

    public Period Current => _details.Current.Period;

    public List<Period> Periods => [.. Chosen.Select(tile => tile.Period)];

    public Money Total => Sum(Chosen);

    /// <summary>What every month costs that can be chosen: the sum is reckoned of what was on the screen.</summary>
    public SeenPrices Prices => new([.. _details.Payable.Select(tile => new MonthPrice(tile.Period, tile.Amount))]);

    public bool StartsWithDebt => _details.Payable is [{ State: MonthState.Overdue }, ..];

    public IEnumerable<Period> PeriodsOf(QuickChoice choice) => MonthsOf(choice).Select(tile => tile.Period);

    public bool Is(QuickChoice choice) => _chosen.SetEquals(PeriodsOf(choice));

    public Money SumOf(QuickChoice choice) => Sum(MonthsOf(choice));

    /// <summary>Quick choices, one for each number of months, the fewest first. With a debt there is one for all of it, and one for that and the current month.</summary>
    public IReadOnlyList<QuickChoice> QuickChoices
    {
        get
        {
            QuickChoice[] offered =
            [
                QuickChoice.OneMonth, .. StartsWithDebt ? (QuickChoice[])[QuickChoice.WholeDebt, QuickChoice.DebtAndCurrent] : [],
                QuickChoice.ThreeMonths, QuickChoice.SixMonths, QuickChoice.TwelveMonths,
            ];
            List<QuickChoice> distinct = [.. offered.DistinctBy(choice => MonthsOf(choice).Count).OrderBy(choice => MonthsOf(choice).Count)];
            return distinct.Count > 1 ? distinct : [];
        }
    }

    /// <summary>How many of the chosen months cost what, oldest first: more than one part where the fee changed between them.</summary>
    public IReadOnlyList<(int Count, Money Each)> Parts => [.. Chosen.GroupBy(tile => tile.Amount).Select(same => (same.Count(), same.Key))];

    /// <summary>What stays overdue when the chosen months are paid.</summary>
    public IReadOnlyList<MonthTile> DebtLeft => [.. _details.Payable.Where(tile => tile.State == MonthState.Overdue && !_chosen.Contains(tile.Period))];

    /// <param name="all">Also every month ahead, not only the next ones.</param>
    public IReadOnlyList<ChoiceRow> Rows(bool all)
    {
        var ahead = _details.Payable.Where(tile => tile.State == MonthState.Ahead).Select(tile => tile.Period).ToList();
        var shown = _details.Payable.Where(tile => all || tile.State != MonthState.Ahead || _chosen.Contains(tile.Period) || ahead.IndexOf(tile.Period) < AheadAtFirst);
        var pending = _details.Pending.Select(row => new MonthTile(row.Period, MonthState.Pending, row.Amount, row.Period == _details.Current.Period));
        return
        [
            .. shown.Select(tile => new ChoiceRow(tile, true, _chosen.Contains(tile.Period)))
                .Concat(pending.Select(tile => new ChoiceRow(tile, false, false)))
                .OrderBy(row => row.Tile.Period),
        ];
    }

    public bool HasMore => Rows(all: true).Count > Rows(all: false).Count;

    private IReadOnlyList<MonthTile> MonthsOf(QuickChoice choice) => choice switch
    {
        QuickChoice.OneMonth => [.. _details.Payable.Take(1)],
        QuickChoice.WholeDebt => [.. _details.Payable.Where(tile => tile.State == MonthState.Overdue)],
        QuickChoice.DebtAndCurrent => [.. _details.Payable.Where(tile => tile.State is MonthState.Overdue or MonthState.Due)],
        QuickChoice.ThreeMonths => [.. _details.Payable.Take(3)],
        QuickChoice.SixMonths => [.. _details.Payable.Take(6)],
        _ => [.. _details.Payable.Take(12)],
    };

    private static Money Sum(IEnumerable<MonthTile> tiles) => Money.Sum(tiles.Select(tile => tile.Amount));
}
