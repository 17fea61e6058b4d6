using Diaspora.Data.Operations;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Rights;
using Diaspora.Web.Rights.Admin;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Rights;

/// <summary>What a member may say about their personal data: that they agree, and that it be deleted.</summary>
public static class RightsFeature
{
    public static WebApplicationBuilder AddRights(this WebApplicationBuilder builder)
    {
        builder.AddSection<ConsentOptions>(ConsentOptions.Section).Validate(
            options => options.HasGoodVersion,
            $"{ConsentOptions.Section}:{nameof(ConsentOptions.Version)} is the month or the day of the text, as in 2026-12 or 2026-12-31, and no earlier than {RegistrationService.ConsentVersion}.");
        builder.Services.AddSingleton(provider => new ConsentTerms(provider.GetRequiredService<IOptions<ConsentOptions>>().Value.Version ?? RegistrationService.ConsentVersion));
        builder.Services.AddScoped<ConsentService>();
        builder.Services.AddScoped<DeletionService>();
        builder.Services.AddScoped<DeletionActions>();
        return builder;
    }

    public static WebApplication MapRights(this WebApplication app)
    {
        app.Use(ConsentFirst.AskAsync);
        return app;
    }
}
