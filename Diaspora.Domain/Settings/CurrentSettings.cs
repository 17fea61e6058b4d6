using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Settings;

/// <summary>
/// The settings as this process last read them: no page asks the database for them. They are read at the start and anew when
/// somebody has changed them. A verb that books a sum reads them in its own transaction besides.
/// </summary>
public sealed class CurrentSettings
{
    private volatile SettingsSnapshot? _value;

    /// <exception cref="InvalidOperationException">Nobody has read them yet.</exception>
    public SettingsSnapshot Value => _value ?? throw new InvalidOperationException("The settings were not read yet.");

    public DuesRules Rules => Value.Rules;

    public void Use(SettingsSnapshot read) => _value = read;
}

/// <summary>All settings at one moment.</summary>
public sealed record SettingsSnapshot(DuesRules Rules);
