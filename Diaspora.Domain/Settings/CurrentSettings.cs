using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Settings;

/// <summary>
/// The settings as this process last read them: no page asks the database for them. They are read at the start and anew when
/// somebody has changed them. A verb that books a sum reads them in its own transaction besides.
/// </summary>
public sealed class CurrentSettings
{
    private readonly Lock _turn = new();
    private volatile SettingsSnapshot? _value;

    /// <exception cref="InvalidOperationException">Nobody has read them yet.</exception>
    public SettingsSnapshot Value => _value ?? throw new InvalidOperationException("The settings were not read yet.");

    public DuesRules Rules => Value.Rules;

    /// <summary>Keeps the newer one, because reads may end in another order than they began.</summary>
    public void Use(SettingsSnapshot read)
    {
        lock (_turn)
        {
            if (read.StoredAt is null || _value?.StoredAt is not { } known || read.StoredAt > known)
            {
                _value = read;
            }
        }
    }
}

/// <summary>All settings at one moment.</summary>
public sealed record SettingsSnapshot(DuesRules Rules)
{
    public AssociationContacts Association { get; init; } = AssociationContacts.None;

    public KaspiRequisites Kaspi { get; init; } = KaspiRequisites.None;

    public ReminderTexts Reminder { get; init; } = ReminderTexts.None;

    /// <summary>When these were stored. Each change has an instant of its own. Missing for those of the configuration.</summary>
    public DateTime? StoredAt { get; init; }
}
