using System.Collections.Concurrent;
using System.Text;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Shell.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Diaspora.Tests.Shell;

/// <summary>Metrics and traces go where the settings say, without a word of anybody; and nowhere when they say nothing.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Ask_WithACollectorNamed_SendsMetricsAndTracesWithoutPersonalData()
    {
        await using var collector = await Collector.StartAsync();
        using (var portal = PortalHost.Start(Environments.Development, ("Otlp:Endpoint", collector.Address), ("Otlp:Protocol", OtlpOptions.Http)))
        {
            using var visitor = new Visitor(portal);
            visitor.Headers.TryAddWithoutValidation("User-Agent", "Browser-of-somebody/1.0");
            using var page = await visitor.GetAsync("/auth/reset?member=8c7f0f8e-0000-4000-8000-000000000000&token=SecretToken");
            Assert.True(portal.Services.GetRequiredService<TracerProvider>().ForceFlush(30_000));
            Assert.True(portal.Services.GetRequiredService<MeterProvider>().ForceFlush(30_000));
        }

        var (metrics, traces) = (collector.Got["/v1/metrics"], collector.Got["/v1/traces"]);
        Assert.All((string[])["diaspora.circuits.open", "diaspora.queue.length", "diaspora.errors", "http.server.request.duration", "dotnet.process.memory.working_set", "diaspora-portal"],
            name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        Assert.Contains("/auth/reset", traces, StringComparison.Ordinal);
        Assert.All((string[])["token", "SecretToken", "8c7f0f8e", "Browser-of-somebody", "127.0.0.1"], personal => Assert.DoesNotContain(personal, WithoutServer(traces), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Otlp:Endpoint", "localhost:4317", "Otlp:Endpoint = 'localhost:4317' is no address of a collector, such as http://localhost:4317.")]
    [InlineData("Otlp:Endpoint", "ftp://collector", "Otlp:Endpoint = 'ftp://collector' is no address of a collector, such as http://localhost:4317.")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT = 'collector' is no address of a collector, such as http://localhost:4317.")]
    [InlineData("Otlp:Protocol", "grpc", "Otlp:Endpoint is missing: Otlp:Protocol alone sends nothing anywhere.")]
    [InlineData("Otlp:Protocol", "tcp", "Otlp:Protocol = 'tcp' is not known: use grpc or http/protobuf.")]
    public void Read_AWrongValue_NamesItsKey(string key, string value, string sentence) => Assert.Equal([sentence], FaultsOf((key, value)));

    [Fact]
    public void Read_GoodValues_HearsOpenTelemetrysOwnVariableToo()
    {
        Assert.Equal((false, false, 0), Read());
        Assert.Equal((true, true, 0), Read(("Otlp:Endpoint", "http://a:4317"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://b:4317")));
        Assert.Equal((true, true, 0), Read(("Otlp:Endpoint", "https://a/otlp"), ("Otlp:Protocol", "http/protobuf")));
        Assert.Equal((true, false, 0), Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://b:4317")));
    }

    private static (bool IsOn, bool IsOurs, int Faults) Read(params (string Key, string Value)[] settings) =>
        (OptionsOf(settings).IsOn(Settings(settings)), OptionsOf(settings).IsOurs, FaultsOf(settings).Count());

    private static IEnumerable<string> FaultsOf(params (string Key, string Value)[] settings) => OptionsOf(settings).Faults(Settings(settings));

    private static OtlpOptions OptionsOf((string Key, string Value)[] settings) => Settings(settings).GetSection(OtlpOptions.Section).Get<OtlpOptions>() ?? new OtlpOptions();

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();

    /// <summary>Under which name the portal itself was asked is nobody's secret.</summary>
    private static string WithoutServer(string traces) => traces.Replace("server.address\u0012\u000b\n\u0009127.0.0.1", "", StringComparison.Ordinal);

    /// <summary>Takes what is sent, as text: names and values of the protocol stand in it as they are.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        public ConcurrentDictionary<string, string> Got { get; } = new();

        public string Address => app.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var collector = new Collector(app);
            app.Run(collector.TakeAsync);
            await app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task TakeAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var text = Encoding.Latin1.GetString(body.ToArray());
            Got.AddOrUpdate(context.Request.Path.Value!, text, (_, before) => before + text);
        }
    }
}
