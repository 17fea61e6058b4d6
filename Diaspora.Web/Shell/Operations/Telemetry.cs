using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Diaspora.Web.Shell.Operations;

/// <summary>Sends metrics and traces to a collector.</summary>
internal static class Telemetry
{
    private const string ServiceName = "diaspora-portal";
    private const string StandardName = "OTEL_SERVICE_NAME";

    /// <summary>Only called with an address: nothing of the libraries is loaded before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddTelemetry(this WebApplicationBuilder builder, OtlpOptions options)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration[StandardName] ?? ServiceName, serviceVersion: PortalVersion.Text))
            .WithMetrics(metrics => metrics.AddMeter(PortalMetrics.MeterName).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation())
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(asked => asked.Filter = context => !IsNoise(context.Request.Path))
                .AddProcessor<DiscreetTraces>());
        _ = options.IsOurs
            ? telemetry.UseOtlpExporter(options.Protocol == OtlpOptions.Http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc, new Uri(options.Endpoint!))
            : telemetry.UseOtlpExporter();
    }

    /// <summary>A circuit is one request for as long as its page is open, and health is asked every few seconds.</summary>
    private static bool IsNoise(PathString path) => path.StartsWithSegments("/_blazor") || path.StartsWithSegments("/health");
}

/// <summary>Takes out of a trace whatever may name a person: the query with its tokens and names, addresses, browsers, the words of a fault.</summary>
internal sealed class DiscreetTraces : BaseProcessor<Activity>
{
    private static readonly string[] Personal =
    [
        "url.query", "url.full", "http.url", "http.target", "user_agent.original", "http.user_agent", "client.address", "client.port",
        "network.peer.address", "network.peer.port", "enduser.id", "exception.message", "exception.stacktrace",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var name in Personal)
        {
            data.SetTag(name, null);
        }

        if (data.StatusDescription is not null)
        {
            data.SetStatus(data.Status);
        }
    }
}
