using System.Security.Claims;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members.Accounts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Accounts;

internal sealed class Sessions(SignInManager<Account> manager, DiasporaDbContext context) : ISessions
{
    public async Task SignInAsync(Guid memberId)
    {
        // Checking the old cookie may have loaded the account. Since then another unit of work may have changed its password.
        context.ChangeTracker.Clear();
        var account = await manager.UserManager.FindByIdAsync(memberId.ToString()) ?? throw new InvalidOperationException("The member has no account.");
        await manager.SignInAsync(account, isPersistent: true);
    }

    public Task SignOutAsync() => manager.SignOutAsync();
}

/// <summary>Puts the member's name and role into the cookie: for pages and policies. Every verb reads the role anew.</summary>
internal sealed class AccountClaims(UserManager<Account> manager, IOptions<IdentityOptions> options, DiasporaDbContext context)
    : UserClaimsPrincipalFactory<Account>(manager, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var member = await context.Members.AsNoTracking().Where(member => member.Id == user.Id).Select(member => new { member.FullName, member.Role }).SingleAsync();
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.Name, member.FullName));
        identity.AddClaim(new Claim(ClaimTypes.Role, member.Role.ToString()));
        identity.AddClaim(new Claim(Options.ClaimsIdentity.SecurityStampClaimType, await UserManager.GetSecurityStampAsync(user)));
        return identity;
    }
}

/// <summary>
/// Looks twice a minute whether whoever sits in front of an open page may still be there: a block, a new password or a new role
/// ends it. A database that does not answer for a moment ends nothing.
/// </summary>
internal sealed class CircuitRevalidation(ILoggerFactory logs, IContextFactory contexts, IOptions<IdentityOptions> options)
    : RevalidatingServerAuthenticationStateProvider(logs)
{
    private readonly ILogger _log = logs.CreateLogger<CircuitRevalidation>();

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await IsValidAsync(authenticationState.User, cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // The portal itself has stopped; there is nobody left to ask.
            return false;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _log.LogWarning(fault, "An open page could not be revalidated; it is asked again in {Interval}", RevalidationInterval);
            return true;
        }
    }

    private async Task<bool> IsValidAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
        {
            return false;
        }

        await using var context = contexts.Create();
        var known = await (
            from account in context.Users
            join member in context.Members on account.Id equals member.Id
            where account.Id == id
            select new { account.SecurityStamp, member.Role, member.BlockedAt }).AsNoTracking().FirstOrDefaultAsync(cancel);
        return known is { BlockedAt: null }
            && known.SecurityStamp == user.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType)
            && user.IsInRole(known.Role.ToString());
    }
}

public static class AccountsData
{
    /// <summary>Sessions last a month from the last visit.</summary>
    private static readonly TimeSpan SessionLength = TimeSpan.FromDays(30);

    internal static void AddAccountStorage(this IServiceCollection services)
    {
        services.AddSingleton<Argon2Passwords>();
        services.AddSingleton<IPasswords>(provider => provider.GetRequiredService<Argon2Passwords>());
        services.AddSingleton<IPasswordHasher<Account>>(provider => provider.GetRequiredService<Argon2Passwords>());
        services.AddSingleton<AccountManagers>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddScoped<ISessions, Sessions>();
        services.AddScoped<AuthenticationStateProvider, CircuitRevalidation>();
        services.AddIdentityCore<Account>(options => options.User.AllowedUserNameCharacters = "+0123456789")
            .AddUserStore<Microsoft.AspNetCore.Identity.EntityFrameworkCore.UserOnlyStore<Account, DiasporaDbContext, Guid>>()
            .AddClaimsPrincipalFactory<AccountClaims>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromHours(24));
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromSeconds(30));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "diaspora";
            options.Cookie.SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax;
            options.ExpireTimeSpan = SessionLength;
            options.SlidingExpiration = true;
        });
        var authorization = services.AddAuthorizationBuilder();
        foreach (var permission in Enum.GetValues<Permission>())
        {
            string[] roles = [.. Enum.GetValues<Role>().Where(role => ActingMember.Allows(role, permission)).Select(role => role.ToString())];
            authorization.AddPolicy(permission.ToString(), policy => policy.RequireAuthenticatedUser().RequireRole(roles));
        }
    }
}
