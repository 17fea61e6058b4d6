using Diaspora.Data.Operations;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Diaspora.Data.Accounts;

public static class AccountsData
{
    internal static void AddAccountStorage(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Argon2Passwords>();
        services.AddSingleton<IPasswords>(provider => provider.GetRequiredService<Argon2Passwords>());
        services.AddSingleton<IPasswordHasher<Account>>(provider => provider.GetRequiredService<Argon2Passwords>());
        services.AddSingleton<ICommonPasswords, CommonPasswords>();
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<PasswordProof>();
        services.AddSingleton<IPhoneNames, PhoneNames>();
        services.AddSingleton<GuessWatch>();
        services.AddSingleton<SignInTrail>();
        services.AddSingleton<AccountManagers>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddIdentityCore<Account>(options => options.User.AllowedUserNameCharacters = "+0123456789")
            .AddUserStore<UserOnlyStore<Account, DiasporaDbContext, Guid>>()
            .AddDefaultTokenProviders();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromHours(24));
        builder.AddSection<SessionOptions>(SessionOptions.Section);
        AddSessions(services);
        AddPolicies(services);
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<SessionOptions>, SessionOptionsValidator>();
        services.AddHttpContextAccessor();
        services.AddScoped<ISessions, Sessions>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<SessionVisits>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionVisits>());
        services.AddScoped<AuthenticationStateProvider, CircuitRevalidation>();
        services.AddScoped<CircuitHandler, CircuitListener>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, options =>
        {
            options.Cookie.Name = "diaspora";
            options.Cookie.SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax;

            // The cookie says until when at sign-in; whether the session goes on until then is for the session to say.
            options.SlidingExpiration = false;
            options.Events.OnValidatePrincipal = context => Sessions.ValidateAsync(
                context, context.HttpContext.RequestServices.GetRequiredService<LiveSessions>(), context.HttpContext.RequestServices.GetRequiredService<SessionVisits>());
        });
    }

    private static void AddPolicies(IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder();
        foreach (var permission in Enum.GetValues<Permission>())
        {
            string[] roles = [.. Enum.GetValues<Role>().Where(role => ActingMember.Allows(role, permission)).Select(role => role.ToString())];
            authorization.AddPolicy(permission.ToString(), policy => policy.RequireAuthenticatedUser().RequireRole(roles));
        }
    }
}
