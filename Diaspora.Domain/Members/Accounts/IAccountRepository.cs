namespace Diaspora.Domain.Members.Accounts;

/// <summary>What an account keeps to itself.</summary>
/// <param name="Stamp">Another one after each new password and each end of all sessions; the same when only the hash is renewed.</param>
public sealed record AccountSecret(Guid MemberId, string PasswordHash, string? Stamp);

/// <summary>Sign-in accounts, kept by ASP.NET Core Identity. An account has the id of its member and the phone as its name.</summary>
public interface IAccountRepository
{
    /// <param name="passwordHash">Missing for somebody whom an admin added: a one-time link lets them in.</param>
    Task CreateAsync(Guid memberId, PhoneNumber phone, string? passwordHash, CancellationToken cancel = default);

    Task<AccountSecret?> FindAsync(PhoneNumber phone, CancellationToken cancel = default);

    Task<AccountSecret?> FindAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>Replaces the hash of the same password by one with newer parameters; another one that is stored meanwhile stays.</summary>
    Task RehashAsync(AccountSecret known, string passwordHash, CancellationToken cancel = default);

    /// <summary>Sets a new password and ends every session and every open link.</summary>
    Task SetPasswordAsync(Guid memberId, string passwordHash, CancellationToken cancel = default);

    /// <summary>For somebody who has none. Whoever got one meanwhile keeps it, and this attempt counts as a lost race.</summary>
    Task SetFirstPasswordAsync(Guid memberId, string passwordHash, CancellationToken cancel = default);

    Task RenameAsync(Guid memberId, PhoneNumber phone, CancellationToken cancel = default);

    /// <summary>Two members exchange their sign-in names and with them the passwords. Whoever knows a number and its password still gets in.</summary>
    Task SwapAsync(Guid first, PhoneNumber firstBecomes, Guid second, PhoneNumber secondBecomes, CancellationToken cancel = default);

    /// <summary>Every session of the member ends at once; every open link is spent.</summary>
    Task EndSessionsAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>A token for one new password, valid 24 hours and until the next change of password.</summary>
    Task<string> CreateLinkTokenAsync(Guid memberId, CancellationToken cancel = default);

    Task<bool> IsLinkTokenValidAsync(Guid memberId, string token, CancellationToken cancel = default);

    Task<SignInThrottle> ThrottleAsync(string key, DateTime now, CancellationToken cancel = default);

    Task ForgetThrottleAsync(string key, CancellationToken cancel = default);

    /// <summary>Whatever was counted for this phone, from wherever.</summary>
    Task ForgetThrottlesAsync(PhoneNumber phone, CancellationToken cancel = default);

    /// <summary>Removes the counts that nobody added to since <paramref name="utc"/>, and the oldest of more than <paramref name="most"/>.</summary>
    Task ForgetThrottlesAsync(DateTime utc, int most, CancellationToken cancel = default);
}

/// <summary>Hashes passwords, at most as many at once as there are cores, with a short queue.</summary>
public interface IPasswords
{
    /// <returns>A PHC string: <c>$argon2id$v=19$m=…,t=…,p=…$salt$hash</c>.</returns>
    /// <exception cref="DomainException">The queue is full: <see cref="Problems.TooManyAttempts"/>.</exception>
    Task<string> HashAsync(string password, CancellationToken cancel = default);

    /// <summary>Compares in constant time. Without a hash it takes as long and answers wrong.</summary>
    /// <exception cref="DomainException">The queue is full: <see cref="Problems.TooManyAttempts"/>.</exception>
    Task<PasswordCheck> VerifyAsync(string? hash, string password, CancellationToken cancel = default);
}

public enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Right, and the parameters have grown since: hash it anew.</summary>
    RightButOld,
}

/// <summary>Sends mail in the background; a failure never reaches the page.</summary>
public interface IMailbox
{
    /// <summary>Whether mail is configured at all.</summary>
    bool IsOpen { get; }

    /// <summary>Queues a link for a new password, in the member's language.</summary>
    void SendLink(string address, string language, Guid memberId, string token);
}

public static class AccountRepositories
{
    extension(IWork work)
    {
        public IAccountRepository Accounts => work.Repository<IAccountRepository>();

        public ISessionRepository Sessions => work.Repository<ISessionRepository>();

        public IRegistrationRepository Registrations => work.Repository<IRegistrationRepository>();
    }
}
