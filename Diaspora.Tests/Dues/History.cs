using CsCheck;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;

namespace Diaspora.Tests.Dues;

/// <summary>A life of one member as chance makes it, and what the design says about it, told in the simplest way there is.</summary>
/// <param name="Clock">The time on a clock in Almaty.</param>
internal sealed record History(
    DateOnly Joined, bool IsBlocked, FeeStep[] Fees, int DeadlineDay, PeriodSpan[] Exemptions, PeriodSpan[] Suspensions, PaidMonth[] Payments, DateTime Clock)
{
    private const int MonthsAhead = 12;
    private static readonly TimeZoneInfo Almaty = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");
    private static readonly Period First = new(2024, 6);
    private static readonly Gen<Period> AnyMonth = Gen.Int[0, 36].Select(First.AddMonths);
    private static readonly Gen<Money> AnySum = Gen.Int[1, 50].Select(hundreds => new Money(hundreds * 100));

    private static readonly Gen<PeriodSpan> AnySpan = Gen.Select(AnyMonth, Gen.Int[-1, 14], (from, length) => new PeriodSpan(from, length == 14 ? null : from.AddMonths(length)));

    /// <summary>Any second of any day, often the first or the last of it; often New Year.</summary>
    private static readonly Gen<DateTime> AnyClock = Gen.Select(
        Gen.OneOf(Gen.Select(AnyMonth, Gen.Int[1, 31], DayOf), OneOf(new DateOnly(2024, 12, 31), new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), new DateOnly(2026, 1, 1))),
        Gen.OneOf(OneOf(0, 1, 86_398, 86_399), Gen.Int[0, 86_399]),
        (day, second) => day.ToDateTime(TimeOnly.MinValue).AddSeconds(second));

    public static readonly Gen<History> Any = Gen.Select(
        Gen.Select(AnyMonth, Gen.Int[1, 31], DayOf),
        Gen.Int[0, 9].Select(dice => dice == 0),
        Gen.Select(AnyMonth, AnySum, (from, amount) => new FeeStep(from, amount)).Array[1, 4].Select(steps => steps.DistinctBy(step => step.From).ToArray()),
        Gen.Int[1, 31],
        AnySpan.Array[0, 3],
        AnySpan.Array[0, 2],
        Gen.Select(AnyMonth, Gen.Enum<PaymentStatus>(), AnySum, (month, status, amount) => new PaidMonth(month, status.ForLedger(), amount)).Array[0, 25].Select(OneLiveEach),
        AnyClock,
        (joined, blocked, fees, deadline, exemptions, suspensions, payments, clock) => new History(joined, blocked, fees, deadline, exemptions, suspensions, payments, clock));

    public DuesRules Rules => new(new FeeSchedule(Fees), DeadlineDay, MonthsAhead, 14, Almaty);

    public Ledger Ledger => new(new LedgerFacts(Joined, IsBlocked, Exemptions, Suspensions, Payments), Rules, DateTime.SpecifyKind(Clock, DateTimeKind.Utc).AddHours(-5));

    /// <summary>Every month about which this life says anything.</summary>
    public static IEnumerable<Period> Months => Period.Range(First.AddMonths(-6), First.AddMonths(60));

    private DateOnly Today => DateOnly.FromDateTime(Clock);

    private Period ThisMonth => new(Clock.Year, Clock.Month);

    private Period JoiningMonth => new(Joined.Year, Joined.Month);

    public History With(params IEnumerable<PaidMonth> more) => this with { Payments = [.. Payments, .. more] };

    public History Without(IReadOnlyCollection<Period> pending) =>
        this with { Payments = [.. Payments.Where(payment => payment.State != PaidMonthState.Pending || !pending.Contains(payment.Period))] };

    public History Shuffled(int seed)
    {
        var random = new Random(seed);
        var copy = this with { Fees = [.. Fees], Exemptions = [.. Exemptions], Suspensions = [.. Suspensions], Payments = [.. Payments] };
        random.Shuffle(copy.Fees);
        random.Shuffle(copy.Exemptions);
        random.Shuffle(copy.Suspensions);
        random.Shuffle(copy.Payments);
        return copy;
    }

    /// <summary>The tile, rule by rule in the order of the design.</summary>
    public MonthState StateOf(Period month)
    {
        if (Has(month, PaidMonthState.Confirmed))
        {
            return month > ThisMonth ? MonthState.Prepaid : MonthState.Paid;
        }

        if (Has(month, PaidMonthState.Pending))
        {
            return MonthState.Pending;
        }

        if (IsIn(Exemptions, month))
        {
            return MonthState.Exempt;
        }

        if (IsIn(Suspensions, month))
        {
            return MonthState.Suspended;
        }

        if (month < JoiningMonth)
        {
            return MonthState.Before;
        }

        if (month > ThisMonth)
        {
            return MonthState.Ahead;
        }

        return IsLate(month) ? MonthState.Overdue : MonthState.Due;
    }

    /// <summary>What each month in debt costs; a month that is missing is no debt.</summary>
    public SortedDictionary<Period, long> Debts()
    {
        var debts = new SortedDictionary<Period, long>();
        for (var month = JoiningMonth; month <= ThisMonth; month = month.Next)
        {
            if (StateOf(month) == MonthState.Overdue)
            {
                debts[month] = FeeOf(month);
            }
            else if (StateOf(month) == MonthState.Pending && IsLate(month) && !IsIn(Exemptions, month) && !IsIn(Suspensions, month))
            {
                debts[month] = Payments.Single(payment => payment.Period == month && payment.State == PaidMonthState.Pending).Amount.Tenge;
            }
        }

        return debts;
    }

    public Standing Standing()
    {
        var debts = Debts();
        return IsBlocked ? Domain.Dues.Standing.Blocked
            : IsIn(Suspensions, ThisMonth) ? Domain.Dues.Standing.Suspended
            : Has(ThisMonth, PaidMonthState.Confirmed) || IsIn(Exemptions, ThisMonth) ? Domain.Dues.Standing.Active
            : debts.ContainsKey(ThisMonth) || debts.ContainsKey(ThisMonth.Previous) ? Domain.Dues.Standing.Overdue
            : Payments.All(payment => payment.State != PaidMonthState.Confirmed) && Exemptions.All(span => span.To < span.From) ? Domain.Dues.Standing.Pending
            : Domain.Dues.Standing.Active;
    }

    public bool CanPay(Period month) =>
        !IsBlocked && StateOf(month) switch
        {
            MonthState.Due or MonthState.Overdue => true,
            MonthState.Ahead => month.MonthsSince(ThisMonth) <= MonthsAhead,
            _ => false,
        };

    public long FeeOf(Period month)
    {
        FeeStep? last = null;
        foreach (var step in Fees)
        {
            last = step.From <= month && (last is null || step.From > last.From) ? step : last;
        }

        return (last ?? Fees.MinBy(step => step.From)!).Amount.Tenge;
    }

    private bool IsLate(Period month)
    {
        var last = DayOf(month, DeadlineDay);
        return Today > (month == JoiningMonth && Joined > last ? DayOf(month.Next, DeadlineDay) : last);
    }

    private bool Has(Period month, PaidMonthState state) => Payments.Any(payment => payment.Period == month && payment.State == state);

    private static bool IsIn(PeriodSpan[] spans, Period month) => spans.Any(span => span.From <= month && !(span.To < month));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static DateOnly DayOf(Period month, int day) => new(month.Year, month.Month, Math.Min(day, DateTime.DaysInMonth(month.Year, month.Month)));

    /// <summary>The database holds at most one live payment for a month; any number of dead ones.</summary>
    private static PaidMonth[] OneLiveEach(PaidMonth[] payments) =>
        [.. payments.GroupBy(payment => payment.Period).SelectMany(month =>
            month.Where(payment => payment.State is PaidMonthState.Pending or PaidMonthState.Confirmed).Take(1).Concat(month.Where(payment => payment.State == PaidMonthState.Void)))];
}
