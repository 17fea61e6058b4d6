using System.Text.Json.Serialization;
using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Settings;

/// <summary>The form field by field: what it began with, what it says, and what comes of it and of a colleague's change.</summary>
public sealed partial class EditSettingsForm
{
    private const string Fee = "fee:";

    /// <summary>Each field with what the log calls it.</summary>
    private static readonly Dictionary<string, (string InLog, Func<EditSettingsForm, string> Read, Action<EditSettingsForm, string> Write)> Texts = new()
    {
        [nameof(DeadlineDay)] = ("deadlineDay", form => form.DeadlineDay, (form, text) => form.DeadlineDay = text),
        [nameof(MonthsAhead)] = ("monthsAhead", form => form.MonthsAhead, (form, text) => form.MonthsAhead = text),
        [nameof(LapseAfterDays)] = ("lapseAfterDays", form => form.LapseAfterDays, (form, text) => form.LapseAfterDays = text),
        [nameof(KaspiRecipient)] = ("kaspiRecipient", form => form.KaspiRecipient, (form, text) => form.KaspiRecipient = text),
        [nameof(KaspiPhone)] = ("kaspiPhone", form => form.KaspiPhone, (form, text) => form.KaspiPhone = text),
        [nameof(KaspiLink)] = ("kaspiLink", form => form.KaspiLink, (form, text) => form.KaspiLink = text),
        [nameof(AccountPrefix)] = ("accountPrefix", form => form.AccountPrefix, (form, text) => form.AccountPrefix = text),
        [nameof(Name)] = ("associationName", form => form.Name, (form, text) => form.Name = text),
        [nameof(NameKazakh)] = ("associationNameKazakh", form => form.NameKazakh, (form, text) => form.NameKazakh = text),
        [nameof(Email)] = ("email", form => form.Email, (form, text) => form.Email = text),
        [nameof(Phone)] = ("contactPhone", form => form.Phone, (form, text) => form.Phone = text),
        [nameof(WhatsApp)] = ("whatsApp", form => form.WhatsApp, (form, text) => form.WhatsApp = text),
        [nameof(Address)] = ("address", form => form.Address, (form, text) => form.Address = text),
        [nameof(AddressKazakh)] = ("addressKazakh", form => form.AddressKazakh, (form, text) => form.AddressKazakh = text),
        [nameof(Reminder)] = ("reminder", form => form.Reminder, (form, text) => form.Reminder = text),
        [nameof(ReminderKazakh)] = ("reminderKazakh", form => form.ReminderKazakh, (form, text) => form.ReminderKazakh = text),
    };

    public static EditSettingsForm Of(SettingsDetails details) =>
        Of(details.Fees, details.DeadlineDay, details.MonthsAhead, details.LapseAfterDays, details.Association, details.Kaspi, details.Reminder);

    internal static EditSettingsForm Of(SettingsSnapshot stored) =>
        Of(stored.Rules.Fees.Steps, stored.Rules.DeadlineDay, stored.Rules.MonthsAhead, stored.Rules.LapseAfterDays, stored.Association, stored.Kaspi, stored.Reminder);

    internal static string[] InLog(string field) => [Texts.TryGetValue(field, out var text) ? text.InLog : field];

    /// <summary>The month of a fee that is named as a field.</summary>
    public static Period? FeeMonthOf(string field) => field.StartsWith(Fee, StringComparison.Ordinal) && Period.TryParse(field[Fee.Length..], out var month) ? month : null;

    /// <summary>What the form says now, by field. A fee that is not there is left out.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Said
    {
        get
        {
            var said = Texts.ToDictionary(text => text.Key, text => text.Value.Read(this).Trim());
            foreach (var fee in Fees.Where(fee => Period.TryParse(fee.Month, out _)))
            {
                said[$"{Fee}{Period.Parse(fee.Month, null)}"] = SettingsLimits.Fee.Read(fee.Amount)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? fee.Amount.Trim();
            }

            return said;
        }
    }

