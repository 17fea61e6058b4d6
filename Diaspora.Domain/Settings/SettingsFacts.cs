namespace Diaspora.Domain.Settings;

/// <summary>The settings as a flat list, for the log: a fee is named <c>fee:2026-07</c>. What is not given is left out.</summary>
internal static class SettingsFacts
{
    public static Dictionary<string, object> Of(SettingsSnapshot settings)
    {
        var (rules, association, kaspi) = (settings.Rules, settings.Association, settings.Kaspi);
        Dictionary<string, object> facts = rules.Fees.Steps.ToDictionary(step => $"fee:{step.From}", object (step) => step.Amount.Tenge);
        (string Name, object? Value)[] others =
        [
            ("deadlineDay", rules.DeadlineDay), ("monthsAhead", rules.MonthsAhead), ("lapseAfterDays", rules.LapseAfterDays),
            ("kaspiRecipient", kaspi.Recipient), ("kaspiPhone", kaspi.Phone), ("kaspiLink", kaspi.Link), ("accountPrefix", kaspi.AccountPrefix),
            ("associationName", association.Name), ("associationNameKazakh", association.NameKazakh), ("email", association.Email),
            ("contactPhone", association.Phone), ("whatsApp", association.WhatsApp), ("address", association.Address), ("addressKazakh", association.AddressKazakh),
            ("reminder", settings.Reminder.Russian), ("reminderKazakh", settings.Reminder.Kazakh),
        ];
        foreach (var (name, value) in others)
        {
            if (value is not null)
            {
                facts.Add(name, value);
            }
        }

        return facts;
    }

    /// <summary>Only what is not the same in both.</summary>
    public static (Dictionary<string, object> Before, Dictionary<string, object> After) Differing(SettingsSnapshot before, SettingsSnapshot after)
    {
        var (old, now) = (Of(before), Of(after));
        string[] same = [.. old.Where(fact => fact.Value.Equals(now.GetValueOrDefault(fact.Key))).Select(fact => fact.Key)];
        foreach (var name in same)
        {
            old.Remove(name);
            now.Remove(name);
        }

        return (old, now);
    }
}
