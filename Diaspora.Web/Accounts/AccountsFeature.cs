using Diaspora.Domain.Members.Accounts;
using Diaspora.Web.Accounts.Admin;
using Diaspora.Web.Shell.Guard;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Accounts;

public static class AccountsFeature
{
    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AddressLimitOptions>().BindConfiguration(AddressLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddMailOptions();
        services.AddSingleton<Mailbox>();
        services.AddSingleton<IMailbox>(provider => provider.GetRequiredService<Mailbox>());
        services.AddHostedService(provider => provider.GetRequiredService<Mailbox>());
        services.AddSingleton<AddressLimits>();
        services.AddSingleton<KnownDevice>();
        services.AddScoped<AccountService>();
        services.AddScoped<OwnAccountService>();
        services.AddSingleton<SignInTrailService>();
        services.AddHostedService<TrailWriter>();
        services.AddScoped<RegistrationService>();
        services.AddScoped<RegistrationActions>();
        services.AddSignInRedirects();
        services.AddSingleton<IHourlyTask, ForgetTriesTask>();
        services.AddScoped<Entrance>();
        services.AddScoped<ILanguagePreference, MemberLanguage>();
        return builder;
    }

    /// <summary>Where mail goes out and what its links begin with; half of it stops the start.</summary>
    public static IServiceCollection AddMailOptions(this IServiceCollection services)
    {
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section);
        services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.Section).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>();
    }

    public static WebApplication MapAccounts(this WebApplication app)
    {
        app.Use(AccountsEndpoints.SendOnAsync);
        app.MapSignOut();
        app.MapSeen();
        return app;
    }
}
