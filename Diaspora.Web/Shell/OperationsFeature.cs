using Diaspora.Data.Operations;
using Diaspora.Web.Shell.Guard;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HttpOverrides;
using Serilog;
using Serilog.Events;

namespace Diaspora.Web.Shell;

/// <summary>What those who run the portal need: logs, health, and the visitor's address when a proxy stands in front.</summary>
public static class OperationsFeature
{
    public static WebApplicationBuilder AddOperations(this WebApplicationBuilder builder)
    {
        string[] faults = [.. ForeignKeys.Faults(builder.Configuration)];
        StartReasons.Of(builder).Add(faults);
        var lines = new LogLines();
        builder.Services.AddSerilog((_, log) => (faults.Length == 0 ? log.ReadFrom.Configuration(builder.Configuration) : log)
            .Enrich.FromLogContext()
            .Enrich.With(lines)
            .WriteTo.Console(lines));
        builder.Services.AddHostedService<PortalHeartbeat>();
        builder.Services.AddHostedService<HourlyTasks>();
        builder.Services.AddSingleton<IHourlyTask, DatabaseCareTask>();
        builder.Services.AddSingleton<IHourlyTask, RememberDatabaseTask>();
        builder.Services.AddHealthChecks().AddCheck<DeletionCheck>("deletions", tags: ["ready"]);
        var named = builder.ReadSection<ProxyOptions>(ProxyOptions.Section);
        StartReasons.Of(builder).Add(named.Faults());
        var proxies = named.Known();
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            // With no proxy named the middleware would believe everybody, so it is told to believe nothing.
            options.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            foreach (var proxy in proxies)
            {
                options.KnownProxies.Add(proxy);
            }
        });
        return builder;
    }

    /// <summary>First in the pipeline. Only a named proxy is believed about the visitor's address.</summary>
    public static WebApplication UseOperations(this WebApplication app)
    {
        app.UseForwardedHeaders();

        // The path without its query: an address may carry a token or somebody's name.
        app.UseSerilogRequestLogging(options => options.GetLevel = (context, _, fault) =>
            fault is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error
            : context.Request.Path.StartsWithSegments("/health") || context.Request.Path.StartsWithSegments("/_blazor") ? LogEventLevel.Verbose
            : LogEventLevel.Information);
        return app;
    }

    public static WebApplication MapOperations(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        return app;
    }
}
