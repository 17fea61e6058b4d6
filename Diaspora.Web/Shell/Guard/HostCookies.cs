using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Diaspora.Web.Shell.Guard;

/// <summary>
/// Over https every cookie carries the prefix <c>__Host-</c>: a browser takes such a one only over https, for this very host and the whole of it, and so no
/// sibling host and no forged answer over http can give the reader a cookie of theirs. Done here for all, so that no slice can forget it; inside the portal
/// the names are without it. In Development over http there is no prefix, since a browser would refuse it.
/// </summary>
internal sealed class HostCookies(RequestDelegate next)
{
    private const string Prefix = "__Host-";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps)
        {
            context.Request.Headers.Cookie = Believed(context.Request.Headers.Cookie);
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.SetCookie = new StringValues([.. context.Response.Headers.SetCookie.OfType<string>().Select(Prefixed)]);
                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    /// <summary>Only those with the prefix, and they without it.</summary>
    private static StringValues Believed(StringValues header)
    {
        string[] kept =
        [
            .. from line in header
               from pair in (line ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
               where pair.StartsWith(Prefix, StringComparison.Ordinal)
               select pair[Prefix.Length..],
        ];
        return kept.Length == 0 ? StringValues.Empty : string.Join("; ", kept);
    }

    private static string Prefixed(string said)
    {
        if (!SetCookieHeaderValue.TryParse(said, out var cookie))
        {
            return said;
        }

        cookie.Name = cookie.Name.StartsWith(Prefix, StringComparison.Ordinal) ? cookie.Name : Prefix + cookie.Name;
        cookie.Path = "/";
        cookie.Domain = null;
        cookie.Secure = true;
        return cookie.ToString();
    }
}
