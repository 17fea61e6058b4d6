using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Settings;

public interface ISettingsRepository
{
    /// <summary>The one row with its fees; nothing before the first start has filled it.</summary>
    Task<PortalSettings?> FindAsync(CancellationToken cancel = default);

    void Add(PortalSettings settings);
}

/// <summary>The settings were changed, by somebody on this or another instance.</summary>
public sealed record SettingsChanged : Change;

public static class SettingsReading
{
    /// <summary>
    /// The rules as they are stored at this moment. What fixes a sum or ends an intent asks for them here: the copy of this process
    /// may be older than a fee that an admin has changed through another instance.
    /// </summary>
    public static async Task<DuesRules> RulesAsync(this IWork work, CurrentSettings settings, CancellationToken cancel = default)
    {
        if (await work.Settings.FindAsync(cancel) is not { } stored)
        {
            return settings.Rules;
        }

        var read = stored.ToSnapshot(settings.Rules.Zone);
        settings.Use(read);
        return read.Rules;
    }
}

public static class SettingsRepositories
{
    extension(IWork work)
    {
        public ISettingsRepository Settings => work.Repository<ISettingsRepository>();
    }
}
