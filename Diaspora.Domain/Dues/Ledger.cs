namespace Diaspora.Domain.Dues;

/// <summary>Whole months, both ends included; open when <see cref="To"/> is missing.</summary>
public readonly record struct PeriodSpan(Period From, Period? To)
{
    public bool IsEmpty => To < From;

    public bool Covers(Period period) => period >= From && (To is null || period <= To);

    public bool Overlaps(PeriodSpan other) => !IsEmpty && !other.IsEmpty && (To is null || other.From <= To) && (other.To is null || From <= other.To);

    /// <summary>What is left of it without the months of others: nothing, or one span or several.</summary>
    public IReadOnlyList<PeriodSpan> Without(IEnumerable<PeriodSpan> others)
    {
        List<PeriodSpan> left = IsEmpty ? [] : [this];
        foreach (var other in others)
        {
            left = [.. left.SelectMany(span => span.Overlaps(other) ? span.Around(other) : [span])];
        }

        return left;
    }

    private IEnumerable<PeriodSpan> Around(PeriodSpan hole)
    {
        if (From < hole.From)
        {
            yield return new PeriodSpan(From, hole.From.Previous);
        }

        if (hole.To is { } last && (To is null || last < To))
        {
            yield return new PeriodSpan(last.Next, To);
        }
    }
}

/// <summary>All that the ledger is computed from, besides the rules and the clock.</summary>
/// <param name="JoinedOn">Missing for staff who are not members: they have no ledger.</param>
public sealed record LedgerFacts(
    DateOnly? JoinedOn,
    bool IsBlocked,
    IReadOnlyList<PeriodSpan> Exemptions,
    IReadOnlyList<PeriodSpan> Suspensions,
    IReadOnlyList<PaidMonth> Payments);

/// <summary>
/// What one member owes, month by month, at one instant. The only place that knows: every screen, list and export asks here.
/// </summary>
public sealed class Ledger
{
    private readonly LedgerFacts _facts;
    private readonly DuesRules _rules;
    private readonly DateOnly _today;
    private readonly Dictionary<Period, PaidMonth> _live = [];

    public Ledger(LedgerFacts facts, DuesRules rules, DateTime nowUtc)
    {
        _facts = facts;
        _rules = rules;
        _today = rules.DayOf(nowUtc);
        Current = Period.Of(_today);
        foreach (var payment in facts.Payments.Where(payment => payment.State is PaidMonthState.Pending or PaidMonthState.Confirmed))
        {
            _live[payment.Period] = payment;
        }

        DebtMonths = Joined is { } joined ? [.. Period.Range(joined, Current).Where(IsOwed)] : [];
        Debt = Money.Sum(DebtMonths.Select(AmountOf));
    }

    public Period Current { get; }

    public Period? Joined => _facts.JoinedOn is { } day ? Period.Of(day) : null;

    /// <summary>The months past their deadline that no confirmed payment covers, oldest first.</summary>
    public IReadOnlyList<Period> DebtMonths { get; }

    public Money Debt { get; }

    /// <summary>The first rule that matches, in the order of the design.</summary>
    public MonthState StateOf(Period period)
    {
        if (_live.TryGetValue(period, out var payment))
        {
            return payment.State == PaidMonthState.Pending ? MonthState.Pending : period > Current ? MonthState.Prepaid : MonthState.Paid;
        }

        return Covered(_facts.Exemptions, period) ? MonthState.Exempt
            : Covered(_facts.Suspensions, period) ? MonthState.Suspended
            : Joined is not { } joined || period < joined ? MonthState.Before
            : period > Current ? MonthState.Ahead
            : _today <= _rules.DeadlineOf(period, _facts.JoinedOn!.Value) ? MonthState.Due
            : MonthState.Overdue;
    }

    public MonthTile TileOf(Period period) => new(period, StateOf(period), AmountOf(period), period == Current);

    /// <summary>
    /// Whole years, from joining to as far ahead as may be paid, and every other year that something was paid for.
    /// The same for the member and for staff. Empty without a ledger.
    /// </summary>
    public IReadOnlyList<MonthTile> AllTiles
    {
        get
        {
            if (Joined is not { } joined)
            {
                return [];
            }

            var years = _facts.Payments.Select(payment => payment.Period.Year).Concat([joined.Year, Current.Year, Current.AddMonths(_rules.MonthsAhead).Year]).ToList();
            return [.. Enumerable.Range(years.Min(), years.Max() - years.Min() + 1).SelectMany(TilesOf)];
        }
    }

    public IReadOnlyList<MonthTile> TilesOf(int year) => [.. Period.Range(new Period(year, 1), new Period(year, 12)).Select(TileOf)];

    /// <summary>The first rule that matches, in the order of the design.</summary>
    public Standing Standing
    {
        get
        {
            if (_facts.IsBlocked)
            {
                return Standing.Blocked;
            }

            // An exemption holds even while a claim for its month still waits.
            return Joined is null ? Standing.Active
                : Covered(_facts.Suspensions, Current) ? Standing.Suspended
                : StateOf(Current) == MonthState.Paid || Covered(_facts.Exemptions, Current) ? Standing.Active
                : DebtMonths.Any(month => month >= Current.Previous) ? Standing.Overdue
                : _facts.Exemptions.All(exemption => exemption.IsEmpty) && !_live.Values.Any(payment => payment.State == PaidMonthState.Confirmed) ? Standing.Pending
                : Standing.Active;
        }
    }

    /// <summary>Whether the member may set out to pay this month now.</summary>
    public bool CanPay(Period period) =>
        !_facts.IsBlocked
        && (StateOf(period) is MonthState.Overdue or MonthState.Due
            || (StateOf(period) == MonthState.Ahead && period <= Current.AddMonths(_rules.MonthsAhead)));

    /// <summary>What can be paid now, in the order in which it should be: oldest debt, current month, months ahead.</summary>
    public IReadOnlyList<MonthTile> PayableMonths =>
        Joined is { } joined
            ? [.. Period.Range(joined, Max(joined, Current).AddMonths(_rules.MonthsAhead)).Where(CanPay).Select(TileOf)]
            : [];

    private Money AmountOf(Period period) =>
        _live.TryGetValue(period, out var payment) ? payment.Amount
        : StateOf(period) is MonthState.Exempt or MonthState.Suspended or MonthState.Before ? Money.Zero
        : _rules.FeeOf(period);

    /// <summary>
    /// Overdue, or waiting for the cashier past the deadline. A pending claim for a month that was exempted or suspended later is
    /// not a debt, though its tile still says «На проверке».
    /// </summary>
    private bool IsOwed(Period period) =>
        !Covered(_facts.Exemptions, period)
        && !Covered(_facts.Suspensions, period)
        && _today > _rules.DeadlineOf(period, _facts.JoinedOn!.Value)
        && !(_live.TryGetValue(period, out var payment) && payment.State == PaidMonthState.Confirmed);

    private static bool Covered(IReadOnlyList<PeriodSpan> spans, Period period) => spans.Any(span => span.Covers(period));

    private static Period Max(Period left, Period right) => left > right ? left : right;
}
