using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace Diaspora.Web.Shell;

/// <summary>Where a request came from. A circuit has no request of its own, so the page's first one is carried over.</summary>
public sealed record RequestOrigin(string? Address, string? UserAgent)
{
    public static RequestOrigin Of(HttpContext context) => new(context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent.ToString());
}

/// <summary>Who acts on this page. <c>Routes</c> sets the origin; the person is who is signed in at this moment.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication)
{
    private RequestOrigin _origin = new(null, null);

    /// <summary>This circuit.</summary>
    public Guid Desk { get; } = Guid.NewGuid();

    public void From(RequestOrigin origin) => _origin = origin;

    public async Task<Actor> GetAsync() => new(MemberIdOf((await authentication.GetAuthenticationStateAsync()).User), _origin.Address, _origin.UserAgent) { Desk = Desk };

    /// <summary>For endpoints, which have a request.</summary>
    public static Actor Of(HttpContext context)
    {
        var origin = RequestOrigin.Of(context);
        return new Actor(MemberIdOf(context.User), origin.Address, origin.UserAgent);
    }

    public static Guid? MemberIdOf(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}