    /// <summary>Whether it says something else than it began with. A fee that has no month yet does.</summary>
    [JsonIgnore]
    public bool IsChanged => Said is var said && (Fees.Exists(fee => !Period.TryParse(fee.Month, out _)) || said.Count != Seen.Count || said.Any(one => Of(Seen, one.Key) != one.Value));

    /// <summary>Whoever sends the form knows what a colleague made of the field.</summary>
    /// <param name="takes">The colleague's value instead of one's own.</param>
    public void Settle(string field, string theirs, bool takes)
    {
        Seen = new Dictionary<string, string>(Seen) { [field] = theirs };
        if (takes)
        {
            Write(field, theirs);
        }
    }

    /// <summary>The fields that sender and colleague both changed, with what is stored now.</summary>
    internal IEnumerable<(string Field, string Stored)> Conflicts(EditSettingsForm stored)
    {
        var (said, there) = (Said, stored.Said);
        return said.Keys.Union(Seen.Keys).Union(there.Keys).Where(field => SeenValue.IsConflict(Of(Seen, field), Of(said, field), Of(there, field))).Select(field => (field, Of(there, field)));
    }

    /// <summary>What is stored, with what the sender changed.</summary>
    internal EditSettingsForm Merged(EditSettingsForm stored)
    {
        var said = Said;
        var merged = Of(stored.Said);
        foreach (var field in said.Keys.Union(Seen.Keys))
        {
            merged.Write(field, SeenValue.Merge(Of(Seen, field), Of(said, field), Of(merged.Said, field)));
        }

        merged.AcceptsPast = AcceptsPast;
        return merged;
    }

    private static EditSettingsForm Of(
        IReadOnlyList<FeeStep> fees, int deadlineDay, int monthsAhead, int lapseAfterDays, AssociationContacts association, KaspiRequisites kaspi, ReminderTexts reminder)
    {
        var form = new EditSettingsForm
        {
            Fees = [.. fees.Select(step => new FeeStepForm { Month = step.From.ToString(), Amount = $"{step.Amount.Tenge}" })],
            DeadlineDay = $"{deadlineDay}",
            MonthsAhead = $"{monthsAhead}",
            LapseAfterDays = $"{lapseAfterDays}",
            KaspiRecipient = kaspi.Recipient ?? "",
            KaspiPhone = kaspi.Phone ?? "",
            KaspiLink = kaspi.Link ?? "",
            AccountPrefix = kaspi.AccountPrefix ?? "",
            Name = association.Name,
            NameKazakh = association.NameKazakh ?? "",
            Email = association.Email ?? "",
            Phone = association.Phone ?? "",
            WhatsApp = association.WhatsApp ?? "",
            Address = association.Address ?? "",
            AddressKazakh = association.AddressKazakh ?? "",
            Reminder = reminder.Russian ?? "",
            ReminderKazakh = reminder.Kazakh ?? "",
        };
        form.Seen = form.Said;
        return form;
    }

    private static EditSettingsForm Of(IReadOnlyDictionary<string, string> said)
    {
        var form = new EditSettingsForm();
        foreach (var (field, text) in said)
        {
            form.Write(field, text);
        }

        return form;
    }

    private static string Of(IReadOnlyDictionary<string, string> said, string field) => said.GetValueOrDefault(field, "");

    private void Write(string field, string text)
    {
        if (Texts.TryGetValue(field, out var known))
        {
            known.Write(this, text);
        }
        else if (FeeMonthOf(field) is { } month)
        {
            Fees.RemoveAll(fee => Period.TryParse(fee.Month, out var other) && other == month);
            if (text.Length > 0)
            {
                Fees.Add(new FeeStepForm { Month = month.ToString(), Amount = text });
            }

            Fees.Sort((left, right) => string.CompareOrdinal(left.Month, right.Month));
        }
    }
}
