using System.Text;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;
using Diaspora.Web.Dues;
using Diaspora.Web.Members.Admin.List;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Members.Admin.Actions;

/// <summary>WhatsApp messages that are ready to be sent: opening one sends nothing, the person who opened it presses send.</summary>
public sealed class Reminders(CurrentSettings settings, NavigationManager navigation, PeriodWords periods, IStringLocalizer<MemberListTexts> texts)
{
    /// <summary>What the texts are made of now.</summary>
    public ReminderTexts Words => settings.Value.Reminder;

    /// <summary>An address that opens WhatsApp with a text in the member's language; without a debt there is nothing to remind of, so only the chat.</summary>
    public string UrlOf(MemberRow row)
    {
        var chat = $"https://wa.me/{row.Person.Phone.TrimStart('+')}";
        return row.Owed.Count == 0 ? chat : $"{chat}?text={string.Concat(TextOf(row).EnumerateRunes().Select(Spelled))}";
    }

    /// <summary>Letters stand as they are: the browser writes them as an address needs them, and a list of fifty lines is a third shorter.</summary>
    private static string Spelled(Rune sign) => Rune.IsLetter(sign) ? sign.ToString() : Uri.EscapeDataString(sign.ToString());

    /// <summary>The association's own words or the portal's, with name, months, sum and link in their places.</summary>
    public string TextOf(MemberRow row) => Languages.In(row.Person.Language, () => Filled(
        settings.Value.Reminder.In(row.Person.Language), FirstName(row.Person.FullName), [.. row.Owed.Select(tile => tile.Period)], OwedOf(row)));

    /// <summary>What a text that is not saved yet would say to somebody who owes the last two months.</summary>
    public string ExampleOf(string text, string language, Period current) => Languages.In(language, () =>
    {
        Period[] months = [current.AddMonths(-1), current];
        return Filled(string.IsNullOrWhiteSpace(text) ? null : text.Trim(), texts["ReminderExampleName"], months, months.Sum(month => settings.Rules.FeeOf(month).Tenge));
    });

    /// <summary>The months a reminder asks for: those due and those in debt. A month with a payment that waits for the cashier is left out.</summary>
    public static long OwedOf(MemberRow row) => row.Owed.Sum(tile => tile.Amount.Tenge);

    private string Filled(string? own, string name, IReadOnlyCollection<Period> months, long tenge) => ReminderTexts.Fill(
        own ?? texts["ReminderTemplate"].Value, name, periods.List(months), Wording.Money(tenge), navigation.ToAbsoluteUri(Urls.PayFor(months)).ToString());

    /// <summary>The surname stands first.</summary>
    private static string FirstName(string fullName) => fullName.Split(' ') is [_, var first, ..] ? first : fullName;
}
