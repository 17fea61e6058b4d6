using Diaspora.Domain.Settings;
using Diaspora.Web.Dues;

namespace Diaspora.Web.Settings;

/// <summary>What an admin changes while the portal runs; the configuration fills it once.</summary>
public static class SettingsFeature
{
    /// <exception cref="InvalidOperationException">A portal that reckons with a wrong fee must not come up; the message names the key.</exception>
    public static WebApplicationBuilder AddSettings(this WebApplicationBuilder builder)
    {
        var rules = (builder.Configuration.GetSection(DuesOptions.Section).Get<DuesOptions>() ?? new DuesOptions()).ToRules();
        builder.Services.AddSingleton(rules);
        builder.Services.AddSingleton(rules.Zone);
        builder.Services.AddSingleton<SettingsSeed>();
        builder.Services.AddSingleton<CurrentSettings>();
        builder.Services.AddSingleton<SettingsService>();
        builder.Services.AddHostedService<SettingsListener>();
        return builder;
    }
}
