using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Shell.Guard;

/// <summary>
/// A browser sends our cookie along with whatever page asks for a circuit: a page of another port or of a sibling host too. So a connection is opened only for
/// a page of ours: of the configured address, or, where none is configured, of the address that was asked.
/// </summary>
public sealed class OwnOrigin(RequestDelegate next, IOptions<SiteOptions> site, TimeProvider clock, ILogger<OwnOrigin> log)
{
    private const string Circuits = "/_blazor";
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private long _saidAt = long.MinValue;

    public Task InvokeAsync(HttpContext context)
    {
        if (!OpensConnection(context) || MayOpen(context.Request))
        {
            return next(context);
        }

        Say(context.Request);
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
        [var said] => string.Equals(said, Expected(request), StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private string Expected(HttpRequest request) => site.Value.Origin ?? SiteOptions.OriginOf(new Uri($"{request.Scheme}://{request.Host}"));

    /// <summary>Behind a web server that is not named every page of ours would be refused: whoever runs the portal must be told. At most once a minute, as strangers ask too.</summary>
    private void Say(HttpRequest request)
    {
        var (now, before) = (clock.GetUtcNow().UtcTicks, Interlocked.Read(ref _saidAt));
        if (before <= now - Silence.Ticks && Interlocked.CompareExchange(ref _saidAt, now, before) == before)
        {
            log.LogWarning(
                "No live page for '{Origin}', only for {Expected}. If that is the portal's own address, set Site:BaseUrl or name the web server in front in Proxy:Addresses",
                request.Headers.Origin.ToString(), Expected(request));
        }
    }
}
