using Diaspora.Domain.Members.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Accounts;

/// <summary>Builds Identity's manager over the context of one unit of work, so that an account commits with its member.</summary>
public sealed class AccountManagers(
    IOptions<IdentityOptions> options, IPasswordHasher<Account> hasher, ILookupNormalizer normalizer, IServiceProvider services, ILogger<UserManager<Account>> log)
{
    public UserManager<Account> Over(DiasporaDbContext context)
    {
        var store = new UserOnlyStore<Account, DiasporaDbContext, Guid>(context) { AutoSaveChanges = true };
        return new UserManager<Account>(store, options, hasher, [new UserValidator<Account>()], [], normalizer, new IdentityErrorDescriber(), services, log);
    }
}

internal sealed class AccountRepository(DiasporaDbContext context, AccountManagers managers, ISessionRepository sessions) : IAccountRepository
{
    private readonly Lazy<UserManager<Account>> _manager = new(() => managers.Over(context));

    public async Task CreateAsync(Guid memberId, PhoneNumber phone, string? passwordHash, CancellationToken cancel = default)
    {
        // The member's row first: the account refers to it.
        await context.SaveChangesAsync(cancel);
        Ensure(await _manager.Value.CreateAsync(new Account { Id = memberId, UserName = phone.Value, PasswordHash = passwordHash }));
    }

    public Task<AccountSecret?> FindAsync(PhoneNumber phone, CancellationToken cancel = default) =>
        SecretAsync(context.Users.Where(account => account.NormalizedUserName == phone.Value), cancel);

    public Task<AccountSecret?> FindAsync(Guid memberId, CancellationToken cancel = default) =>
        SecretAsync(context.Users.Where(account => account.Id == memberId), cancel);

    public async Task RehashAsync(AccountSecret known, string passwordHash, CancellationToken cancel = default)
    {
        var account = await AccountAsync(known.MemberId);
        if (account.PasswordHash == known.PasswordHash)
        {
            account.PasswordHash = passwordHash;
            Ensure(await _manager.Value.UpdateAsync(account));
        }
    }

    public async Task SetPasswordAsync(Guid memberId, string passwordHash, CancellationToken cancel = default) =>
        await SetPasswordAsync(await AccountAsync(memberId), passwordHash, cancel);

    public async Task SetFirstPasswordAsync(Guid memberId, string passwordHash, CancellationToken cancel = default)
    {
        var account = await AccountAsync(memberId);
        if (account.PasswordHash is not null)
        {
            throw new DbUpdateConcurrencyException("The member has a password meanwhile.");
        }

        await SetPasswordAsync(account, passwordHash, cancel);
    }

    public async Task RenameAsync(Guid memberId, PhoneNumber phone, CancellationToken cancel = default)
    {
        var account = await AccountAsync(memberId);
        account.UserName = phone.Value;
        Ensure(await _manager.Value.UpdateAsync(account));
    }

    public async Task SwapAsync(Guid first, PhoneNumber firstBecomes, Guid second, PhoneNumber secondBecomes, CancellationToken cancel = default)
    {
        var manager = _manager.Value;
        var one = await manager.FindByIdAsync(first.ToString());
        var other = await manager.FindByIdAsync(second.ToString());
        if (one is null && other is null)
        {
            return;
        }

        // A name is unique at every moment, so in between neither member has a real one.
        var (hash, otherHash) = (one?.PasswordHash, other?.PasswordHash);
        one = await NamedAsync(one, first, $"+01{firstBecomes.Value[1..]}", null);
        other = await NamedAsync(other, second, $"+02{secondBecomes.Value[1..]}", null);
        await NamedAsync(one, first, firstBecomes.Value, otherHash);
        await NamedAsync(other, second, secondBecomes.Value, hash);
    }

