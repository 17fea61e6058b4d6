using Diaspora.Domain.Access;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Members;

/// <summary>What an admin changes in the list of members: a field of a line, a new member, and that somebody was reminded.</summary>
public sealed class MemberEditService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>What an edit of a line begins with, as it is now.</summary>
    /// <exception cref="DomainException">Not found.</exception>
    public Task<MemberFields> FieldsAsync(Actor actor, Guid memberId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            return MemberFields.Of(await work.Members.FindAsync(memberId, cancel) ?? throw new DomainException(Problems.NotFound));
        }, cancel);

    /// <summary>Saves one field. A value that is there already changes nothing. A new phone is the new sign-in name and ends the member's sessions.</summary>
    /// <returns>The field's text as it is stored now: what an undo names as seen.</returns>
    /// <exception cref="FormException">The value is wrong, somebody else's, or a colleague changed this very field meanwhile.</exception>
    public Task<string> EditAsync(Actor actor, Guid memberId, EditMemberForm form, CancellationToken cancel = default)
    {
        new EditMemberFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var member = await work.Members.FindAsync(memberId, cancel) ?? throw new DomainException(Problems.NotFound);
            var (before, wanted) = (MemberFields.Of(member)[form.Field], Canonical(form));
            if (before == wanted)
            {
                return before;
            }

            if (SeenValue.IsStale(form.Seen, wanted, before))
            {
                var conflict = await work.ConflictAsync(member.Id, Told(form.Field, before), NamesOf(form.Field), cancel);
                throw new FormException(nameof(form.Value), conflict.Code, conflict.Args);
            }

            await ChangeAsync(work, member, form, wanted, cancel);
            var after = MemberFields.Of(member)[form.Field];
            var action = form.Field switch
            {
                MemberField.Phone => AuditAction.MemberPhoneChanged,
                MemberField.JoinedIn => AuditAction.JoiningMoved,
                _ => AuditAction.MemberEdited,
            };
            Record(work, actor, action, member, Snapshot(form.Field, before), Snapshot(form.Field, after));
            return after;
        }, cancel);
    }

    /// <summary>Adds somebody who did not register by themselves.</summary>
    /// <returns>The new member's id.</returns>
    /// <exception cref="FormException">A field is wrong, or somebody has the phone or the IIN already.</exception>
    public Task<Guid> AddAsync(Actor actor, AddMemberForm form, CancellationToken cancel = default)
    {
        new AddMemberFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var (phone, iin) = (PhoneNumber.Parse(form.Phone), Iin.Tidy(form.Iin));
            if (await work.Members.IdOfAsync(phone, cancel) is { } owner)
            {
                throw new FormException(nameof(form.Phone), Problems.PhoneTakenBy, await NameAsync(work, owner, cancel));
            }

            await RequireFreeAsync(work, nameof(form.Iin), iin, Guid.Empty, cancel);
            var month = form.JoinedIn!.Value;
            OwedMonthsService.RequireJoining(nameof(form.JoinedIn), month, settings.Rules, Now);
            var today = settings.Rules.DayOf(Now);
            var member = new Member(await AccountService.NewNumberAsync(work, cancel), form.FullName, phone, Role.Member, Period.Of(today) == month ? today : month.FirstDay, Now);
            member.Edit(form.FullName, phone, form.Email, form.City, Now);
            member.Identify(iin, Now);
            work.Members.Add(member);
            await work.Accounts.CreateAsync(member.Id, phone, passwordHash: null, cancel);
            Record(work, actor, AuditAction.MemberAdded, member, null, new { number = member.Number.Value, member.FullName, phone = phone.Value, joinedIn = month });
            return member.Id;
        }, cancel);
    }

    /// <summary>Notes that a prepared WhatsApp message to a member was opened; whether it was sent, only its sender knows.</summary>
    public Task RemindAsync(Actor actor, Guid memberId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var (member, ledger, _) = await MemberLedger.ReadAsync(work, memberId, settings.Rules, Now, cancel);
            Record(work, actor, AuditAction.ReminderOpened, member, null, new { channel = "WhatsApp", debt = ledger.Debt.Tenge, months = ledger.DebtMonths });
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A value as a sentence writes it.</summary>
    private static object Told(MemberField field, string value) => field switch
    {
        MemberField.Phone => PhoneNumber.FromCanonical(value),
        MemberField.JoinedIn when Period.TryParse(value, out var month) => month,
        _ => value,
    };

    /// <summary>In the log the month of joining is also a day: there an admin moved it with a reason.</summary>
    private static string[] NamesOf(MemberField field) => field == MemberField.JoinedIn ? [nameof(MemberField.JoinedIn), nameof(Member.JoinedOn)] : [field.ToString()];

    private static string Canonical(EditMemberForm form) => form.Field switch
    {
        MemberField.Phone => PhoneNumber.Parse(form.Value).Value,
        MemberField.Iin => Iin.Tidy(form.Value),
        MemberField.FullName or MemberField.City or MemberField.Email => PersonName.Tidy(form.Value),
        _ => form.Value.Trim(),
    };

    private async Task ChangeAsync(IWork work, Member member, EditMemberForm form, string wanted, CancellationToken cancel)
    {
        switch (form.Field)
        {
            case MemberField.Phone:
                await MoveAsync(work, member, PhoneNumber.FromCanonical(wanted), cancel);
                break;
            case MemberField.Iin:
                await RequireFreeAsync(work, nameof(form.Value), wanted, member.Id, cancel);
                member.Identify(wanted, Now);
                break;
            case MemberField.JoinedIn:
                var month = Period.Parse(wanted, null);
                OwedMonthsService.RequireJoining(nameof(form.Value), month, settings.Rules, Now);
                await OwedMonthsService.RequireAcceptedAsync(work, nameof(form.Value), member.Id, month, form.IsAccepted, cancel);
                member.MoveJoining(month, settings.Rules.DayOf(Now), Now);
                break;
            default:
                member.Edit(
                    form.Field == MemberField.FullName ? wanted : member.FullName, member.Phone, form.Field == MemberField.Email ? wanted : member.Email,
                    form.Field == MemberField.City ? wanted : member.City, Now);
                break;
        }
    }

    private async Task MoveAsync(IWork work, Member member, PhoneNumber phone, CancellationToken cancel)
    {
        if (await work.Members.IdOfAsync(phone, cancel) is { } other)
        {
            throw new FormException(nameof(EditMemberForm.Value), Problems.PhoneTakenBy, await NameAsync(work, other, cancel));
        }

        await work.Accounts.RenameAsync(member.Id, phone, cancel);
        await work.Accounts.EndSessionsAsync(member.Id, cancel);
        member.Edit(member.FullName, phone, member.Email, member.City, Now);
    }

    private static async Task RequireFreeAsync(IWork work, string field, string iin, Guid exceptId, CancellationToken cancel)
    {
        if (iin.Length > 0 && await work.Members.NameOfIinAsync(iin, exceptId, cancel) is { } name)
        {
            throw new FormException(field, Problems.IinTaken, name);
        }
    }

    private static async Task<string> NameAsync(IWork work, Guid memberId, CancellationToken cancel) => (await work.Access.ActingAsync(memberId, cancel))?.FullName ?? "—";

    private static Dictionary<string, string> Snapshot(MemberField field, string value) => new() { [field.ToString()] = value };

    private void Record(IWork work, Actor actor, AuditAction action, Member member, object? before, object after)
    {
        work.Audit.Add(new AuditEntry(actor, action, nameof(Member), member.Id, member.Id, before, after, Now));
        work.Announce(new MemberChanged(member.Id, actor.Desk));
    }
}
