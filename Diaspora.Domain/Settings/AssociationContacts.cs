namespace Diaspora.Domain.Settings;

/// <summary>Who the association is and how to reach it. A contact that is missing is shown nowhere: an invented number must not go live.</summary>
/// <param name="Phone">As people read it; the same goes for <paramref name="WhatsApp"/>.</param>
public sealed record AssociationContacts(string Name, string? NameKazakh, string? Email, string? Phone, string? WhatsApp, string? Address, string? AddressKazakh)
{
    public static readonly AssociationContacts None = new("", null, null, null, null, null, null);

    /// <summary>The contacts that are not given, by their names here.</summary>
    public IEnumerable<string> Missing
    {
        get
        {
            (string Name, string? Value)[] contacts = [(nameof(Email), Email), (nameof(Phone), Phone), (nameof(WhatsApp), WhatsApp), (nameof(Address), Address)];
            return contacts.Where(contact => contact.Value is null).Select(contact => contact.Name);
        }
    }

    public string NameIn(string language) => language == "kk" ? NameKazakh ?? Name : Name;

    public string? AddressIn(string language) => language == "kk" ? AddressKazakh ?? Address : Address;
}
