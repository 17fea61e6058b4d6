using System.Text.Json;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Merging;

/// <summary>An exemption or a suspension as it was right after a merge.</summary>
public sealed record IntervalState(Guid Id, PeriodSpan Span);

/// <summary>All that an undo of a merge needs to know.</summary>
/// <param name="Before">The data of the record that stays, before.</param>
/// <param name="After">The same after: who changed it since has built on the merge.</param>
/// <param name="Intents">Those that changed hands or a month of which was set aside, before.</param>
/// <param name="IntentVersions">Their versions after.</param>
/// <param name="KnownIntents">Every intent of the member who stays after it; others are newer.</param>
/// <param name="CreditVersions">The credits that changed hands, with their versions after.</param>
/// <param name="Notes">The notes that changed hands.</param>
/// <param name="Inherited">The exemptions and suspensions that came of the other record's.</param>
/// <param name="Intervals">All that the member who stays had after it.</param>
/// <param name="Followers">Records that had been merged into the other one before.</param>
/// <param name="KnownFollowers">All that were a part of the member who stays after it, the other record among them.</param>
public sealed record MergeSnapshot(
    MemberData Before,
    MemberData After,
    IReadOnlyList<IntentState> Intents,
    IReadOnlyDictionary<Guid, Guid> IntentVersions,
    IReadOnlyList<Guid> KnownIntents,
    IReadOnlyDictionary<Guid, Guid> CreditVersions,
    IReadOnlyList<Guid> Notes,
    IReadOnlyList<Guid> Inherited,
    IReadOnlyList<IntervalState> Intervals,
    IReadOnlyList<Guid> Followers,
    IReadOnlyList<Guid> KnownFollowers)
{
    public bool HasOtherPhone => Before.Phone != After.Phone;
}

/// <summary>Two records that became one, and what it takes to part them again. Never deleted.</summary>
public sealed class MemberMerge
{
    /// <summary>How long it may be undone.</summary>
    public static readonly TimeSpan UndoneWithin = TimeSpan.FromDays(30);

    private MemberMerge()
    {
    }

    internal MemberMerge(Guid staysId, Guid goesId, MergeSnapshot snapshot, Guid by, DateTime now)
    {
        StaysId = staysId;
        GoesId = goesId;
        SnapshotJson = JsonSerializer.Serialize(snapshot);
        MergedBy = by;
        MergedAt = now;
    }

    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public Guid StaysId { get; private set; }

    public Guid GoesId { get; private set; }

    public Guid MergedBy { get; private set; }

    public DateTime MergedAt { get; private set; }

    public Guid? UndoneBy { get; private set; }

    public DateTime? UndoneAt { get; private set; }

    public string SnapshotJson { get; private set; } = "";

    public DateTime UndoneUntil => MergedAt + UndoneWithin;

    internal MergeSnapshot Snapshot => JsonSerializer.Deserialize<MergeSnapshot>(SnapshotJson)!;

    /// <exception cref="DomainException">Undone already, or it is too long ago.</exception>
    internal void Undo(Guid by, DateTime now)
    {
        if (UndoneAt is { } at)
        {
            throw new DomainException(Problems.MergeUndoneAlready, at);
        }

        if (now > UndoneUntil)
        {
            throw new DomainException(Problems.MergeTooOld, UndoneWithin.Days);
        }

        UndoneBy = by;
        UndoneAt = now;
    }
}

/// <summary>Two records that look like one person and are two people: they are not proposed again.</summary>
public sealed class DuplicateDismissal(Guid firstId, Guid secondId, Guid dismissedBy, DateTime dismissedAt)
{
    public Guid FirstId { get; private set; } = firstId;

    public Guid SecondId { get; private set; } = secondId;

    public Guid DismissedBy { get; private set; } = dismissedBy;

    public DateTime DismissedAt { get; private set; } = dismissedAt;
}
