using Diaspora.Domain.Access;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Members;

/// <summary>Members' own data, the staff's list of members, and blocking.</summary>
public sealed class MemberService(IStore store, IPasswords passwords, CurrentSettings settings, TimeProvider clock)
{
    private const int MostCities = 100;

    public Task<ProfileDetails> ProfileAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var reader = await work.RequireAsync(actor, Permission.Member, cancel);
            var member = await work.Members.FindAsync(reader.Id, cancel) ?? throw new DomainException(Problems.NotFound);
            return new ProfileDetails(member.Number.Value, member.FullName, member.Phone.Value, member.Email, member.City, member.JoinedOn, member.Language, member.ConsentAt);
        }, cancel);

    /// <exception cref="FormException">A field is wrong; the phone is someone else's; it changed and the password is not right.</exception>
    public async Task EditProfileAsync(Actor actor, ProfileForm form, CancellationToken cancel = default)
    {
        new ProfileFormValidator().Ensure(form);
        var phone = PhoneNumber.Parse(form.Phone);
        var secret = actor.MemberId is { } id ? await store.ReadAsync(work => work.Accounts.FindAsync(id, cancel), cancel) : null;
        var known = await store.ReadAsync(async work => await work.Members.FindAsync(actor.MemberId ?? Guid.Empty, cancel), cancel);
        if (known is not null && known.Phone != phone)
        {
            await RequirePasswordAsync(known.Id, secret, form.CurrentPassword, cancel);
        }

        await store.WriteAsync(async work =>
        {
            var acting = await work.RequireAsync(actor, Permission.Member, cancel);
            var member = await work.Members.FindAsync(acting.Id, cancel) ?? throw new DomainException(Problems.NotFound);
            if (member.Phone != phone)
            {
                if (member.Phone != known?.Phone)
                {
                    throw new DomainException(Problems.ChangedMeanwhile);
                }

                // One's own number of a record that was merged is taken too: it keeps its number.
                if (await work.Members.IdOfAsync(phone, cancel) is not null)
                {
                    throw new FormException(nameof(form.Phone), Problems.PhoneTaken);
                }

                await work.Accounts.RenameAsync(member.Id, phone, cancel);
            }

            var before = Snapshot(member);
            member.Edit(form.FullName, phone, form.Email, form.City, Now);
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
            return (await work.Members.PageAsync(filter, settings.Rules.PeriodOf(Now), cancel)).Select(facts => MemberRow.Of(facts, settings.Rules, Now));
        }, cancel);

    /// <summary>What the list's filters offer, and how many members each segment has.</summary>
    public Task<MemberListFacts> ListFactsAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            var acting = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var month = settings.Rules.PeriodOf(Now);
            var waiting = acting.May(Permission.Admin) ? await work.Registrations.CountAsync(cancel) : 0;
            return new MemberListFacts(month, await work.Members.CountsAsync(month, cancel), await work.Members.CitiesAsync(MostCities, cancel), waiting);
        }, cancel);

    /// <summary>Brings what the list is filtered by up to the day and the settings; the background task's verb.</summary>
    /// <returns>How many members that were.</returns>
    public Task<int> RefreshListingsAsync(CancellationToken cancel = default) => ListingRefresh.RunAsync(store, settings, clock, cancel);

    /// <summary>Makes somebody a cashier, an editor, an admin, or a plain member again. Their open pages notice within half a minute.</summary>
    /// <exception cref="DomainException">Oneself: so there is always an admin left.</exception>
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

            if (member.Role != form.Role)
            {
                var before = new { member.Role };
                member.Appoint(form.Role, Now);
                Record(work, actor, AuditAction.MemberRoleChanged, member, before, new { member.Role });
            }

            return true;
        }, cancel);
    }

    /// <summary>Blocks a member: signed out everywhere within a minute, the months stay as they are.</summary>
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

    /// <summary>Slowed down like signing in: whoever holds an unlocked phone does not know the password yet.</summary>
    private async Task RequirePasswordAsync(Guid memberId, AccountSecret? secret, string password, CancellationToken cancel)
    {
        var key = $"profile {memberId}";
        await store.WriteAsync(async work =>
        {
            (await work.Accounts.ThrottleAsync(key, Now, cancel)).Try(Now);
            return true;
        }, cancel);
        if (await passwords.VerifyAsync(secret?.PasswordHash, password, cancel) == PasswordCheck.Wrong)
        {
            throw new FormException(nameof(ProfileForm.CurrentPassword), Problems.CurrentPasswordWrong);
        }

        await store.WriteAsync(async work =>
        {
            await work.Accounts.ForgetThrottleAsync(key, cancel);
            return true;
        }, cancel);
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
