namespace Diaspora.Domain.Dues;

/// <summary>What a payment means to its month.</summary>
public enum PaidMonthState
{
    /// <summary>It waits for the cashier.</summary>
    Pending,

    /// <summary>It covers its month.</summary>
    Confirmed,

    /// <summary>Rejected or given back: it covers nothing, but its year is still shown.</summary>
    Void,
}

/// <summary>One payment as the ledger sees it.</summary>
/// <param name="StartedAt">When its intent was started; for the sentence about a month that waits.</param>
public readonly record struct PaidMonth(Period Period, PaidMonthState State, Money Amount, DateTime StartedAt = default);

/// <summary>Reads what was paid without knowing how one pays.</summary>
public interface IPaidMonthRepository
{
    /// <summary>Every payment of one member.</summary>
    Task<IReadOnlyList<PaidMonth>> OfMemberAsync(Guid memberId, CancellationToken cancel = default);
}

public static class DuesRepositories
{
    extension(IWork work)
    {
        public IPaidMonthRepository PaidMonths => work.Repository<IPaidMonthRepository>();
    }
}
