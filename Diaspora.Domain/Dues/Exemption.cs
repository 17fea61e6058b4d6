namespace Diaspora.Domain.Dues;

/// <summary>Months a member need not pay, granted by the council.</summary>
public sealed class Exemption
{
    private Exemption()
    {
    }

    public Exemption(Guid memberId, Period from, Period? to, string reason, Guid grantedBy, DateTime now)
    {
        MemberId = memberId;
        From = from;
        To = to;
        Reason = reason;
        GrantedBy = grantedBy;
        CreatedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid MemberId { get; private set; }

    public Period From { get; private set; }

    public Period? To { get; private set; }

    public string Reason { get; private set; } = "";

    public Guid GrantedBy { get; private set; }

    public DateTime CreatedAt { get; private set; }
}

/// <summary>Months in which the membership rests.</summary>
public sealed class Suspension
{
    private Suspension()
    {
    }

    public Suspension(Guid memberId, Period from, Period? to, string reason, Guid decidedBy, DateTime now)
    {
        MemberId = memberId;
        From = from;
        To = to;
        Reason = reason;
        DecidedBy = decidedBy;
        CreatedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid MemberId { get; private set; }

    public Period From { get; private set; }

    public Period? To { get; private set; }

    public string Reason { get; private set; } = "";

    public Guid DecidedBy { get; private set; }

    public DateTime CreatedAt { get; private set; }
}
