using Diaspora.Domain.Accounts;
using Diaspora.Domain.Members;
using Diaspora.Web.Shell;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Accounts;

public static class AccountsFeature
{
    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AddressLimitOptions>().BindConfiguration(AddressLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section);
        services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>();
        services.AddSingleton<Mailbox>();
        services.AddSingleton<IMailbox>(provider => provider.GetRequiredService<Mailbox>());
        services.AddHostedService(provider => provider.GetRequiredService<Mailbox>());
        services.AddSingleton<AddressLimits>();
        services.AddSingleton<KnownDevice>();
        services.TryAddScoped<AccountService>();
        services.TryAddScoped<MemberService>();
        services.AddSignInRedirects();
        services.AddScoped<Entrance>();
        services.AddScoped<ILanguagePreference, MemberLanguage>();
        return builder;
    }

    public static WebApplication MapAccounts(this WebApplication app)
    {
        app.Use(AccountsEndpoints.SendOnAsync);
        app.MapSignOut();
        return app;
    }
}
