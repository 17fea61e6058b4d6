using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Merging;

/// <summary>Parts two records again that were merged, if nothing was built on it since.</summary>
internal sealed class MergeUndo
{
    private readonly MergeSnapshot _snapshot;
    private readonly IReadOnlyList<PaymentIntent> _intents;
    private readonly IReadOnlyList<Credit> _credits;
    private readonly IReadOnlyList<Member> _followers;

    private MergeUndo(Member stays, Member goes, MergeSnapshot snapshot, IReadOnlyList<PaymentIntent> intents, IReadOnlyList<Credit> credits, IReadOnlyList<Member> followers) =>
        (Stays, Goes, _snapshot, _intents, _credits, _followers) = (stays, goes, snapshot, intents, credits, followers);

    public Member Stays { get; }

    public Member Goes { get; }

    /// <exception cref="DomainException">The record that stayed is a part of another one by now.</exception>
    public static async Task<MergeUndo> ReadAsync(IWork work, MemberMerge merge, CancellationToken cancel)
    {
        var goes = await work.Duplicates.FindMergedAsync(merge.GoesId, cancel) ?? throw new DomainException(Problems.NotFound);
        var stays = await work.Members.FindAsync(merge.StaysId, cancel) ?? throw new DomainException(Problems.MergeBuiltOnByMerge);
        return new MergeUndo(
            stays, goes, merge.Snapshot, await work.Duplicates.IntentsAsync([stays.Id], cancel), await work.Duplicates.CreditsAsync([stays.Id], cancel),
            await work.Duplicates.FollowersAsync(stays.Id, cancel));
    }

    /// <exception cref="DomainException">The sentence says what was built on it.</exception>
    public void RequireUntouched()
    {
        if (_followers.Any(follower => !_snapshot.KnownFollowers.Contains(follower.Id)))
        {
            throw new DomainException(Problems.MergeBuiltOnByMerge);
        }

        // A rejected payment is no reason to refuse. Money that came or is on its way is one.
        var later = _intents.FirstOrDefault(intent => _snapshot.IntentVersions.TryGetValue(intent.Id, out var version)
            ? version != intent.Version
            : !_snapshot.KnownIntents.Contains(intent.Id) && intent.Payments.Any(payment => payment.Status != PaymentStatus.Rejected));
        if (later is not null || _snapshot.IntentVersions.Keys.Except(_intents.Select(intent => intent.Id)).Any())
        {
            throw new DomainException(Problems.MergeBuiltOnByPayment, later?.Code ?? "");
        }

        if (_credits.FirstOrDefault(credit => _snapshot.CreditVersions.TryGetValue(credit.Id, out var version) && version != credit.Version) is { } spent)
        {
            throw new DomainException(Problems.MergeBuiltOnByCredit, spent.Amount);
        }

        if (!MergePlan.IntervalsOf(Stays).SequenceEqual(_snapshot.Intervals))
        {
            throw new DomainException(Problems.MergeBuiltOnByMonths);
        }

        if (Stays.Data != _snapshot.After)
        {
            throw new DomainException(Problems.MergeBuiltOnByEdit);
        }
    }

    /// <summary>The codes of the intents that are given back.</summary>
    public IReadOnlyList<string> Codes => [.. Touched.Select(intent => intent.Code)];

    public IReadOnlyList<PaymentIntent> Touched => [.. _intents.Where(intent => _snapshot.IntentVersions.ContainsKey(intent.Id))];

    /// <summary>The intents of which a month had been set aside.</summary>
    public IReadOnlyList<PaymentIntent> Decided => [.. Touched.Where(intent => StateOf(intent).Payments.Any(state => intent.Find(state.Id) is var payment && (payment.Status, payment.Period) != (state.Status, state.Period)))];

    /// <summary>Gives everything back, in an order in which no month ever has two live payments.</summary>
    public async Task ApplyAsync(IWork work, DateTime now, CancellationToken cancel)
    {
        var touched = Touched.ToList();
        touched.ForEach(intent => intent.HandBack(StateOf(intent)));
        await work.Duplicates.SaveAsync(cancel);
        touched.ForEach(intent => intent.Restore(StateOf(intent)));

        _credits.Where(credit => _snapshot.CreditVersions.ContainsKey(credit.Id)).ToList().ForEach(credit => credit.HandTo(Goes.Id));
        (await work.Duplicates.NotesAsync(Stays.Id, cancel)).Where(note => _snapshot.Notes.Contains(note.Id)).ToList().ForEach(note => note.HandTo(Goes.Id));
        _followers.Where(follower => _snapshot.Followers.Contains(follower.Id)).ToList().ForEach(follower => follower.Follow(Goes.Id));
        Stays.Exemptions.Concat<MonthInterval>(Stays.Suspensions).Where(interval => _snapshot.Inherited.Contains(interval.Id)).ToList().ForEach(work.Duplicates.Remove);
        Stays.Take(_snapshot.Before, now);
        Goes.Separate(now);
        if (_snapshot.HasOtherPhone)
        {
            await MergePlan.SwapPhonesAsync(work, Stays, Goes, cancel);
        }
    }

    private IntentState StateOf(PaymentIntent intent) => _snapshot.Intents.First(state => state.Id == intent.Id);
}
