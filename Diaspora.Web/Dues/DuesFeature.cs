using Diaspora.Domain.Dues;
using Diaspora.Domain.Settings;

namespace Diaspora.Web.Dues;

public static class DuesFeature
{
    /// <summary>The rules of paying, read once at start: a portal that reckons with a wrong fee must not come up.</summary>
    public static WebApplicationBuilder AddDues(this WebApplicationBuilder builder)
    {
        var rules = (builder.Configuration.GetSection(DuesOptions.Section).Get<DuesOptions>() ?? new DuesOptions()).ToRules();
        builder.Services.AddSingleton(SettingsOf(rules));
        builder.Services.AddSingleton(rules.Zone);
        builder.Services.AddScoped<DuesService>();
        builder.Services.AddScoped<LedgerService>();
        builder.Services.AddScoped<PeriodWords>();
        builder.Services.AddScoped<MonthDialogs>();
        return builder;
    }

    private static CurrentSettings SettingsOf(DuesRules rules)
    {
        var settings = new CurrentSettings();
        settings.Use(new SettingsSnapshot(rules));
        return settings;
    }
}
