using Diaspora.Domain.Members;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Content;

/// <summary>
/// Who the association is and how to reach it: the section <c>Association</c> of the configuration. A contact that is not configured
/// is shown nowhere: an invented number must not go live.
/// </summary>
public sealed class AssociationOptions
{
    public const string Section = "Association";

    private string? email;
    private string? phone;
    private string? whatsApp;
    private string? address;
    private string? addressKazakh;

    public string Name { get; set; } = "«Диаспора азербайджанцев Казахстана»";

    public string NameKazakh { get; set; } = "«Қазақстан әзербайжандарының диаспорасы»";

    public string? Email { get => email; set => email = Given(value); }

    public string? Phone { get => phone; set => phone = Given(value); }

    /// <summary>The number for WhatsApp, written as people read it.</summary>
    public string? WhatsApp { get => whatsApp; set => whatsApp = Given(value); }

    public string? Address { get => address; set => address = Given(value); }

    public string? AddressKazakh { get => addressKazakh ?? address; set => addressKazakh = Given(value); }

    public string? PhoneLink => Phone is null ? null : $"tel:{Canonical(Phone)}";

    public string? WhatsAppLink => WhatsApp is null ? null : $"https://wa.me/{Canonical(WhatsApp).TrimStart('+')}";

    /// <summary>The keys of the contacts that are not configured.</summary>
    public IEnumerable<string> Missing
    {
        get
        {
            (string Name, string? Value)[] contacts = [(nameof(Email), Email), (nameof(Phone), Phone), (nameof(WhatsApp), WhatsApp), (nameof(Address), Address)];
            return contacts.Where(contact => contact.Value is null).Select(contact => $"{Section}:{contact.Name}");
        }
    }

    public bool HasGoodEmail => Email is null || Email.Contains('@', StringComparison.Ordinal);

    public bool HasGoodPhone => Phone is null || PhoneNumber.TryParse(Phone, out _, out _);

    public bool HasGoodWhatsApp => WhatsApp is null || PhoneNumber.TryParse(WhatsApp, out _, out _);

    public string NameIn(string language) => language == "kk" ? NameKazakh : Name;

    /// <summary>Examples to look at while developing.</summary>
    public void FillWithExamples()
    {
        Email ??= "salam@diaspora.example";
        Phone ??= "+7 700 000 00 00";
        WhatsApp ??= "+7 700 000 00 00";
        if (address is null)
            (address, addressKazakh) = ("050000, Алматы, пр. Абая, 1", addressKazakh ?? "050000, Алматы, Абай даңғылы, 1");
    }

    /// <summary>
    /// Puts the contacts into a text that names them: {Name}, {Email}, {Phone}, {WhatsApp}, {Address}. Without a contact its line of a
    /// list is left out, and a link to it leads to the page of contacts.
    /// </summary>
    public string FillIn(string text, string language, string contactsPage)
    {
        (string Gap, string Link, string? Value, string? Target)[] contacts =
        [
            ("{Email}", "[{Email}](mailto:{Email})", Email, Email),
            ("{Phone}", "[{Phone}]({PhoneLink})", Unbroken(Phone), PhoneLink),
            ("{WhatsApp}", "[{WhatsApp}]({WhatsAppLink})", Unbroken(WhatsApp), WhatsAppLink),
            ("{Address}", "{Address}", language == "kk" ? AddressKazakh : Address, null),
        ];
        foreach (var (gap, link, value, target) in contacts)
        {
            text = value is not null
                ? text.Replace(gap, value, StringComparison.Ordinal).Replace($"{gap[..^1]}Link}}", target, StringComparison.Ordinal)
                : WithoutItems(text, gap).Replace($", {link}", "", StringComparison.Ordinal)
                    .Replace(link, gap == link ? "" : $"[{contactsPage}]({Urls.Contacts})", StringComparison.Ordinal).Replace(gap, "", StringComparison.Ordinal);
        }

        return text.Replace("{Name}", NameIn(language), StringComparison.Ordinal);
    }

    private static string WithoutItems(string text, string gap) =>
        string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("- ", StringComparison.Ordinal) || !line.Contains(gap, StringComparison.Ordinal)));

    private static string Canonical(string number) => PhoneNumber.TryParse(number, out var known, out _) ? known.Value : $"+{string.Concat(number.Where(char.IsAsciiDigit))}";

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static string? Unbroken(string? number) => number?.Replace(' ', '\u00A0');
}
