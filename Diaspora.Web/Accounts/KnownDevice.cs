using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Diaspora.Web.Accounts;

/// <summary>
/// Remembers which phone last signed in on this device. Guessing by strangers is counted by phone and by where it comes from;
/// the owner's own device is counted by itself, so that strangers cannot keep the owner out.
/// </summary>
public sealed class KnownDevice(IDataProtectionProvider protection)
{
    public const string Cookie = "device";
    private const char Separator = '|';

    private readonly IDataProtector _protector = protection.CreateProtector("Accounts.KnownDevice.v1");

    /// <summary>The device's id, if this phone signed in on it; nothing for any other phone, and for a forged cookie.</summary>
    public string? IdFor(HttpContext context, PhoneNumber phone)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } cookie)
            return null;

        try
        {
            return _protector.Unprotect(cookie).Split(Separator) is [var known, var id] && known == phone.Value ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Remember(HttpContext context, PhoneNumber phone)
    {
        var id = IdFor(context, phone) ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        context.Response.Cookies.Append(Cookie, _protector.Protect($"{phone.Value}{Separator}{id}"), new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
        });
    }
}
