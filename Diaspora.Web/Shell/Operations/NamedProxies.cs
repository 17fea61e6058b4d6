using Diaspora.Data.Operations;
using Microsoft.AspNetCore.HttpOverrides;

namespace Diaspora.Web.Shell.Operations;

/// <summary>Whose word is taken for the visitor's address and https: web servers and networks named in <c>Proxy:Addresses</c>, and nobody else.</summary>
internal static class NamedProxies
{
    public static WebApplicationBuilder AddNamedProxies(this WebApplicationBuilder builder)
    {
        var named = builder.ReadSection<ProxyOptions>(ProxyOptions.Section);
        StartReasons.Of(builder).Add(named.Faults());
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            // With no proxy named the middleware would believe everybody, so it is told to believe nothing.
            options.ForwardedHeaders = named.Addresses.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            foreach (var address in named.KnownAddresses)
            {
                options.KnownProxies.Add(address);
            }

            foreach (var network in named.KnownNetworks)
            {
                options.KnownIPNetworks.Add(network);
            }
        });
        return builder;
    }

    public static WebApplication UseNamedProxies(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<UnnamedProxy>();
        return app;
    }
}

/// <summary>
/// A web server in front that is not named is not believed, so all visitors seem to come from it and over http: whoever runs the portal is told, once, as every request would
/// say it again.
/// </summary>
internal sealed class UnnamedProxy(RequestDelegate next, ILogger<UnnamedProxy> log)
{
    private int _isSaid;

    public Task InvokeAsync(HttpContext context)
    {
        // Where they were believed the middleware before has taken them off, and kept what stood there before.
        var headers = context.Request.Headers;
        if (Volatile.Read(ref _isSaid) == 0
            && ((headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("X-Original-For")) || (headers.ContainsKey("X-Forwarded-Proto") && !headers.ContainsKey("X-Original-Proto")))
            && Interlocked.Exchange(ref _isSaid, 1) == 0)
        {
            var from = (context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress)?.ToString();
            log.LogWarning(
                "A request from {Address:l} says whom it forwards (X-Forwarded-For, X-Forwarded-Proto) and is not believed. If that is the web server in front, set Proxy__Addresses__0={SameAddress:l}, or its network such as 172.18.0.0/16; if it is not, nothing is wrong. This is said once",
                from, from);
        }

        return next(context);
    }
}
