namespace Diaspora.Web.Content;

/// <summary>Who the association is and how to reach it: the section <c>Association</c> of the configuration.</summary>
public sealed class AssociationOptions
{
    public const string Section = "Association";

    public string Name { get; set; } = "«Диаспора азербайджанцев Казахстана»";

    public string NameKazakh { get; set; } = "«Қазақстан әзербайжандарының диаспорасы»";

    public string Email { get; set; } = "salam@diaspora.example";

    public string Phone { get; set; } = "+7 700 000 00 00";

    /// <summary>The number for WhatsApp, written as people read it.</summary>
    public string WhatsApp { get; set; } = "+7 700 000 00 00";

    public string Address { get; set; } = "050000, Алматы, пр. Абая, 1";

    public string AddressKazakh { get; set; } = "050000, Алматы, Абай даңғылы, 1";

    public string PhoneLink => $"tel:+{Digits(Phone)}";

    public string WhatsAppLink => $"https://wa.me/{Digits(WhatsApp)}";

    /// <summary>Puts the contacts into a text that names them: {Name}, {Email}, {Phone}, {WhatsApp}, {Address}.</summary>
    public string FillIn(string text, string language) => text
        .Replace("{Name}", language == "kk" ? NameKazakh : Name, StringComparison.Ordinal)
        .Replace("{Email}", Email, StringComparison.Ordinal)
        .Replace("{Phone}", Unbroken(Phone), StringComparison.Ordinal)
        .Replace("{PhoneLink}", PhoneLink, StringComparison.Ordinal)
        .Replace("{WhatsApp}", Unbroken(WhatsApp), StringComparison.Ordinal)
        .Replace("{WhatsAppLink}", WhatsAppLink, StringComparison.Ordinal)
        .Replace("{Address}", language == "kk" ? AddressKazakh : Address, StringComparison.Ordinal);

    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));

    private static string Unbroken(string number) => number.Replace(' ', '\u00A0');
}
