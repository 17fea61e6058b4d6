using System.Security.Claims;

namespace Diaspora.Web.Shell;

/// <summary>What the session says of a person.</summary>
public static class PersonClaims
{
    /// <summary>The full name: that is the name of the identity.</summary>
    public static string DisplayName(this ClaimsPrincipal user) => user.Identity?.Name ?? "";

    public static string? Id(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier);
}
