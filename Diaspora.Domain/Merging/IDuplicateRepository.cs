using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Merging;

public interface IDuplicateRepository
{
    /// <summary>Everybody who shares a name, in any order of its words, or the digits of a number with somebody else.</summary>
    Task<IReadOnlyList<DuplicateCandidate>> CandidatesAsync(CancellationToken cancel = default);

    /// <summary>Whoever has this id, and who may bear the name: of its words at least two are found in theirs. Those with the very same name come first.</summary>
    /// <param name="nameSet">As it is stored.</param>
    /// <param name="patterns">One for each word: see <see cref="NameWords.Patterns"/>.</param>
    Task<IReadOnlyList<DuplicateCandidate>> AlikeAsync(string nameSet, IReadOnlyList<string> patterns, Guid? id, CancellationToken cancel = default);

    /// <summary>Every pair of ids that was told apart.</summary>
    Task<IReadOnlySet<(Guid, Guid)>> DismissedPairsAsync(CancellationToken cancel = default);

    /// <summary>The last pairs that were told apart, newest first.</summary>
    Task<IReadOnlyList<DismissedRow>> DismissedAsync(int count, CancellationToken cancel = default);

    Task<DuplicateDismissal?> FindDismissalAsync(Guid firstId, Guid secondId, CancellationToken cancel = default);

    void Add(DuplicateDismissal dismissal);

    void Remove(DuplicateDismissal dismissal);

    /// <summary>The last merges, newest first.</summary>
    Task<IReadOnlyList<MergeRow>> MergesAsync(int count, CancellationToken cancel = default);

    Task<MemberMerge?> FindMergeAsync(Guid mergeId, CancellationToken cancel = default);

    /// <summary>The merge that made this record a part of another, while it holds.</summary>
    Task<MemberMerge?> MergeOfAsync(Guid goesId, CancellationToken cancel = default);

    void Add(MemberMerge merge);

    /// <summary>A record that is a part of another one.</summary>
    Task<Member?> FindMergedAsync(Guid id, CancellationToken cancel = default);

    /// <summary>The records that are a part of this one.</summary>
    Task<IReadOnlyList<Member>> FollowersAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>Every intent that one of them pays, or that pays a month of one of them, with payments and receipts.</summary>
    Task<IReadOnlyList<PaymentIntent>> IntentsAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken cancel = default);

    Task<IReadOnlyList<Credit>> CreditsAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken cancel = default);

    Task<IReadOnlyList<MemberNote>> NotesAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>How many entries of the log are about the member.</summary>
    Task<int> LogEntriesAsync(Guid memberId, CancellationToken cancel = default);

    void Remove(MonthInterval interval);

    /// <summary>Writes what changed so far, inside the same transaction. What follows needs it in the database, or needs its new versions.</summary>
    Task SaveAsync(CancellationToken cancel = default);
}

public static class MergingRepositories
{
    extension(IWork work)
    {
        public IDuplicateRepository Duplicates => work.Repository<IDuplicateRepository>();
    }
}
