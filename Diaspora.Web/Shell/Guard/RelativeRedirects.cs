namespace Diaspora.Web.Shell.Guard;

/// <summary>A redirect within the portal names no host: what the request said of it is nobody's to repeat, and a proxy may know the portal by another name.</summary>
internal sealed class RelativeRedirects(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            if (context.Response.Headers.Location is [{ } location])
            {
                context.Response.Headers.Location = WithoutHost(location, $"{context.Request.Scheme}://{context.Request.Host}");
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    private static string WithoutHost(string location, string host)
    {
        if (!location.StartsWith(host, StringComparison.OrdinalIgnoreCase))
        {
            return location;
        }

        var rest = location[host.Length..];
        return rest switch
        {
            "" => "/",
            // Two slashes would begin another host's name.
            ['/', '/' or '\\', ..] => location,
            ['/', ..] => rest,
            _ => location,
        };
    }
}
