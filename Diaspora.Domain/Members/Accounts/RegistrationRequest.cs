using System.Globalization;
using System.Security.Cryptography;
using Diaspora.Domain.Access;

namespace Diaspora.Domain.Members.Accounts;

/// <summary>What the browser that sent the form keeps: the request's id, and the code that its owner tells the admin.</summary>
/// <param name="Code">Four digits.</param>
public sealed record RegistrationTicket(Guid Id, string Code)
{
    public const int CodeLength = 4;

    public static RegistrationTicket New() => new(Guid.NewGuid(), RandomNumberGenerator.GetInt32(10_000).ToString("0000", CultureInfo.InvariantCulture));
}

/// <summary>
/// Somebody registered with the phone of a member whom the association knows already and who never signed in. Knowing a number proves nothing, so an
/// admin asks the member first; until then nobody gets in with it.
/// </summary>
public sealed class RegistrationRequest
{
    /// <summary>How many may wait for one member. Enough for a person who mistypes, too few for a flood.</summary>
    public const int MostPerMember = 5;

    /// <summary>When a request that nobody decided on is removed. It holds the data of somebody who may be a stranger.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(60);

    private RegistrationRequest()
    {
    }

    /// <param name="form">What was typed; checked.</param>
    /// <param name="consentVersion">Which wording was agreed to.</param>
    public RegistrationRequest(RegistrationTicket ticket, Guid memberId, RegisterForm form, string passwordHash, string language, string consentVersion, DateTime now)
    {
        (Id, Code) = (ticket.Id, ticket.Code);
        MemberId = memberId;
        FullName = PersonName.Tidy(form.FullName);
        Phone = PhoneNumber.Parse(form.Phone);
        Email = string.IsNullOrWhiteSpace(form.Email) ? null : form.Email.Trim();
        City = string.IsNullOrWhiteSpace(form.City) ? null : PersonName.Tidy(form.City);
        PasswordHash = passwordHash;
        Language = language;
        ConsentVersion = consentVersion;
        AskedAt = now;
    }

    public Guid Id { get; private set; }

    /// <summary>Shown only to whoever sent the form. If the owner of the number knows it, the password is theirs.</summary>
    public string Code { get; private set; } = "";

    public Guid MemberId { get; private set; }

    public string FullName { get; private set; } = "";

    public PhoneNumber Phone { get; private set; } = null!;

    public string? Email { get; private set; }

    public string? City { get; private set; }

    public string PasswordHash { get; private set; } = "";

    public string Language { get; private set; } = "";

    public string ConsentVersion { get; private set; } = "";

    /// <summary>When it was sent, UTC: the time of the consent too.</summary>
    public DateTime AskedAt { get; private set; }
}

/// <summary>A request beside the member it is about.</summary>
/// <param name="Typed">The name that was typed.</param>
/// <param name="IsSameName">Whether it is the member's name, in whatever spelling and order.</param>
public sealed record RegistrationRequestRow(
    Guid Id, string Typed, string? TypedEmail, string? TypedCity, string Language, DateTime AskedAt, string Number, string FullName, string Phone, string? City, Role Role, bool IsSameName);

/// <summary>
/// Requests that may still be approved: the member has this phone, no password yet, and was not merged into another record.
/// No method returns the others.
/// </summary>
public interface IRegistrationRepository
{
    void Add(RegistrationRequest request);

    Task<RegistrationRequest?> FindAsync(Guid id, CancellationToken cancel = default);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<RegistrationRequest>> OfPhoneAsync(PhoneNumber phone, CancellationToken cancel = default);

    /// <summary>Who waits longest is first.</summary>
    Task<IReadOnlyList<RegistrationRequestRow>> ListAsync(int most, CancellationToken cancel = default);

    Task<int> CountAsync(CancellationToken cancel = default);

    Task RemoveAsync(Guid id, CancellationToken cancel = default);

    Task RemoveOfMemberAsync(Guid memberId, CancellationToken cancel = default);

    /// <summary>Those that may not be approved any more go too.</summary>
    Task RemoveBeforeAsync(DateTime utc, CancellationToken cancel = default);
}
