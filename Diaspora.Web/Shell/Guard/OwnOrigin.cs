using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Shell.Guard;

/// <summary>
/// A browser sends our cookie along with whatever page asks for a circuit: a page of another port or of a sibling host too. So a connection is opened only for
/// a page of ours: of the configured address, or, where none is configured, of the address that was asked.
/// </summary>
internal sealed class OwnOrigin(RequestDelegate next, IOptions<SiteOptions> site)
{
    private const string Circuits = "/_blazor";

    public Task InvokeAsync(HttpContext context)
    {
        if (!OpensConnection(context) || MayOpen(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool OpensConnection(HttpContext context) =>
        IsUpgrade(context.Request) || context.Request.Path.StartsWithSegments(Circuits) || context.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>() is not null;

    private static bool IsUpgrade(HttpRequest request) =>
        request.Headers.Upgrade.Count > 0 || request.HttpContext.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true;

    /// <summary>Every browser says from where it upgrades or posts; only an ordinary GET of our own page comes without a word.</summary>
    private bool MayOpen(HttpRequest request) => request.Headers.Origin switch
    {
        [] => HttpMethods.IsGet(request.Method) && !IsUpgrade(request) && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none",
        [var said] => string.Equals(said, site.Value.Origin ?? $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
