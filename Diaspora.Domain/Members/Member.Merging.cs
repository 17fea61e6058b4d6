using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Members;

/// <summary>What becomes of two records of one person.</summary>
public sealed partial class Member
{
    /// <summary>Whose record this one became a part of: it is in no list any more and nobody signs in with it, but its phone and number stay its own.</summary>
    public Guid? MergedIntoId { get; private set; }

    public DateTime? MergedAt { get; private set; }

    /// <summary>What two records of one person are compared by.</summary>
    internal MemberData Data => new(FullName, Phone.Value, Email, City, Iin, JoinedOn);

    /// <summary>Takes over chosen values of another record. The phone is changed apart: it is unique.</summary>
    internal void Take(MemberData data, DateTime now)
    {
        Rename(data.FullName);
        (Email, City, Iin, JoinedOn, UpdatedAt) = (data.Email, data.City, data.Iin, data.JoinedOn, now);
    }

    internal void TakePhone(PhoneNumber phone) => Phone = phone;

    /// <summary>Takes over the exemptions and suspensions of another record, without the months it has some of its own for.</summary>
    /// <returns>What came of it; those of the other record stay as they are.</returns>
    internal IReadOnlyList<MonthInterval> Inherit(Member other)
    {
        List<Exemption> exemptions = [.. other._exemptions.SelectMany(from => from.Span.Without(_exemptions.Select(own => own.Span)).Select(span => new Exemption(Id, span, from)))];
        List<Suspension> suspensions = [.. other._suspensions.SelectMany(from => from.Span.Without(_suspensions.Select(own => own.Span)).Select(span => new Suspension(Id, span, from)))];
        _exemptions.AddRange(exemptions);
        _suspensions.AddRange(suspensions);
        return [.. exemptions, .. suspensions];
    }

    /// <summary>Makes this record a part of another one.</summary>
    internal void MergeInto(Guid memberId, DateTime now)
    {
        MergedIntoId = memberId;
        MergedAt = UpdatedAt = now;
    }

    /// <summary>Whom it was merged into became a part of another record: it follows, or comes back with it.</summary>
    internal void Follow(Guid memberId) => MergedIntoId = memberId;

    /// <summary>Makes it a record of its own again.</summary>
    internal void Separate(DateTime now)
    {
        MergedIntoId = null;
        MergedAt = null;
        UpdatedAt = now;
    }
}

/// <summary>What two records of one person are compared by, and may be taken from either.</summary>
public sealed record MemberData(string FullName, string Phone, string? Email, string? City, string? Iin, DateOnly? JoinedOn);
