using System.Security.Claims;

namespace Diaspora.Web.Shell;

public static class SignedIn
{
    /// <summary>The claim sign-in writes the person's full name into; the identity's own name is the phone.</summary>
    public const string FullNameClaim = "full_name";

    public static string DisplayName(this ClaimsPrincipal user) =>
        user.FindFirstValue(FullNameClaim) ?? user.FindFirstValue(ClaimTypes.GivenName) ?? user.Identity?.Name ?? "";

    public static string? Id(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier);
}
