namespace Diaspora.Domain.Dues;

/// <summary>«С месяца …, сумма …»: the fee from a month on, until the next step.</summary>
public sealed record FeeStep(Period From, Money Amount);

/// <summary>What each month costs. Months before the first step cost what it says.</summary>
public sealed class FeeSchedule
{
    /// <summary>Where a fee that always was begins.</summary>
    public static readonly Period Beginning = Period.Earliest;

    private readonly FeeStep[] _steps;

    /// <exception cref="ArgumentException">No step at all, or two for one month.</exception>
    public FeeSchedule(IEnumerable<FeeStep> steps)
    {
        _steps = [.. steps.OrderBy(step => step.From)];
        if (_steps.Length == 0 || _steps.DistinctBy(step => step.From).Count() < _steps.Length)
        {
            throw new ArgumentException("A schedule has at least one step, and one for a month.", nameof(steps));
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<FeeStep> Steps => _steps;

    /// <summary>One fee for every month.</summary>
    public static FeeSchedule Always(Money fee) => new([new FeeStep(Beginning, fee)]);

    public Money Of(Period period) => (Array.FindLast(_steps, step => step.From <= period) ?? _steps[0]).Amount;

    /// <summary>The first month, up to and with <paramref name="last"/>, that costs something else in <paramref name="other"/>.</summary>
    public Period? FirstChange(FeeSchedule other, Period last)
    {
        // A fee changes only where a step begins in one of the two, so only those months are compared.
        var steps = _steps.Concat(other._steps).Select(step => step.From).Append(Beginning).Where(month => month <= last).Order();
        return steps.Where(month => Of(month) != other.Of(month)).Select(month => (Period?)month).FirstOrDefault();
    }
}
