using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Merging;

/// <summary>People who are there twice: finding them, looking at both, making one of two, and parting them again.</summary>
public sealed class DuplicateService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    public Task<DuplicateList> ProposedAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var pairs = DuplicatePairs.Of(await work.Duplicates.CandidatesAsync(cancel), await work.Duplicates.DismissedPairsAsync(cancel));
            return new DuplicateList(
                [.. pairs.Take(DuplicateList.Most)], pairs.Count, await work.Duplicates.DismissedAsync(DuplicateList.Most, cancel), await work.Duplicates.MergesAsync(DuplicateList.Most, cancel));
        }, cancel);

    /// <summary>Who may be the person that is about to be added: their number, or their name in any spelling. A hint, which forbids nothing.</summary>
    public Task<IReadOnlyList<AlikeMember>> AlikeAsync(Actor actor, string fullName, string phone, CancellationToken cancel = default) =>
        store.ReadAsync<IReadOnlyList<AlikeMember>>(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var (typed, set) = (new NameWords(fullName), NameSkeleton.InAnyOrder(NameSkeleton.Of(fullName)));
            var owner = PhoneNumber.TryParse(phone, out var number, out _) ? await work.Members.IdOfAsync(number, cancel) : null;
            var found = (await work.Duplicates.AlikeAsync(set, typed.Patterns, owner, cancel)).Where(member => member.Id == owner || typed.IsAlike(new NameWords(member.FullName)));
            return [.. found.OrderByDescending(member => (member.Id == owner, member.NameSet == set)).Take(AlikeMember.Most)
                .Select(member => new AlikeMember(member.Number, member.FullName, member.Phone, member.City, member.Id == owner))];
        }, cancel);

    /// <summary>Both records side by side.</summary>
    /// <param name="first">The number of one, eight digits.</param>
    /// <param name="second">The number of the other.</param>
    /// <exception cref="DomainException">Not found, or twice the same.</exception>
    public Task<MergeComparison> CompareAsync(Actor actor, string first, string second, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var (one, other) = (await SideAsync(work, first, cancel), await SideAsync(work, second, cancel));
            var (firstId, secondId) = DuplicatePairs.KeyOf(one.Person.Id, other.Person.Id);
            return firstId == secondId
                ? throw new DomainException(Problems.MergeWithSelf)
                : new MergeComparison(one, other, await work.Duplicates.FindDismissalAsync(firstId, secondId, cancel) is not null);
        }, cancel);

    /// <summary>What a merge would do, as it is chosen so far.</summary>
    /// <exception cref="DomainException">Not found, or the one that goes is staff.</exception>
    public Task<MergePreview> PreviewAsync(Actor actor, MergeMembersForm form, CancellationToken cancel = default)
    {
        new MergeMembersFormValidator().Ensure(form);
        return store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var plan = await MergePlan.ReadAsync(work, form.StaysId, form.GoesId, cancel);
            var ledger = plan.LedgerAfter(form, settings.Rules, Now);
            return new MergePreview(
                [.. plan.Twice.Select(month => new MergeMonth(month.Period, plan.RowOf(month.Stays), plan.RowOf(month.Goes)))],
                plan.OpenMonths(form, settings.Rules, Now),
                plan.Moving.Sum(intent => intent.Payments.Count(payment => payment.MemberId == plan.Goes.Id)),
                plan.Moving.Count,
                plan.Moving.Where(intent => intent.PayerId == plan.Goes.Id).Sum(intent => intent.Receipts.Count),
                [.. plan.MovingCredits.Where(credit => credit.IsOpen).Select(credit => credit.Amount)],
                plan.Intervals,
                (await work.Duplicates.NotesAsync(plan.Goes.Id, cancel)).Count,
                await work.Duplicates.LogEntriesAsync(plan.Goes.Id, cancel),
                ledger.Standing,
                ledger.Debt,
                plan.Seen);
        }, cancel);
    }

    /// <summary>Makes one record of two. The same admin's second press is answered as the first.</summary>
    /// <returns>The merge's id: what an undo names.</returns>
    /// <exception cref="DomainException">Not found; somebody was first; something changed since it was looked at; or a month is not decided.</exception>
    public Task<Guid> MergeAsync(Actor actor, MergeMembersForm form, CancellationToken cancel = default)
    {
        new MergeMembersFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            await work.Members.HoldAsync([form.StaysId, form.GoesId], cancel);
            foreach (var id in (Guid[])[form.GoesId, form.StaysId])
            {
                if (await work.Duplicates.MergeOfAsync(id, cancel) is { } there)
                {
                    return there.GoesId == form.GoesId && there.StaysId == form.StaysId && there.MergedBy == admin.Id
                        ? there.Id
                        : throw new DomainException(Problems.AlreadyMerged, await work.Access.NameOfAsync(there.MergedBy, cancel) ?? "—", there.MergedAt);
                }
            }

            var plan = await MergePlan.ReadAsync(work, form.StaysId, form.GoesId, cancel);
            if (plan.Seen != form.Seen)
            {
                throw new DomainException(Problems.MergeSeenOld);
            }

            var now = Now;
            plan.RequireChoices(form, settings.Rules, now);
            var decided = plan.DecidedBy(form).ToDictionary(intent => intent, IntentLog.Snapshot);
            var (goes, moving) = (plan.Goes.Data, plan.Moving);
            var snapshot = await plan.ApplyAsync(work, form, admin.Id, now, cancel);
            var merge = new MemberMerge(form.StaysId, form.GoesId, snapshot, admin.Id, now);
            work.Duplicates.Add(merge);
            work.Audit.Add(new AuditEntry(actor, AuditAction.MembersMerged, nameof(Member), form.StaysId, form.StaysId, SnapshotOf(snapshot.Before), new
            {
                snapshot.After.FullName,
                snapshot.After.Phone,
                snapshot.After.Email,
                snapshot.After.City,
                snapshot.After.Iin,
                snapshot.After.JoinedOn,
                mergedNumber = plan.Goes.Number.ToDisplay(),
                mergedName = goes.FullName,
                mergedPhone = goes.Phone,
                codes = moving.Select(intent => intent.Code),
            }, now));
            RecordIntents(work, actor, AuditAction.MembersMerged, decided, now);
            Announce(work, form.StaysId, form.GoesId, moving.Union(decided.Keys));
            return merge.Id;
        }, cancel);
    }

    /// <summary>Makes two records of one again, each with what was its own.</summary>
    /// <exception cref="DomainException">Not found, undone already, too long ago, or something was built on it: the sentence says what.</exception>
    public Task UndoMergeAsync(Actor actor, Guid mergeId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            var merge = await work.Duplicates.FindMergeAsync(mergeId, cancel) ?? throw new DomainException(Problems.NotFound);
            if (merge.UndoneBy == admin.Id)
            {
                return true;
            }

            var now = Now;
            merge.Undo(admin.Id, now);
            var undo = await MergeUndo.ReadAsync(work, merge, cancel);
            undo.RequireUntouched();
            var before = SnapshotOf(undo.Stays.Data);
            var decided = undo.Decided.ToDictionary(intent => intent, IntentLog.Snapshot);
            await undo.ApplyAsync(work, now, cancel);
            work.Audit.Add(new AuditEntry(actor, AuditAction.MergeUndone, nameof(Member), merge.StaysId, merge.StaysId, before, new
            {
                undo.Stays.FullName,
                Phone = undo.Stays.Phone.Value,
                undo.Stays.Email,
                undo.Stays.City,
                undo.Stays.Iin,
                undo.Stays.JoinedOn,
                partedNumber = undo.Goes.Number.ToDisplay(),
                partedName = undo.Goes.FullName,
                codes = undo.Codes,
            }, now));
            RecordIntents(work, actor, AuditAction.MergeUndone, decided, now);
            Announce(work, merge.StaysId, merge.GoesId, undo.Touched);
            return true;
        }, cancel);

    /// <summary>«Разные люди»: the pair is not proposed again. The second press is answered as the first.</summary>
    /// <exception cref="DomainException">Not found.</exception>
    public Task DismissAsync(Actor actor, Guid firstId, Guid secondId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var admin = await work.RequireAsync(actor, Permission.Admin, cancel);
            var (first, second) = DuplicatePairs.KeyOf(firstId, secondId);
            if (first == second || await work.Members.FindAsync(firstId, cancel) is null || await work.Members.FindAsync(secondId, cancel) is null)
            {
                throw new DomainException(Problems.NotFound);
            }

            if (await work.Duplicates.FindDismissalAsync(first, second, cancel) is null)
            {
                work.Duplicates.Add(new DuplicateDismissal(first, second, admin.Id, Now));
                await RecordPairAsync(work, actor, AuditAction.DuplicateDismissed, firstId, secondId, cancel);
            }

            return true;
        }, cancel);

    /// <summary>Takes «разные люди» back: the pair is proposed again.</summary>
    /// <exception cref="DomainException">Nobody said so.</exception>
    public Task ProposeAgainAsync(Actor actor, Guid firstId, Guid secondId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var (first, second) = DuplicatePairs.KeyOf(firstId, secondId);
            work.Duplicates.Remove(await work.Duplicates.FindDismissalAsync(first, second, cancel) ?? throw new DomainException(Problems.NotFound));
            await RecordPairAsync(work, actor, AuditAction.DismissalUndone, firstId, secondId, cancel);
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<MergeSide> SideAsync(IWork work, string number, CancellationToken cancel)
    {
        var card = await work.Members.CardAsync(number, cancel) ?? throw new DomainException(Problems.NotFound);
        var member = await work.Members.FindAsync(card.Person.Id, cancel) ?? throw new DomainException(Problems.NotFound);
        var payments = await work.Payments.HistoryAsync(member.Id, cancel);
        var ledger = new Ledger(MemberLedger.FactsOf(member, [.. payments.Select(row => row.ForLedger())]), settings.Rules, Now);
        return new MergeSide(
            card.Person, member.Data, await work.Accounts.FindAsync(member.Id, cancel) is not null, ledger.Standing, ledger.Debt, ledger.Joined,
            ledger.AllTiles, payments, await work.Credits.OfMemberAsync(member.Id, cancel), card.Intervals,
            await work.Members.NotesAsync(member.Id, cancel));
    }

    private static object SnapshotOf(MemberData data) => new { data.FullName, data.Phone, data.Email, data.City, data.Iin, data.JoinedOn };

    /// <summary>An intent of which a month was set aside, or brought back, says so in its own log too.</summary>
    private static void RecordIntents(IWork work, Actor actor, AuditAction action, IReadOnlyDictionary<PaymentIntent, object> before, DateTime now)
    {
        foreach (var (intent, snapshot) in before)
        {
            work.Audit.Add(new AuditEntry(actor, action, nameof(PaymentIntent), intent.Id, intent.PayerId, snapshot, IntentLog.Snapshot(intent), now));
        }
    }

    private async Task RecordPairAsync(IWork work, Actor actor, AuditAction action, Guid firstId, Guid secondId, CancellationToken cancel)
    {
        var name = await work.Access.NameOfAsync(secondId, cancel);
        var (there, gone) = (new { differentFrom = name }, new { differentFrom = (string?)null });
        var isDismissed = action == AuditAction.DuplicateDismissed;
        work.Audit.Add(new AuditEntry(actor, action, nameof(Member), firstId, firstId, isDismissed ? gone : there, isDismissed ? there : gone, Now));
        work.Announce(new DuplicatesChanged(firstId, secondId));
    }

    private static void Announce(IWork work, Guid staysId, Guid goesId, IEnumerable<PaymentIntent> intents)
    {
        work.Announce(new MemberChanged(staysId));
        work.Announce(new MemberChanged(goesId));
        work.Announce(new DuplicatesChanged(staysId, goesId));
        foreach (var intent in intents)
        {
            work.Announce(new PaymentsChanged(intent.Id, [.. intent.MemberIds.Append(intent.PayerId).Append(staysId).Append(goesId).Distinct()]));
        }
    }
}
