namespace Diaspora.Domain.Rights;

public enum DeletionState
{
    /// <summary>It waits for an answer.</summary>
    Open,
    Withdrawn,
    Done,
    Refused,
}

/// <summary>A member asks that what is known of them be deleted. The law gives the association fifteen working days.</summary>
public sealed class DeletionRequest
{
    public const int WorkingDaysGiven = 15;

    private DeletionRequest()
    {
    }

    /// <param name="today">The local day on which it is asked.</param>
    public DeletionRequest(Guid memberId, DateOnly today, DateTime now)
    {
        MemberId = memberId;
        AskedAt = now;
        DueOn = WorkingDays.After(today, WorkingDaysGiven);
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid MemberId { get; private set; }

    public DateTime AskedAt { get; private set; }

    /// <summary>The last day for an answer. Kept, so that nothing that is learned later moves it.</summary>
    public DateOnly DueOn { get; private set; }

    public DeletionState State { get; private set; }

    public DateTime? EndedAt { get; private set; }

    /// <summary>Who answered; missing for one that was withdrawn.</summary>
    public Guid? AnsweredBy { get; private set; }

    /// <summary>Why it was refused, in words for the member.</summary>
    public string? Reason { get; private set; }

    /// <exception cref="DomainException">It is answered or withdrawn already; so for the others.</exception>
    public void Withdraw(DateTime now) => End(DeletionState.Withdrawn, null, now);

    public void Complete(Guid by, DateTime now) => End(DeletionState.Done, by, now);

    public void Refuse(Guid by, string reason, DateTime now)
    {
        End(DeletionState.Refused, by, now);
        Reason = reason.Trim();
    }

    private void End(DeletionState state, Guid? by, DateTime now)
    {
        if (State != DeletionState.Open)
        {
            throw new DomainException(Problems.RequestDecided);
        }

        (State, AnsweredBy, EndedAt) = (state, by, now);
    }
}

/// <summary>A request as its member sees it.</summary>
public sealed record OwnDeletion(Guid Id, DateTime AskedAt, DateOnly DueOn, DeletionState State, DateTime? EndedAt, string? Reason);

/// <summary>A request that waits, beside its member.</summary>
/// <param name="Number">Of the record that stays, where two were merged.</param>
public sealed record DeletionRow(Guid Id, string Number, string FullName, string Phone, DateTime AskedAt, DateOnly DueOn);

public interface IDeletionRepository
{
    void Add(DeletionRequest request);

    Task<DeletionRequest?> FindAsync(Guid id, CancellationToken cancel = default);

    /// <summary>The member's own and those of records that were merged into theirs, the newest first.</summary>
    Task<IReadOnlyList<DeletionRequest>> OfMemberAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>Those that wait; whose deadline comes first is first.</summary>
    Task<IReadOnlyList<DeletionRow>> OpenAsync(int most, CancellationToken cancel = default);
}

public static class RightsRepositories
{
    extension(IWork work)
    {
        public IDeletionRepository Deletions => work.Repository<IDeletionRepository>();
    }
}
