using Diaspora.Domain.Members.Accounts;

namespace Diaspora.Web.Accounts;

/// <summary>
/// The browser keeps which request it sent, for which phone, and its code: so that the page can show it again, and the same form sent twice is one request.
/// In a cookie and not in the address: nobody can send somebody else a link with a code of their own.
/// </summary>
public static class KeptTicket
{
    public const string Cookie = "registration";
    private const char Separator = '.';

    /// <returns>Nothing for another phone, and for what is no such cookie.</returns>
    public static RegistrationTicket? Of(HttpContext context, string phone) => Read(context) is var (kept, ticket) && kept == Canonical(phone) ? ticket : null;

    /// <summary>The code to tell the admin.</summary>
    public static string? CodeOf(HttpContext context) => Read(context)?.Ticket.Code;

    public static void Keep(HttpContext context, string phone, RegistrationTicket ticket) =>
        context.Response.Cookies.Append(Cookie, string.Join(Separator, ticket.Id.ToString("N"), ticket.Code, Canonical(phone)), new CookieOptions
        {
            MaxAge = RegistrationRequest.ForgottenAfter,
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
        });

    private static (string Phone, RegistrationTicket Ticket)? Read(HttpContext context) =>
        context.Request.Cookies[Cookie]?.Split(Separator) is [var id, { Length: RegistrationTicket.CodeLength } code, var phone] && Guid.TryParseExact(id, "N", out var parsed) && code.All(char.IsAsciiDigit)
            ? (phone, new RegistrationTicket(parsed, code))
            : null;

    /// <summary>Digits alone: a plus would be encoded.</summary>
    private static string? Canonical(string phone) => PhoneNumber.TryParse(phone, out var known, out _) ? known.Value.TrimStart('+') : null;
}
