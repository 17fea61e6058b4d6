namespace Diaspora.Domain.Reminding;

public interface IReminderRepository
{
    Task<ReminderPlan?> FindPlanAsync(CancellationToken cancel = default);

    void Add(ReminderPlan plan);

    /// <summary>Everybody who may owe anything.</summary>
    Task<IReadOnlyList<Guid>> MembersAsync(CancellationToken cancel = default);

    /// <summary>What the plan looks at; whoever is a member no more is left out.</summary>
    /// <param name="from">The first month whose reminders are looked at.</param>
    Task<IReadOnlyList<ReminderFacts>> FactsAsync(IReadOnlyList<Guid> memberIds, Period from, CancellationToken cancel = default);

    /// <summary>Who was written something and is not known to have read it, and had their day since, or did not get it.</summary>
    /// <param name="since">When that was looked at before.</param>
    Task<IReadOnlyList<Guid>> UnreadAsync(DateTime since, DateTime now, CancellationToken cancel = default);

    /// <summary>What reminders written since cost or will cost, in tiyn.</summary>
    Task<long> SpentAsync(DateTime since, CancellationToken cancel = default);

    /// <summary>Withdraws every reminder that waits.</summary>
    /// <returns>How many.</returns>
    Task<int> WithdrawAllAsync(DateTime now, CancellationToken cancel = default);

    /// <summary>A member's own, and those of records that became theirs.</summary>
    Task<IReadOnlyList<ReminderStop>> StopsAsync(Guid memberId, CancellationToken cancel = default);

    void Add(ReminderStop stop);

    void Remove(ReminderStop stop);

    /// <summary>What went out of the months from this one on, the newest first.</summary>
    /// <param name="within">Who paid so many days after it went counts.</param>
    Task<IReadOnlyList<SentReminders>> SentAsync(Period from, int within, CancellationToken cancel = default);
}

/// <summary>One reminder of the plan and what came of it.</summary>
/// <param name="At">When the first of them was written.</param>
/// <param name="Sent">How many messages went.</param>
/// <param name="Waiting">How many have still to go.</param>
/// <param name="Lost">How many did not go, or nobody knows.</param>
/// <param name="Withdrawn">How many were not needed any more.</param>
/// <param name="Reached">How many members got one.</param>
/// <param name="Paid">How many of those paid soon after.</param>
public sealed record SentReminders(ReminderKey Key, DateTime At, int Sent, int Waiting, int Lost, int Withdrawn, int Reached, int Paid)
{
    public long CostTiyn { get; init; }
}

public static class ReminderRepositories
{
    extension(IWork work)
    {
        public IReminderRepository Reminders => work.Repository<IReminderRepository>();
    }
}
