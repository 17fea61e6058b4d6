using Diaspora.Domain.Members;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>Asks for the password of whoever is signed in. Slowed down like signing in. Whoever holds somebody's unlocked phone could otherwise guess the password here.</summary>
public sealed class PasswordProof(IStore store, IPasswords passwords, TimeProvider clock)
{
    /// <param name="field">Where the sentence of a wrong one belongs.</param>
    /// <returns>What the password was compared with.</returns>
    /// <exception cref="FormException">It is wrong.</exception>
    /// <exception cref="DomainException">A pause is on.</exception>
    public async Task<AccountSecret> RequireAsync(Guid memberId, string password, string field, CancellationToken cancel = default)
    {
        if (string.IsNullOrEmpty(password))
        {
            throw new FormException(field, Problems.PasswordEmpty);
        }

        var key = $"profile {memberId}";
        var secret = await store.WriteAsync(async work =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            (await work.Accounts.ThrottleAsync(key, now, cancel)).Try(now);
            return await work.Accounts.FindAsync(memberId, cancel);
        }, cancel);
        if (await passwords.VerifyAsync(secret?.PasswordHash, password, cancel) == PasswordCheck.Wrong || secret is null)
        {
            throw new FormException(field, Problems.CurrentPasswordWrong);
        }

        await store.WriteAsync(async work =>
        {
            await work.Accounts.ForgetThrottleAsync(key, cancel);
            return true;
        }, cancel);
        return secret;
    }
}
