using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Diaspora.Web.Shell.Guard;

/// <summary>A page that would need a circuit is not begun when there is none to be had: instead comes a plain page that says so, and when to try again.</summary>
internal sealed class PageRoom(RequestDelegate next, OpenPages pages)
{
    private const int RetryAfterSeconds = 60;
    private static readonly object Key = new();

    public Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !NeedsCircuit(context)
            || pages.Look(CurrentActor.MemberIdOf(context.User), context.Connection.RemoteIpAddress) is not (var full and not Fullness.None))
        {
            return next(context);
        }

        context.Items[Key] = full;
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    /// <summary>What this request was refused for.</summary>
    public static Fullness Of(HttpContext? context) => context?.Items[Key] is Fullness full ? full : Fullness.None;

    private static bool NeedsCircuit(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<ComponentTypeMetadata>() is not null && metadata.GetMetadata<ExcludeFromInteractiveRoutingAttribute>() is null;
}
