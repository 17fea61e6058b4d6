namespace Diaspora.Domain.Payments;

/// <summary>The numbers are stored.</summary>
public enum CreditStatus
{
    Open = 0,
    Used = 1,
    Returned = 2,

    /// <summary>The booking that had left it was undone: its money is to be divided anew.</summary>
    Voided = 3,
}

/// <summary>
/// What was left of a sum after the months it paid. It is the member's money until it is used for another payment or returned.
/// It is always used whole. What is left then is a new credit, so no credit ever changes its amount.
/// </summary>
public sealed class Credit
{
    private Credit()
    {
    }

    /// <param name="intentId">The intent whose money it is left of.</param>
    /// <param name="by">Missing where the portal booked by itself.</param>
    public Credit(Guid memberId, Money amount, Guid intentId, Guid? by, DateTime now)
    {
        MemberId = memberId;
        Amount = amount;
        IntentId = intentId;
        CreatedBy = by ?? Guid.Empty;
        CreatedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid MemberId { get; private set; }

    public Money Amount { get; private set; }

    public Guid IntentId { get; private set; }

    public CreditStatus Status { get; private set; }

    /// <summary>The intent it was used for.</summary>
    public Guid? UsedIntentId { get; private set; }

    /// <summary>Nobody's id where the portal booked by itself: a column that is rebuilt could be found half rebuilt.</summary>
    public Guid CreatedBy { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public Guid? SettledBy { get; private set; }

    public DateTime? SettledAt { get; private set; }

    /// <summary>Why or how it was returned.</summary>
    public string? Reason { get; private set; }

    public Guid Version { get; private set; }

    public bool IsOpen => Status == CreditStatus.Open;

    /// <exception cref="DomainException">Used or returned already.</exception>
    public void Use(Guid intentId, Guid by, DateTime now)
    {
        Settle(CreditStatus.Used, by, now);
        UsedIntentId = intentId;
    }

    /// <exception cref="DomainException">Used or returned already.</exception>
    public void Return(string reason, Guid by, DateTime now)
    {
        Settle(CreditStatus.Returned, by, now);
        Reason = reason;
    }

    /// <exception cref="DomainException">Used or returned already.</exception>
    public void Void(Guid? by, DateTime now) => Settle(CreditStatus.Voided, by, now);

    internal void HandTo(Guid memberId) => MemberId = memberId;

    private void Settle(CreditStatus status, Guid? by, DateTime now)
    {
        if (!IsOpen)
        {
            throw new DomainException(Problems.CreditSpent, Amount, SettledAt!.Value);
        }

        Status = status;
        SettledBy = by;
        SettledAt = now;
    }
}

public interface ICreditRepository
{
    void Add(Credit credit);

    Task<Credit?> FindAsync(Guid creditId, CancellationToken cancel = default);

    /// <summary>All of one member, newest first.</summary>
    Task<IReadOnlyList<CreditRow>> OfMemberAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>What one member may still use, newest first.</summary>
    Task<IReadOnlyList<KeptMoney>> KeptAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>All that one intent left over or used, newest first.</summary>
    Task<IReadOnlyList<CreditRow>> OfIntentAsync(Guid intentId, CancellationToken cancel = default);
}

/// <summary>A credit with the names and codes a person knows it by.</summary>
public sealed record CreditRow(
    Guid Id, Guid MemberId, string MemberName, Money Amount, CreditStatus Status, Guid IntentId, string Code, string? CreatedBy, DateTime CreatedAt,
    Guid? UsedIntentId, string? UsedCode, string? SettledBy, DateTime? SettledAt, string? Reason)
{
    public bool IsOpen => Status == CreditStatus.Open;
}

/// <summary>A credit as its member reads of it.</summary>
/// <param name="IntentId">The intent it is left of.</param>
public sealed record KeptMoney(Guid IntentId, string Code, Money Amount, DateTime At);
