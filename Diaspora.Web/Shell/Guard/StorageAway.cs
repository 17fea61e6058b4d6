using Diaspora.Data;

namespace Diaspora.Web.Shell.Guard;

/// <summary>
/// Where a page could not even begin because nothing can be read or stored: answered with 503, and with the page that says so. A press inside a page has its sentence
/// there and never comes here.
/// </summary>
internal sealed class StorageAway(RequestDelegate next)
{
    private const string Later = "10";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (IsAway(fault) && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = Later;
        }
    }

    /// <summary>A large upload waits in a file before anybody looks at it, so a full disk may end it there.</summary>
    private static bool IsAway(Exception fault) =>
        fault is DomainException { Problem.Code: Problems.NotRead or Problems.NotWritten } || (fault is IOException && DiskFull.Is(fault));
}
