using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Members;

public interface IMemberRepository
{
    /// <summary>
    /// Nobody else changes the months of these members until the unit of work ends. Whatever is found for a verb is held by itself; a verb that
    /// knows from its form whom it works on says so first, so that all it reads is true.
    /// </summary>
    Task HoldAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel = default);

    /// <summary>The member with exemptions and suspensions.</summary>
    Task<Member?> FindAsync(Guid id, CancellationToken cancel = default);

    /// <summary>Who a record is today: itself, or the one it was merged into. Nothing for an id that nobody ever had.</summary>
    Task<(Guid Id, string FullName)?> TodayAsync(Guid id, CancellationToken cancel = default);

    /// <summary>Whose number it is. The number of a record that was merged into another one leads to that one.</summary>
    Task<Guid?> IdOfAsync(PhoneNumber phone, CancellationToken cancel = default);

    Task<bool> NumberExistsAsync(MemberNumber number, CancellationToken cancel = default);

    Task<bool> AnyAdminAsync(CancellationToken cancel = default);

    void Add(Member member);

    void Add(MemberNote note);

    void Remove(MemberNote note);

    Task<MemberNote?> FindNoteAsync(Guid noteId, CancellationToken cancel = default);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<NoteRow>> NotesAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>The member with intervals and the names of who decided them; missing when the number is nobody's.</summary>
    Task<MemberCard?> CardAsync(string number, CancellationToken cancel = default);

    Task<MemberCard?> CardAsync(Guid id, CancellationToken cancel = default);

    /// <summary>One page of members with all that their ledgers are computed from.</summary>
    /// <param name="current">The current month: a filter that names no month means it.</param>
    /// <param name="known">How many the list has on all its pages, where that is known already.</param>
    Task<Page<MemberFacts>> PageAsync(MemberFilter filter, Period current, int? known = null, CancellationToken cancel = default);

    /// <summary>One member, if such a page could show them.</summary>
    Task<MemberFacts?> OneAsync(Guid id, MemberFilter filter, Period current, CancellationToken cancel = default);

    Task<IReadOnlyList<MemberFacts>> WithNumbersAsync(IReadOnlyCollection<MemberNumber> numbers, CancellationToken cancel = default);

    /// <summary>How many members each segment has of those the filter leaves, whichever of the segments it asks for.</summary>
    Task<SegmentCounts> CountsAsync(MemberFilter filter, Period current, CancellationToken cancel = default);

    /// <summary>The cities members wrote, the most frequent ones, by name.</summary>
    Task<IReadOnlyList<string>> CitiesAsync(int most, CancellationToken cancel = default);

    Task<string?> NameOfIinAsync(string iin, Guid exceptId, CancellationToken cancel = default);

    /// <summary>Whom the list holds on all its pages, in its order.</summary>
    Task<IReadOnlyList<Guid>> IdsAsync(MemberFilter filter, Period current, CancellationToken cancel = default);

    /// <summary>Everybody who has a ledger, by name, with the payments of these months only.</summary>
    Task<IReadOnlyList<MemberFacts>> AllInAsync(PeriodSpan months, CancellationToken cancel = default);

    /// <summary>Everybody who ever was a member and has no card that holds: blocked, suspended in this month, merged into another record, or staff alone.</summary>
    Task<IReadOnlyList<Guid>> WithoutCardAsync(Period current, CancellationToken cancel = default);
}

public static class MemberRepositories
{
    extension(IWork work)
    {
        public IMemberRepository Members => work.Repository<IMemberRepository>();

        public IMemberListingRepository Listings => work.Repository<IMemberListingRepository>();
    }
}
