using Diaspora.Domain.Access;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>Registering; and what an admin does with the forms that wait because their phone is a member's whom the association knows already.</summary>
public sealed class RegistrationService(IStore store, IPasswords passwords, PasswordRules rules, ConsentTerms terms, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>Which wording of the consent the portal comes with; an association may have rewritten it since.</summary>
    public const string ConsentVersion = "2026-11";

    private const int Most = 500;

    /// <returns>Nothing when the association knows the phone from a list and its owner never signed in: then the form waits for an admin.</returns>
    /// <exception cref="FormException">A field is wrong, or the phone is registered already.</exception>
    /// <exception cref="DomainException">Too many forms wait for this phone already.</exception>
    /// <param name="ticket">What this browser kept of a form for this phone that waits already: the new one takes its place.</param>
    public async Task<SignedIn?> RegisterAsync(Actor visitor, RegisterForm form, string language, RegistrationTicket? ticket = null, CancellationToken cancel = default)
    {
        var problems = new RegisterFormValidator(rules).Examine(form);
        if (PhoneNumber.TryParse(form.Phone, out var phone, out _) && (await store.ReadAsync(work => OwnerAsync(work, phone, cancel), cancel)).IsTaken)
        {
            problems.Add(nameof(form.Phone), new Problem(Problems.PhoneTaken));
        }

        if (problems.Any || phone is null)
        {
            throw new FormException(problems);
        }

        var hash = await passwords.HashAsync(form.Password, cancel);
        return await store.WriteAsync(async work =>
        {
            var (known, isTaken) = await OwnerAsync(work, phone, cancel);
            if (isTaken)
            {
                throw new FormException(nameof(form.Phone), Problems.PhoneTaken);
            }

            if (known is { } owner)
            {
                return await AskAsync(work, visitor, new RegistrationRequest(ticket ?? RegistrationTicket.New(), owner, form, hash, language, terms.Version, Now), cancel);
            }

            var member = await AccountService.AddAsync(work, form.FullName, phone, hash, Role.Member, settings.Rules.DayOf(Now), Now, cancel);
            member.Edit(form.FullName, phone, form.Email, form.City, Now);
            member.Speak(language, Now);
            member.Consent(terms.Version, Now);
            work.Audit.Add(new AuditEntry(visitor with { MemberId = member.Id }, AuditAction.MemberRegistered, nameof(Member), member.Id, member.Id, null,
                new { number = member.Number.Value, member.ConsentVersion }, Now));
            work.Announce(new MemberChanged(member.Id));
            return (SignedIn?)await AccountService.WelcomeAsync(work, member.Id, cancel);
        }, cancel);
    }

    /// <summary>Who waits, the longest first.</summary>
    public Task<IReadOnlyList<RegistrationRequestRow>> WaitingAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            return await work.Registrations.ListAsync(Most, cancel);
        }, cancel);

    /// <summary>
    /// Lets them in with the password they chose, once they have told the code over their own phone: many may know the number, and more than one may have
    /// asked with it. What they typed fills the fields that the association did not know.
    /// </summary>
    /// <exception cref="FormException">It is not the code of this request.</exception>
    /// <exception cref="DomainException">Somebody decided already, or the member is blocked.</exception>
    public Task ApproveAsync(Actor actor, Guid requestId, ApproveRegistrationForm form, CancellationToken cancel = default)
    {
        new ApproveRegistrationFormValidator().Ensure(form);
        return store.WriteAsync(async work =>
        {
            var (request, member) = await FindAsync(work, actor, requestId, cancel);
            if (form.Code.Trim() != request.Code)
            {
                throw new FormException(nameof(form.Code), Problems.RegistrationCodeWrong);
            }

            if (member.IsBlocked)
            {
                throw new DomainException(Problems.MemberBlocked);
            }

            var before = Snapshot(member);
            await work.Accounts.SetFirstPasswordAsync(member.Id, request.PasswordHash, cancel);
            await work.Accounts.ForgetThrottlesAsync(member.Phone, cancel);
            await work.Registrations.RemoveOfMemberAsync(member.Id, cancel);
            member.Edit(member.FullName, member.Phone, member.Email ?? request.Email, member.City ?? request.City, Now);
            member.Speak(request.Language, Now);
            member.Consent(request.ConsentVersion, request.AskedAt);
            Record(work, actor, AuditAction.RegistrationApproved, member, before, Snapshot(member));
            work.Outbox.Tell(new Notice(Cause.RegistrationAccepted, request.Id, member.Id, Now, NoticeFacts.None));
            return true;
        }, cancel);
    }

    /// <summary>Turns one request down; another one of the same member still waits.</summary>
    /// <exception cref="DomainException">Somebody decided already.</exception>
    public Task RefuseAsync(Actor actor, Guid requestId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var (request, member) = await FindAsync(work, actor, requestId, cancel);
            await work.Registrations.RemoveAsync(request.Id, cancel);
            Record(work, actor, AuditAction.RegistrationRefused, member, new { askedAs = request.FullName, request.AskedAt }, new { askedAs = (string?)null });
            return true;
        }, cancel);

    /// <summary>
    /// Removes what nobody decided on for too long, and what is void by then; the background task's verb. The brake is not asked: the portal does not keep a stranger's data longer,
    /// however many asked on one day.
    /// </summary>
    public Task ForgetAsync(CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            await work.Registrations.RemoveBeforeAsync(Now - RegistrationRequest.ForgottenAfter, cancel);
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static object Snapshot(Member member) => new { member.Email, member.City, member.Language, member.ConsentVersion };

    private static async Task<(RegistrationRequest Request, Member Member)> FindAsync(IWork work, Actor actor, Guid requestId, CancellationToken cancel)
    {
        await work.RequireAsync(actor, Permission.Admin, cancel);
        var request = await work.Registrations.FindAsync(requestId, cancel) ?? throw new DomainException(Problems.RequestDecided);
        return (request, await work.Members.FindAsync(request.MemberId, cancel) ?? throw new DomainException(Problems.RequestDecided));
    }

    /// <returns>The member who has this phone and never signed in, and nobody when the phone is free; or that it is taken.</returns>
    private static async Task<(Guid? Known, bool IsTaken)> OwnerAsync(IWork work, PhoneNumber phone, CancellationToken cancel)
    {
        var known = await work.Members.IdOfAsync(phone, cancel) is { } id ? await work.Members.FindAsync(id, cancel) : null;

        // The old number of a merged record does not let in, nor does that of somebody who is blocked.
        return known is null ? (null, false)
            : known.Phone == phone && !known.IsBlocked && await work.Accounts.FindAsync(known.Id, cancel) is null ? (known.Id, false)
            : (null, true);
    }

    private async Task<SignedIn?> AskAsync(IWork work, Actor visitor, RegistrationRequest request, CancellationToken cancel)
    {
        // A request that is void is removed as well, because its row has the id that this browser kept.
        await work.Registrations.RemoveAsync(request.Id, cancel);
        if ((await work.Registrations.OfPhoneAsync(request.Phone, cancel)).Count >= RegistrationRequest.MostPerMember)
        {
            throw new DomainException(Problems.RegistrationsFull);
        }

        work.Registrations.Add(request);
        work.Audit.Add(new AuditEntry(visitor, AuditAction.RegistrationRequested, nameof(Member), request.MemberId, request.MemberId, null, new { askedAs = request.FullName }, Now));
        work.Announce(new MemberChanged(request.MemberId));
        return null;
    }

    private void Record(IWork work, Actor actor, AuditAction action, Member member, object before, object after)
    {
        work.Audit.Add(new AuditEntry(actor, action, nameof(Member), member.Id, member.Id, before, after, Now));
        work.Announce(new MemberChanged(member.Id));
    }
}
