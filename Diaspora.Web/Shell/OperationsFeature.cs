using Diaspora.Data;
using Diaspora.Data.Operations;
using Diaspora.Web.Shell.Guard;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace Diaspora.Web.Shell;

/// <summary>What those who run the portal need: logs, metrics, health, and the visitor's address when a proxy stands in front.</summary>
public static class OperationsFeature
{
    public static WebApplicationBuilder AddOperations(this WebApplicationBuilder builder)
    {
        string[] faults = [.. ForeignKeys.Faults(builder.Configuration)];
        StartReasons.Of(builder).Add(faults);
        var (lines, errors) = (new LogLines(), new ErrorTally());
        builder.Services.AddSingleton(errors).AddSingleton<ILogEventSink>(errors);
        builder.Services.AddSerilog((services, log) => (faults.Length == 0 ? log.ReadFrom.Configuration(builder.Configuration) : log)
            .ReadFrom.Services(services)
            .Enrich.FromLogContext()
            .Enrich.With(lines)
            .WriteTo.Console((ITextFormatter)(builder.Environment.IsDevelopment() ? lines : new JsonLines())), preserveStaticLogger: true);
        builder.Services.AddSingleton<PortalMetrics>();
        builder.Services.AddHostedService<PortalHeartbeat>();
        builder.Services.AddHostedService<HourlyTasks>();
        builder.Services.AddSingleton<IHourlyTask, DatabaseCareTask>();
        builder.Services.AddSingleton<IHourlyTask, RememberDatabaseTask>();
        builder.Services.AddHealthChecks().AddCheck<DeletionCheck>("deletions", tags: [HealthAnswers.Ready]);
        builder.AddNamedProxies();
        var otlp = builder.ReadSection<OtlpOptions>(OtlpOptions.Section);
        string[] unsent = [.. otlp.Faults(builder.Configuration)];
        StartReasons.Of(builder).Add(unsent);
        if (unsent.Length == 0 && otlp.IsOn(builder.Configuration))
        {
            builder.AddTelemetry(otlp);
        }

        return builder;
    }

    /// <summary>First in the pipeline. Only a named proxy is believed about the visitor's address.</summary>
    public static WebApplication UseOperations(this WebApplication app)
    {
        // There from the beginning, so that whoever looks into the process finds it.
        app.Services.GetRequiredService<PortalMetrics>();
        app.Lifetime.ApplicationStarted.Register(() => Tell(app));
        app.Use(LogScopes.NameRequestAsync);
        app.UseNamedProxies();

        // The path without its query: an address may carry a token or somebody's name.
        app.UseSerilogRequestLogging(options =>
        {
            options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
            options.GetLevel = (context, _, fault) => LevelOf(context, fault);
        });
        return app;
    }

    public static WebApplication MapOperations(this WebApplication app)
    {
        app.MapHealth();
        return app;
    }

    private static LogEventLevel LevelOf(HttpContext context, Exception? fault) =>
        fault is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error
        : context.Request.Path.StartsWithSegments("/health") || context.Request.Path.StartsWithSegments("/_blazor") ? LogEventLevel.Verbose
        : LogEventLevel.Information;

    private static void Tell(WebApplication app) => app.Logger.LogInformation(
        "Diaspora {Version:l} runs in {Environment:l} on {Database:l}, storage {Storage:l}, at {Addresses:l}",
        PortalVersion.Text, app.Environment.EnvironmentName, app.Services.GetRequiredService<DatabaseOptions>().Provider, app.Services.GetRequiredService<StorageFolders>().Root, string.Join(", ", app.Urls));
}