    public async Task EndSessionsAsync(Guid memberId, CancellationToken cancel = default)
    {
        if (await _manager.Value.FindByIdAsync(memberId.ToString()) is { } account)
        {
            Ensure(await _manager.Value.UpdateSecurityStampAsync(account));
        }

        await sessions.EndAllAsync(memberId, cancel);
    }

    public async Task<string> CreateLinkTokenAsync(Guid memberId, CancellationToken cancel = default) =>
        await _manager.Value.GeneratePasswordResetTokenAsync(await AccountAsync(memberId));

    public async Task<bool> IsLinkTokenValidAsync(Guid memberId, string token, CancellationToken cancel = default)
    {
        var manager = _manager.Value;
        return await manager.FindByIdAsync(memberId.ToString()) is { } account
            && await manager.VerifyUserTokenAsync(account, manager.Options.Tokens.PasswordResetTokenProvider, UserManager<Account>.ResetPasswordTokenPurpose, token);
    }

    public async Task<SignInThrottle> ThrottleAsync(string key, DateTime now, CancellationToken cancel = default)
    {
        var throttle = await context.SignInThrottles.FindAsync([key], cancel);
        if (throttle is null)
        {
            throttle = new SignInThrottle(key, now);
            context.SignInThrottles.Add(throttle);
        }

        return throttle;
    }

    public Task ForgetThrottleAsync(string key, CancellationToken cancel = default) =>
        context.SignInThrottles.Where(throttle => throttle.Key == key).ExecuteDeleteAsync(cancel);

    public Task ForgetThrottlesAsync(PhoneNumber phone, CancellationToken cancel = default) =>
        context.SignInThrottles.Where(throttle => throttle.Key.StartsWith(phone.Value + " ")).ExecuteDeleteAsync(cancel);

    public async Task ForgetThrottlesAsync(DateTime utc, int most, CancellationToken cancel = default)
    {
        var oldest = await context.SignInThrottles.OrderByDescending(throttle => throttle.UpdatedAt).Skip(most).Select(throttle => (DateTime?)throttle.UpdatedAt).FirstOrDefaultAsync(cancel);
        var before = oldest > utc ? oldest.Value : utc;
        await context.SignInThrottles.Where(throttle => throttle.UpdatedAt < before).ExecuteDeleteAsync(cancel);
    }

    private async Task SetPasswordAsync(Account account, string passwordHash, CancellationToken cancel)
    {
        account.PasswordHash = passwordHash;
        Ensure(await _manager.Value.UpdateSecurityStampAsync(account));
        await sessions.EndAllAsync(account.Id, cancel);
    }

    private async Task<Account> NamedAsync(Account? account, Guid memberId, string name, string? passwordHash)
    {
        if (account is null)
        {
            account = new Account { Id = memberId, UserName = name, PasswordHash = passwordHash };
            Ensure(await _manager.Value.CreateAsync(account));
            return account;
        }

        (account.UserName, account.PasswordHash) = (name, passwordHash);
        Ensure(await _manager.Value.UpdateAsync(account));
        return account;
    }

    private static Task<AccountSecret?> SecretAsync(IQueryable<Account> accounts, CancellationToken cancel) =>
        accounts.Where(account => account.PasswordHash != null).Select(account => new AccountSecret(account.Id, account.PasswordHash!, account.SecurityStamp)).FirstOrDefaultAsync(cancel);

    private async Task<Account> AccountAsync(Guid memberId) =>
        await _manager.Value.FindByIdAsync(memberId.ToString()) ?? throw new InvalidOperationException("The member has no account.");

    /// <summary>A concurrent change is a lost race that the store runs again; anything else is a fault of ours.</summary>
    private static void Ensure(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw result.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.ConcurrencyFailure) or nameof(IdentityErrorDescriber.DuplicateUserName))
                ? new DbUpdateConcurrencyException("The account changed meanwhile.")
                : new InvalidOperationException(string.Join(", ", result.Errors.Select(error => error.Code)));
        }
    }
}
