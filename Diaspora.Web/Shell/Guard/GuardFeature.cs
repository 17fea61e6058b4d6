using Diaspora.Data.Operations;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Shell.Guard;

/// <summary>What a request must be before anything looks at what it asks for.</summary>
internal static class GuardFeature
{
    private const char Separator = ';';
    private const string AnyHost = "*";

    /// <summary>Whoever watches over the process, and a web server in front that keeps its own name, ask here.</summary>
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    public static WebApplicationBuilder AddGuard(this WebApplicationBuilder builder)
    {
        builder.AddSection<SiteOptions>(SiteOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<SiteOptions>, SiteOptionsValidator>();
        builder.AddSection<LimitOptions>(LimitOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton(provider => provider.GetRequiredService<IOptions<LimitOptions>>().Value.ToQuotas());
        builder.Services.AddSingleton<Quotas>();
        builder.Services.AddSingleton<OpenPages>();
        builder.Services.AddScoped<CircuitHandler, CountedCircuit>();
        builder.Services.AddSingleton<CircuitHandler, NamedCircuit>();
        builder.Services.AddHttpContextAccessor();
        var named = (builder.Configuration["AllowedHosts"] ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(host => host != AnyHost);
        builder.Services.AddOptions<HostFilteringOptions>().PostConfigure<IOptions<SiteOptions>>((hosts, site) =>
        {
            if (site.Value.Address is { } address)
            {
                hosts.AllowedHosts = [.. named.Append(SiteOptions.HostOf(address)).Concat(ThisMachine)];
            }
        });
        return builder;
    }

    /// <summary>Before the status pages: who is refused here gets no page.</summary>
    public static WebApplication UseGuard(this WebApplication app)
    {
        app.Use(RefuseNoAddressAsync);
        app.UseMiddleware<OwnOrigin>();
        app.UseMiddleware<HostCookies>();
        app.UseMiddleware<RelativeRedirects>();
        return app;
    }

    /// <summary>A page is made of its address. With a host that is none not even the page that says so could be made.</summary>
    private static Task RefuseNoAddressAsync(HttpContext context, RequestDelegate next)
    {
        if (IsAddress(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private static bool IsAddress(HttpRequest request)
    {
        try
        {
            return Uri.TryCreate($"{request.Scheme}://{request.Host}/", UriKind.Absolute, out _);
        }
        catch (ArgumentException)
        {
            // A name that only begins as one of another alphabet.
            return false;
        }
    }
}
