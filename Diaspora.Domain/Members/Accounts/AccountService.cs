using System.Security.Cryptography;
using Diaspora.Domain.Access;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>Who signed in.</summary>
/// <param name="Stamp">The account's at that moment: no session is opened once it is another.</param>
public sealed record SignedIn(Guid MemberId, Role Role, string Language, string? Stamp);

/// <summary>A one-time link that may be used.</summary>
/// <param name="NeedsConsent">Whoever it is for has not agreed to the rules yet.</param>
/// <param name="IsFirst">They never had a password.</param>
public sealed record SignInLink(bool NeedsConsent, bool IsFirst);

/// <summary>Signing in, and getting back in.</summary>
public sealed class AccountService(IStore store, IPasswords passwords, PasswordRules rules, ConsentTerms terms, IMailbox mailbox, GuessWatch watch, SignInTrail trail, TimeProvider clock)
{
    public Task<bool> HasAdminAsync(CancellationToken cancel = default) => store.ReadAsync(work => work.Members.AnyAdminAsync(cancel), cancel);

    /// <summary>Makes the first admin when there is none.</summary>
    /// <returns>Whether one was made.</returns>
    /// <exception cref="DomainException">The phone belongs to a member already.</exception>
    public async Task<bool> EnsureAdminAsync(string fullName, PhoneNumber phone, string password, CancellationToken cancel = default)
    {
        if (await HasAdminAsync(cancel))
        {
            return false;
        }

        var hash = await passwords.HashAsync(password, cancel);
        return await store.WriteAsync(async work =>
        {
            if (await work.Members.AnyAdminAsync(cancel))
            {
                return false;
            }

            if (await work.Members.IdOfAsync(phone, cancel) is not null)
            {
                throw new DomainException(Problems.PhoneTaken);
            }

            var admin = await AddAsync(work, fullName, phone, hash, Role.Admin, null, Now, cancel);
            work.Audit.Add(new AuditEntry(Actor.Task("first-admin"), AuditAction.MemberRegistered, nameof(Member), admin.Id, admin.Id, null, new { admin.Role }, Now));
            return true;
        }, cancel);
    }

    /// <param name="device">A device that signed in as this phone before; missing for a stranger's.</param>
    /// <exception cref="FormException">A field is wrong.</exception>
    /// <exception cref="DomainException">The phone or the password is wrong (never which), a pause is on, or the member is blocked.</exception>
    public async Task<SignedIn> SignInAsync(Actor visitor, SignInForm form, string? device, CancellationToken cancel = default)
    {
        new SignInFormValidator().Ensure(form);
        var phone = PhoneNumber.Parse(form.Phone);
        var network = Network.Of(visitor.Address);
        var key = SignInThrottle.KeyOf(phone, device, network);
        var free = device is null ? watch.Enter(network, phone) : SignInThrottle.FreeTries;
        var throttle = await store.WriteAsync(async work =>
        {
            var counted = await work.Accounts.ThrottleAsync(key, Now, cancel);
            counted.Try(Now, free);
            return counted;
        }, cancel);

        var (secret, waiting) = await store.ReadAsync(async work =>
        {
            var found = await work.Accounts.FindAsync(phone, cancel);
            return (found, found is null ? await work.Registrations.OfPhoneAsync(phone, cancel) : []);
        }, cancel);
        var check = await passwords.VerifyAsync(secret?.PasswordHash ?? (waiting is [var request, ..] ? request.PasswordHash : null), form.Password, cancel);
        if (secret is null || check == PasswordCheck.Wrong)
        {
            if (check != PasswordCheck.Wrong)
            {
                throw new DomainException(Problems.RegistrationWaits);
            }

            trail.Failed(visitor, phone, secret?.MemberId);
            if (device is null)
            {
                watch.Fail(network, phone).ToList().ForEach(trail.Noticed);
            }

            var pause = (int)SignInThrottle.PauseAfter(Math.Max(throttle.Failures, free), free).TotalMinutes;
            throw new DomainException(Problems.WrongSignIn, throttle.TriesLeft(free), pause);
        }

        var newHash = check == PasswordCheck.RightButOld ? await passwords.HashAsync(form.Password, cancel) : null;
        return Noted(visitor, await store.WriteAsync(async work =>
        {
            var who = await WelcomeAsync(work, secret.MemberId, cancel);
            if (who.Stamp != secret.Stamp)
            {
                throw new DomainException(Problems.WrongSignIn, SignInThrottle.FreeTries, 1);
            }

            await work.Accounts.ForgetThrottleAsync(key, cancel);
            if (newHash is not null)
            {
                await work.Accounts.RehashAsync(secret, newHash, cancel);
            }

            return who;
        }, cancel));
    }

    /// <summary>Sends a link where mail and an address are there. Says nothing about whether the phone is known.</summary>
    public async Task ForgotAsync(ForgotForm form, CancellationToken cancel = default)
    {
        new ForgotFormValidator().Ensure(form);
        var phone = PhoneNumber.Parse(form.Phone);
        if (!mailbox.IsOpen)
        {
            return;
        }

        var link = await store.ReadAsync(async work =>
        {
            var member = await work.Members.IdOfAsync(phone, cancel) is { } id ? await work.Members.FindAsync(id, cancel) : null;
            return member is { Email: not null, IsBlocked: false }
                ? (member.Id, member.Email, member.Language, Token: await work.Accounts.CreateLinkTokenAsync(member.Id, cancel))
                : default;
        }, cancel);
        if (link.Token is not null)
        {
            mailbox.SendLink(link.Email, link.Language, link.Id, link.Token);
        }
    }

