using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Members;

/// <summary>An exemption or a suspension, with the names of who decided.</summary>
public sealed record IntervalRow(Guid Id, bool IsExemption, Period From, Period? To, string Reason, string? DecidedBy, DateTime CreatedAt, string? EndedBy, DateTime? EndedAt)
{
    public PeriodSpan Span => new(From, To);

    public bool IsCancelled => Span.IsEmpty;

    /// <summary>Whether it can still be ended, or ended earlier.</summary>
    public bool CanEnd => !IsCancelled;
}

/// <summary>A member as stored, with the intervals as people read them.</summary>
public sealed record MemberCard(MemberPerson Person, string? Email, string Language, bool IsBlocked, IReadOnlyList<IntervalRow> Intervals);
