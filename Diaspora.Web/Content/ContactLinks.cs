using Diaspora.Domain.Settings;

namespace Diaspora.Web.Content;

/// <summary>The association's numbers as a telephone takes them.</summary>
public static class ContactLinks
{
    public static string? PhoneLink(this AssociationContacts contacts) => contacts.Phone is { } phone ? $"tel:{Canonical(phone)}" : null;

    public static string? WhatsAppLink(this AssociationContacts contacts) => contacts.WhatsApp is { } number ? $"https://wa.me/{Canonical(number).TrimStart('+')}" : null;

    private static string Canonical(string number) => PhoneNumber.TryParse(number, out var known, out _) ? known.Value : $"+{string.Concat(number.Where(char.IsAsciiDigit))}";
}
