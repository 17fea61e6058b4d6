using Diaspora.Data.Operations;
using Diaspora.Domain.Settings;
using Diaspora.Web.Dues;

namespace Diaspora.Web.Settings;

/// <summary>What an admin changes while the portal runs; the configuration fills it once.</summary>
public static class SettingsFeature
{
    public static WebApplicationBuilder AddSettings(this WebApplicationBuilder builder)
    {
        var dues = builder.ReadSection<DuesOptions>(DuesOptions.Section);
        string[] faults = [.. dues.Faults()];
        StartReasons.Of(builder).Add(faults);

        // A portal that reckons with a wrong fee does not come up; until it says so any rules will do.
        var rules = (faults.Length == 0 ? dues : new DuesOptions()).ToRules();
        builder.Services.AddSingleton(rules);
        builder.Services.AddSingleton(rules.Zone);
        builder.Services.AddSingleton<SettingsSeed>();
        builder.Services.AddSingleton<CurrentSettings>();
        builder.Services.AddSingleton<SettingsService>();
        builder.Services.AddHostedService<SettingsListener>();
        return builder;
    }
}
