using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Members;

/// <summary>Members' own data, the staff's list of members, and blocking.</summary>
public sealed class MemberService(IStore store, PasswordProof proof, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>How many members can be ticked at once and looked up again.</summary>
    public const int MostRows = 500;

    private const int MostCities = 100;

    public Task<ProfileDetails> ProfileAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            var member = await work.Members.FindAsync(reader.Id, cancel) ?? throw new DomainException(Problems.NotFound);
            return new ProfileDetails(member.Number.Value, member.FullName, member.Phone.Value, member.Email, member.City, member.JoinedOn, member.Language, member.ConsentAt);
        }, cancel);

    /// <summary>Writes only what the member changed: an old page takes nobody's correction back.</summary>
    /// <exception cref="FormException">
    /// A field is wrong, or somebody else changed it meanwhile; the phone is someone else's; a way to get in changed, phone or e-mail, and the password is not right.
    /// </exception>
    public async Task EditProfileAsync(Actor actor, ProfileForm form, CancellationToken cancel = default)
    {
        new ProfileFormValidator().Ensure(form);
        var typed = form.Typed;
        var known = await store.ReadAsync(async work => await work.Members.FindAsync(actor.MemberId ?? Guid.Empty, cancel), cancel);
        var isProven = false;
        if (known is { IsBlocked: false } && ChangesWayIn(form.Seen, typed, ProfileFields.Of(known)))
        {
            await proof.RequireAsync(known.Id, form.CurrentPassword, nameof(form.CurrentPassword), cancel);
            isProven = true;
        }

        await store.WriteAsync(async work =>
        {
            var acting = await work.RequireAsync(actor, Permission.Member, cancel);
            var member = await work.Members.FindAsync(acting.Id, cancel) ?? throw new DomainException(Problems.NotFound);
            var before = Snapshot(member);
            var wanted = await MergeAsync(work, member, form.Seen, typed, cancel);
            if (!isProven && ChangesWayIn(form.Seen, typed, ProfileFields.Of(member)))
            {
                throw new DomainException(Problems.ChangedMeanwhile);
            }

            var phone = PhoneNumber.FromCanonical(wanted.Phone);
            if (member.Phone != phone)
            {
                // The number of a record that was merged into this one is taken too, because that record keeps it.
                if (await work.Members.IdOfAsync(phone, cancel) is not null)
                {
                    throw new FormException(nameof(form.Phone), Problems.PhoneTaken);
                }

                await work.Accounts.RenameAsync(member.Id, phone, cancel);
            }

            member.Edit(wanted.FullName, phone, wanted.Email, wanted.City, Now);
            var after = Snapshot(member);
            if (!Equals(before, after))
            {
                Record(work, actor, before.Phone == after.Phone ? AuditAction.MemberEdited : AuditAction.MemberPhoneChanged, member, before, after);
            }

            return true;
        }, cancel);
    }

    /// <summary>Keeps the language a member chose, so that the next device speaks it too.</summary>
    public Task SpeakAsync(Actor actor, string language, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var acting = await work.RequireAsync(actor, Permission.Member, cancel);
            var member = await work.Members.FindAsync(acting.Id, cancel) ?? throw new DomainException(Problems.NotFound);
            if (member.Language != language)
            {
                var before = new { member.Language };
                member.Speak(language, Now);
                Record(work, actor, AuditAction.MemberLanguageChanged, member, before, new { member.Language });
            }

            return true;
        }, cancel);

    public Task<Page<MemberRow>> PageAsync(Actor actor, MemberFilter filter, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await PageAsync(work, filter, settings.Rules, Now, known: null, cancel);
        }, cancel);

    /// <summary>One row of the list.</summary>
    /// <returns>Nothing when the member is none of those the list shows.</returns>
    public Task<MemberRow?> RowAsync(Actor actor, MemberFilter filter, Guid memberId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await work.Members.OneAsync(memberId, filter, settings.Rules.PeriodOf(Now), cancel) is { } facts ? MemberRow.Of(facts, settings.Rules, Now) : null;
        }, cancel);

    /// <summary>A page with the counts of its segments. Those of a narrowed list say how long it is too, so it is not counted twice.</summary>
    internal static async Task<MemberPage> ListAsync(IWork work, MemberFilter filter, DuesRules rules, DateTime now, CancellationToken cancel)
    {
        var counts = filter.NarrowsSegments ? await work.Members.CountsAsync(filter, rules.PeriodOf(now), cancel) : null;
        return new MemberPage(await PageAsync(work, filter, rules, now, counts?.Of(filter.Segment), cancel), counts);
    }

    private static async Task<Page<MemberRow>> PageAsync(IWork work, MemberFilter filter, DuesRules rules, DateTime now, int? known, CancellationToken cancel) =>
        (await Paging.OrLastAsync(filter.Number, number => work.Members.PageAsync(filter with { Number = number }, rules.PeriodOf(now), known, cancel))).Select(facts => MemberRow.Of(facts, rules, now));

    /// <summary>The rows of certain members, wherever in the list they are; whoever is gone is left out.</summary>
    /// <param name="numbers">Eight digits each, and no more of them than can be ticked.</param>
    public Task<IReadOnlyList<MemberRow>> RowsAsync(Actor actor, IReadOnlyList<string> numbers, CancellationToken cancel = default) =>
        store.ReadAsync<IReadOnlyList<MemberRow>>(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            MemberNumber[] known = [.. numbers.Take(MostRows).Select(number => MemberNumber.TryParse(number, out var parsed) ? parsed : (MemberNumber?)null).OfType<MemberNumber>()];
            return [.. (await work.Members.WithNumbersAsync(known, cancel)).Select(facts => MemberRow.Of(facts, settings.Rules, Now))];
        }, cancel);

    /// <summary>What the list's filters offer, and how many members each segment has.</summary>
    public Task<MemberListFacts> ListFactsAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var acting = await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await ListFactsAsync(work, acting.May(Permission.Admin) ? Permission.Admin : Permission.Cashier, settings.Rules.PeriodOf(Now), cancel);
        }, cancel);

    /// <param name="right">Only admins are told who asks to be let in.</param>
    internal static async Task<MemberListFacts> ListFactsAsync(IWork work, Permission right, Period month, CancellationToken cancel)
    {
        var waiting = right == Permission.Admin ? await work.Registrations.CountAsync(cancel) : 0;
        return new MemberListFacts(month, await work.Members.CountsAsync(new MemberFilter(), month, cancel), await work.Members.CitiesAsync(MostCities, cancel), waiting);
    }

    /// <summary>Brings what the list is filtered by up to the day and the settings; the background task's verb.</summary>
    /// <returns>How many members that were.</returns>
    public Task<int> RefreshListingsAsync(CancellationToken cancel = default) => ListingRefresh.RunAsync(store, settings, clock, cancel);

    /// <summary>Makes somebody a cashier, an editor, an admin, or a plain member again. Their open pages end at once.</summary>
    /// <exception cref="DomainException">Oneself: so there is always an admin left; or a colleague made them something else meanwhile.</exception>
    public Task AppointAsync(Actor actor, Guid memberId, AppointMemberForm form, CancellationToken cancel = default)
    {
        new AppointMemberFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var member = await work.Members.FindAsync(memberId, cancel) ?? throw new DomainException(Problems.NotFound);
            if (member.Id == actor.MemberId)
            {
                throw new DomainException(Problems.CannotAppointSelf);
            }

            if (SeenValue.IsStale(form.Seen, form.Role, member.Role))
            {
                throw new DomainException(await work.ConflictAsync(member.Id, member.Role, [nameof(member.Role)], cancel));
            }

            if (member.Role != form.Role)
            {
                var before = new { member.Role };
                member.Appoint(form.Role, Now);
                await work.Sessions.EndAllAsync(member.Id, cancel);
                Record(work, actor, AuditAction.MemberRoleChanged, member, before, new { member.Role });
            }

            return true;
        }, cancel);
    }

    /// <summary>Blocks a member: signed out everywhere at once, the months stay as they are.</summary>
    /// <exception cref="FormException">No reason.</exception>
    /// <exception cref="DomainException">Blocked already, or oneself.</exception>
    public Task BlockAsync(Actor actor, Guid memberId, BlockMemberForm form, CancellationToken cancel = default)
    {
        new BlockMemberFormValidator().Ensure(form);
        return ChangeStatusAsync(actor, memberId, async (work, member) =>
        {
            if (member.Id == actor.MemberId)
            {
                throw new DomainException(Problems.CannotBlockSelf);
            }

            member.Block(form.Reason.Trim(), Now);
            await work.Accounts.EndSessionsAsync(member.Id, cancel);
        }, cancel);
    }

    public Task UnblockAsync(Actor actor, Guid memberId, CancellationToken cancel = default) =>
        ChangeStatusAsync(actor, memberId, (_, member) =>
        {
            member.Unblock(Now);
            return Task.CompletedTask;
        }, cancel);

    private static bool ChangesWayIn(ProfileFields seen, ProfileFields typed, ProfileFields stored) =>
        SeenValue.Merge(seen.Phone, typed.Phone, stored.Phone) != stored.Phone || SeenValue.Merge(seen.Email, typed.Email, stored.Email) != stored.Email;

    /// <exception cref="FormException">The member and somebody else both changed a field.</exception>
    private static async Task<ProfileFields> MergeAsync(IWork work, Member member, ProfileFields seen, ProfileFields typed, CancellationToken cancel)
    {
        var stored = ProfileFields.Of(member);
        var problems = new FormProblems();
        foreach (var (field, of) in ((string, Func<ProfileFields, string>)[])
            [(nameof(stored.FullName), it => it.FullName), (nameof(stored.Phone), it => it.Phone), (nameof(stored.Email), it => it.Email), (nameof(stored.City), it => it.City)])
        {
            if (SeenValue.IsConflict(of(seen), of(typed), of(stored)))
            {
                problems.Add(field, await work.ConflictAsync(member.Id, field == nameof(stored.Phone) ? member.Phone : of(stored), [field], cancel));
            }
        }

        return problems.Any ? throw new FormException(problems) : new ProfileFields(
            SeenValue.Merge(seen.FullName, typed.FullName, stored.FullName), SeenValue.Merge(seen.Phone, typed.Phone, stored.Phone),
            SeenValue.Merge(seen.Email, typed.Email, stored.Email), SeenValue.Merge(seen.City, typed.City, stored.City));
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task ChangeStatusAsync(Actor actor, Guid memberId, Func<IWork, Member, Task> change, CancellationToken cancel) =>
        store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var member = await work.Members.FindAsync(memberId, cancel) ?? throw new DomainException(Problems.NotFound);
            var before = new { blocked = member.IsBlocked, member.BlockReason };
            await change(work, member);
            Record(work, actor, AuditAction.MemberStatusChanged, member, before, new { blocked = member.IsBlocked, member.BlockReason });
            return true;
        }, cancel);

    private void Record(IWork work, Actor actor, AuditAction action, Member member, object before, object after)
    {
        work.Audit.Add(new AuditEntry(actor, action, nameof(Member), member.Id, member.Id, before, after, Now));
        work.Announce(new MemberChanged(member.Id));
    }

    private static ProfileSnapshot Snapshot(Member member) => new(member.FullName, member.Phone.Value, member.Email, member.City);

    private sealed record ProfileSnapshot(string FullName, string Phone, string? Email, string? City);
}
