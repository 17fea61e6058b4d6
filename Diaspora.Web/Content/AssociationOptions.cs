using Diaspora.Domain.Settings;

namespace Diaspora.Web.Content;

/// <summary>The section <c>Association</c> of the configuration: what the settings of the portal begin with.</summary>
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

    public string? AddressKazakh { get => addressKazakh; set => addressKazakh = Given(value); }

    public bool HasGoodEmail => Email is null || Email.Contains('@', StringComparison.Ordinal);

    public bool HasGoodPhone => Phone is null || PhoneNumber.TryParse(Phone, out _, out _);

    public bool HasGoodWhatsApp => WhatsApp is null || PhoneNumber.TryParse(WhatsApp, out _, out _);

    /// <summary>Examples to look at while developing.</summary>
    public void FillWithExamples()
    {
        Email ??= "salam@diaspora.example";
        Phone ??= "+7 700 000 00 00";
        WhatsApp ??= "+7 700 000 00 00";
        if (address is null)
            (address, addressKazakh) = ("050000, Алматы, пр. Абая, 1", addressKazakh ?? "050000, Алматы, Абай даңғылы, 1");
    }

    public AssociationContacts ToContacts() => new(Name, NameKazakh, Email, Phone, WhatsApp, Address, AddressKazakh);

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
