namespace Diaspora.Domain.Dues;

/// <summary>Whole months of one member in which dues are not owed as usual. Somebody decided them for a reason, and perhaps ended them early. Never deleted.</summary>
public abstract class MonthInterval
{
    private protected MonthInterval()
    {
    }

    private protected MonthInterval(Guid memberId, Period from, Period? to, string reason, Guid decidedBy, DateTime now)
    {
        if (to < from)
        {
            throw new DomainException(Problems.IntervalBackwards);
        }

        MemberId = memberId;
        From = from;
        To = to;
        Reason = reason;
        DecidedBy = decidedBy;
        CreatedAt = now;
    }

    /// <summary>Some months of <paramref name="from"/> for another member, with the same reason and decision.</summary>
    private protected MonthInterval(Guid memberId, PeriodSpan span, MonthInterval from)
    {
        (MemberId, From, To) = (memberId, span.From, span.To);
        (Reason, DecidedBy, CreatedAt, EndedBy, EndedAt) = (from.Reason, from.DecidedBy, from.CreatedAt, from.EndedBy, from.EndedAt);
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid MemberId { get; private set; }

    public Period From { get; private set; }

    /// <summary>The last month; open when it is missing.</summary>
    public Period? To { get; private set; }

    public string Reason { get; private set; } = "";

    public Guid DecidedBy { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public Guid? EndedBy { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public PeriodSpan Span => new(From, To);

    /// <summary>Ended before its first month. It covers nothing, and another interval may have its months.</summary>
    public bool IsCancelled => Span.IsEmpty;

    /// <summary>Brings the end forward.</summary>
    /// <param name="last">The last month it still covers; the month before the first cancels it.</param>
    /// <exception cref="DomainException">It ends then or earlier already, or is cancelled.</exception>
    internal void End(Period last, Guid by, DateTime now)
    {
        if (To is { } to && (last >= to || IsCancelled))
        {
            throw new DomainException(Problems.IntervalNotShorter, to);
        }

        To = last < From ? From.Previous : last;
        EndedBy = by;
        EndedAt = now;
    }
}

/// <summary>Months a member need not pay, granted by the council.</summary>
public sealed class Exemption : MonthInterval
{
    private Exemption()
    {
    }

    internal Exemption(Guid memberId, PeriodSpan span, Exemption from) : base(memberId, span, from)
    {
    }

    internal Exemption(Guid memberId, Period from, Period? to, string reason, Guid decidedBy, DateTime now) : base(memberId, from, to, reason, decidedBy, now)
    {
    }
}

/// <summary>Months in which the membership rests.</summary>
public sealed class Suspension : MonthInterval
{
    private Suspension()
    {
    }

    internal Suspension(Guid memberId, PeriodSpan span, Suspension from) : base(memberId, span, from)
    {
    }

    internal Suspension(Guid memberId, Period from, Period? to, string reason, Guid decidedBy, DateTime now) : base(memberId, from, to, reason, decidedBy, now)
    {
    }
}
