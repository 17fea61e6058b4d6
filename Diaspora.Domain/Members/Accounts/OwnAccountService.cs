using Diaspora.Domain.Access;
using Diaspora.Domain.Members;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>What a member does with their own way in.</summary>
public sealed class OwnAccountService(IStore store, IPasswords passwords, PasswordRules rules, PasswordProof proof, TimeProvider clock)
{
    private const int MostShown = 20;

    /// <summary>Sets a new password for whoever knows the old one, and ends every session: the page opens a new one for its own browser.</summary>
    /// <returns>Who may open that one.</returns>
    /// <exception cref="FormException">The old password is wrong, or the new one is none to use.</exception>
    /// <exception cref="DomainException">A pause is on, or the password was changed meanwhile.</exception>
    public async Task<SignedIn> ChangePasswordAsync(Actor actor, ChangePasswordForm form, CancellationToken cancel = default)
    {
        var member = await store.ReadAsync(async work =>
        {
            var acting = await work.RequireAsync(actor, Permission.Member, cancel);
            return await work.Members.FindAsync(acting.Id, cancel) ?? throw new DomainException(Problems.NotFound);
        }, cancel);
        new ChangePasswordFormValidator(rules, member).Ensure(form);
        var old = await proof.RequireAsync(member.Id, form.CurrentPassword, nameof(form.CurrentPassword), cancel);

        // After the old one turned out right: only then is it known to be the present one.
        if (form.Password == form.CurrentPassword)
        {
            throw new FormException(nameof(form.Password), Problems.PasswordSame);
        }

        var hash = await passwords.HashAsync(form.Password, cancel);
        return await store.WriteAsync(async work =>
        {
            var acting = await work.RequireAsync(actor, Permission.Member, cancel);
            if (await work.Accounts.FindAsync(acting.Id, cancel) != old)
            {
                throw new DomainException(Problems.ChangedMeanwhile);
            }

            await work.Accounts.SetPasswordAsync(acting.Id, hash, cancel);
            work.Audit.Add(new AuditEntry(actor, AuditAction.PasswordChanged, nameof(Member), acting.Id, acting.Id, null, null, Now));
            return await AccountService.WelcomeAsync(work, acting.Id, cancel);
        }, cancel);
    }

    /// <summary>Where one is signed in, last used first, and no more than one can look through.</summary>
    /// <param name="sessionId">The session that asks.</param>
    public Task<IReadOnlyList<SessionRow>> SessionsAsync(Actor actor, string? sessionId, CancellationToken cancel = default) =>
        store.ReadAsync<IReadOnlyList<SessionRow>>(async work =>
        {
            var acting = await work.RequireAsync(actor, Permission.Member, cancel);
            return [.. (await work.Sessions.OfAsync(acting.Id, Now, MostShown, cancel)).Select(session => new SessionRow(session.Device, session.CreatedAt, session.SeenAt, session.Id == sessionId)).OrderByDescending(row => row.IsThis)];
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
