using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Web.Payments.Admin.Record;

/// <summary>One member's part of a divided sum: which months it pays, and which of the member's credits are used for it.</summary>
public sealed class DividedSumPart
{
    /// <summary>How many months ahead are offered before «Ещё месяцы».</summary>
    private const int AheadAtFirst = 3;

    private readonly HashSet<Period> _chosen = [];
    private readonly HashSet<Guid> _credits = [];

    /// <param name="claimed">Months of the intent that is settled; they come at what was claimed and are shown as waiting.</param>
    public DividedSumPart(PayableMember member, IEnumerable<MonthTile>? claimed = null)
    {
        Member = member;
        Months = [.. (claimed ?? []).Concat(member.Payable).DistinctBy(tile => tile.Period).OrderBy(tile => tile.Period)];
    }

    public PayableMember Member { get; }

    /// <summary>All that can be paid, oldest first.</summary>
    public IReadOnlyList<MonthTile> Months { get; }

    public IReadOnlyList<MonthTile> Chosen => [.. Months.Where(tile => _chosen.Contains(tile.Period))];

    public IReadOnlyList<CreditRow> UsedCredits => [.. Member.Credits.Where(credit => _credits.Contains(credit.Id))];

    public Money Total => Money.Sum(Chosen.Select(tile => tile.Amount));

    public bool Has(Period period) => _chosen.Contains(period);

    public bool Uses(Guid creditId) => _credits.Contains(creditId);

    /// <summary>What is offered: debts and the current month, the next ones, and whatever is chosen.</summary>
    /// <param name="all">Also every month ahead.</param>
    public IReadOnlyList<MonthTile> Shown(bool all)
    {
        var ahead = Months.Where(tile => tile.State == MonthState.Ahead).Take(AheadAtFirst).ToHashSet();
        return [.. Months.Where(tile => all || tile.State != MonthState.Ahead || ahead.Contains(tile) || Has(tile.Period))];
    }

    public bool HasMore => Shown(all: false).Count < Months.Count;

    /// <summary>Skips a month or a credit that is no longer there, because it was paid or spent meanwhile.</summary>
    internal void Choose(IEnumerable<Period> periods, IEnumerable<Guid> credits)
    {
        _chosen.Clear();
        _chosen.UnionWith(periods.Intersect(Months.Select(tile => tile.Period)));
        _credits.Clear();
        _credits.UnionWith(credits.Intersect(Member.Credits.Select(credit => credit.Id)));
    }

    internal void Toggle(Period period)
    {
        if (!_chosen.Remove(period) && Months.Any(tile => tile.Period == period))
        {
            _chosen.Add(period);
        }
    }

    internal void Toggle(Guid creditId)
    {
        if (!_credits.Remove(creditId) && Member.Credits.Any(credit => credit.Id == creditId))
        {
            _credits.Add(creditId);
        }
    }

    internal void ChooseOnly(IEnumerable<Period> periods)
    {
        _chosen.Clear();
        _chosen.UnionWith(periods);
    }
}
