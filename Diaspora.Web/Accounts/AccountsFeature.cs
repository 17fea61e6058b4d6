using Diaspora.Data.Operations;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Web.Accounts.Admin;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Accounts;

public static class AccountsFeature
{
    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSection<AddressLimitOptions>(AddressLimitOptions.Section).ValidateDataAnnotations();
        builder.AddSection<AdminOptions>(AdminOptions.Section);
        builder.AddSection<SmtpOptions>(SmtpOptions.Section);
        services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>();
        services.AddSingleton<SmtpServer>();
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

    public static WebApplication MapAccounts(this WebApplication app)
    {
        app.Use(AccountsEndpoints.SendOnAsync);
        app.MapSignOut();
        app.MapSeen();
        return app;
    }
}