    /// <summary>A one-time link for a member who cannot get in: shown to the admin once, valid 24 hours.</summary>
    /// <returns>The token of the link.</returns>
    public Task<string> CreateLinkAsync(Actor actor, Guid memberId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Admin, cancel);
            var member = await work.Members.FindAsync(memberId, cancel) ?? throw new DomainException(Problems.NotFound);
            if (member.IsBlocked)
            {
                throw new DomainException(Problems.MemberBlocked);
            }

            var token = await work.Accounts.CreateLinkTokenAsync(memberId, cancel);
            work.Audit.Add(new AuditEntry(actor, AuditAction.SignInLinkCreated, nameof(Member), memberId, memberId, null, null, Now));
            return token;
        }, cancel);

    /// <summary>Whether a link may still be used; shown before the form so that nobody types in vain.</summary>
    /// <returns>What the form has to ask for; nothing for a link that is spent or none.</returns>
    public Task<SignInLink?> FindLinkAsync(Guid memberId, string token, CancellationToken cancel = default) =>
        store.ReadAsync(async work => await work.Accounts.IsLinkTokenValidAsync(memberId, token, cancel) && await work.Members.FindAsync(memberId, cancel) is { } member
            ? new SignInLink(member.ConsentAt is null, await work.Accounts.FindAsync(memberId, cancel) is null)
            : null, cancel);

    /// <summary>Sets a new password with a one-time link and signs in. Whoever came from a list agrees to the rules here, as others did when they registered.</summary>
    /// <exception cref="FormException">The password is none to use, or the consent is missing.</exception>
    /// <exception cref="DomainException">The link was used, is too old, or is none.</exception>
    public async Task<SignedIn> ResetAsync(Actor visitor, ResetForm form, CancellationToken cancel = default)
    {
        var owner = await store.ReadAsync(async work =>
            await work.Accounts.IsLinkTokenValidAsync(form.MemberId, form.Token, cancel) ? await work.Members.FindAsync(form.MemberId, cancel) : null, cancel);
        new ResetFormValidator(rules, owner).Ensure(form);
        var present = owner is null ? null : await store.ReadAsync(work => work.Accounts.FindAsync(owner.Id, cancel), cancel);
        if (present is not null && await passwords.VerifyAsync(present.PasswordHash, form.Password, cancel) != PasswordCheck.Wrong)
        {
            // Whoever asked for the link because somebody else knows the password is not to keep it by mistake.
            throw new FormException(nameof(form.Password), Problems.PasswordSame);
        }

        var hash = await passwords.HashAsync(form.Password, cancel);
        return Noted(visitor, await store.WriteAsync(async work =>
        {
            if (!await work.Accounts.IsLinkTokenValidAsync(form.MemberId, form.Token, cancel))
            {
                throw new DomainException(Problems.LinkSpent);
            }

            var member = await work.Members.FindAsync(form.MemberId, cancel) ?? throw new DomainException(Problems.LinkSpent);
            if (member.ConsentAt is null)
            {
                if (!form.Consent)
                {
                    throw new FormException(nameof(form.Consent), Problems.ConsentMissing);
                }

                member.Consent(terms.Version, Now);
            }

            await work.Accounts.SetPasswordAsync(form.MemberId, hash, cancel);
            await work.Accounts.ForgetThrottlesAsync(member.Phone, cancel);
            await work.Registrations.RemoveOfMemberAsync(member.Id, cancel);
            work.Announce(new MemberChanged(member.Id));
            work.Audit.Add(new AuditEntry(visitor with { MemberId = form.MemberId }, AuditAction.PasswordReset, nameof(Member), form.MemberId, form.MemberId, null, null, Now));
            return await WelcomeAsync(work, form.MemberId, cancel);
        }, cancel));
    }

    /// <summary>Removes what is remembered of tries long past, and the sessions that ended; the background task's verb.</summary>
    public Task ForgetTriesAsync(CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            await work.Accounts.ForgetThrottlesAsync(Now - SignInThrottle.ForgottenAfter, SignInThrottle.Most, cancel);
            await work.Sessions.ForgetAsync(Now, cancel);
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private SignedIn Noted(Actor visitor, SignedIn who)
    {
        trail.SignedIn(visitor with { MemberId = who.MemberId }, who.Role);
        return who;
    }

    internal static async Task<SignedIn> WelcomeAsync(IWork work, Guid memberId, CancellationToken cancel)
    {
        var member = await work.Members.FindAsync(memberId, cancel) ?? throw new DomainException(Problems.MemberMerged);
        if (member.IsBlocked)
        {
            throw new DomainException(Problems.MemberBlocked);
        }

        return new SignedIn(memberId, member.Role, member.Language, (await work.Accounts.FindAsync(memberId, cancel))?.Stamp);
    }

    /// <summary>One that nobody has.</summary>
    internal static async Task<MemberNumber> NewNumberAsync(IWork work, CancellationToken cancel)
    {
        while (true)
        {
            var number = MemberNumber.FromBody(RandomNumberGenerator.GetInt32(MemberNumber.First, MemberNumber.Last + 1));
            if (!await work.Members.NumberExistsAsync(number, cancel))
            {
                return number;
            }
        }
    }

    /// <summary>A member who signs in with this password.</summary>
    /// <param name="joinedOn">The local day of joining; missing for staff who pay no dues.</param>
    internal static async Task<Member> AddAsync(IWork work, string fullName, PhoneNumber phone, string hash, Role role, DateOnly? joinedOn, DateTime now, CancellationToken cancel)
    {
        var member = new Member(await NewNumberAsync(work, cancel), fullName, phone, role, joinedOn, now);
        work.Members.Add(member);
        await work.Accounts.CreateAsync(member.Id, phone, hash, cancel);
        return member;
    }
}
