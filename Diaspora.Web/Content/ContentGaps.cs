using System.Globalization;
using Diaspora.Domain.Settings;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Content;

/// <summary>
/// Puts the settings into a text that names them: {Name}, {Email}, {Phone}, {WhatsApp}, {Address}, {Fee}, {DeadlineDay}. Without a
/// contact its line of a list is left out, and a link to it leads to the page of contacts.
/// </summary>
public static class ContentGaps
{
    public static string FillIn(string text, SettingsSnapshot settings, DateTime now, string language, string contactsPage)
    {
        var (rules, association) = (settings.Rules, settings.Association);
        return FillIn(text, association, language, contactsPage)
            .Replace("{Name}", association.NameIn(language), StringComparison.Ordinal)
            .Replace("{Fee}", Wording.Money(rules.FeeOf(rules.PeriodOf(now)).Tenge), StringComparison.Ordinal)
            .Replace("{DeadlineDay}", rules.DeadlineDay.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static string FillIn(string text, AssociationContacts association, string language, string contactsPage)
    {
        (string Gap, string Link, string? Value, string? Target)[] contacts =
        [
            ("{Email}", "[{Email}](mailto:{Email})", association.Email, association.Email),
            ("{Phone}", "[{Phone}]({PhoneLink})", Unbroken(association.Phone), association.PhoneLink()),
            ("{WhatsApp}", "[{WhatsApp}]({WhatsAppLink})", Unbroken(association.WhatsApp), association.WhatsAppLink()),
            ("{Address}", "{Address}", association.AddressIn(language), null),
        ];
        foreach (var (gap, link, value, target) in contacts)
        {
            text = value is not null
                ? text.Replace(gap, value, StringComparison.Ordinal).Replace($"{gap[..^1]}Link}}", target, StringComparison.Ordinal)
                : WithoutItems(text, gap).Replace($", {link}", "", StringComparison.Ordinal)
                    .Replace(link, gap == link ? "" : $"[{contactsPage}]({Urls.Contacts})", StringComparison.Ordinal).Replace(gap, "", StringComparison.Ordinal);
        }

        return text;
    }

    private static string WithoutItems(string text, string gap) =>
        string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("- ", StringComparison.Ordinal) || !line.Contains(gap, StringComparison.Ordinal)));

    private static string? Unbroken(string? number) => number?.Replace(' ', '\u00A0');
}
