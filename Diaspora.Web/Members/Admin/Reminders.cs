using System.Globalization;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;
using Diaspora.Web.Dues;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Members.Admin;

/// <summary>WhatsApp messages that are ready to be sent: opening one sends nothing, the person who opened it presses send.</summary>
public sealed class Reminders(CurrentSettings settings, NavigationManager navigation, PeriodWords periods, IStringLocalizer<MemberListTexts> texts)
{
    /// <summary>An address that opens WhatsApp with a text in the member's language; without a debt there is nothing to remind of, so only the chat.</summary>
    public string UrlOf(MemberRow row)
    {
        var chat = $"https://wa.me/{row.Person.Phone.TrimStart('+')}";
        return row.Owed.Count == 0 ? chat : $"{chat}?text={Uri.EscapeDataString(TextOf(row))}";
    }

    /// <summary>The association's own words or the portal's, with name, months, sum and link in their places.</summary>
    public string TextOf(MemberRow row)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(row.Person.Language);
        try
        {
            return (settings.Value.Reminder.In(row.Person.Language) ?? texts["ReminderTemplate"].Value)
                .Replace(texts["TokenName"].Value, FirstName(row.Person.FullName), StringComparison.Ordinal)
                .Replace(texts["TokenMonths"].Value, periods.List([.. row.Owed.Select(tile => tile.Period)]), StringComparison.Ordinal)
                .Replace(texts["TokenSum"].Value, Wording.Money(row.Owed.Sum(tile => tile.Amount.Tenge)), StringComparison.Ordinal)
                .Replace(texts["TokenLink"].Value, navigation.ToAbsoluteUri(Urls.PayFor(row.Owed.Select(tile => tile.Period))).ToString(), StringComparison.Ordinal);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    /// <summary>The surname stands first.</summary>
    private static string FirstName(string fullName) => fullName.Split(' ') is [_, var first, ..] ? first : fullName;
}
