using System.Security.Cryptography;
using Diaspora.Web.Kaspi.Invoices;
using Diaspora.Web.Payments;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Kaspi.Simulator;

/// <summary>A bank and an aggregator to try the portal with, in Development alone: they call the portal over HTTP as the real ones do.</summary>
internal static class SimulatorFeature
{
    private const string ClientName = "simulator";

    public static bool IsOn(WebApplicationBuilder builder) =>
        builder.Environment.IsDevelopment() && !(bool.TryParse(builder.Configuration[$"{KaspiOptions.Section}:{nameof(KaspiOptions.Simulator)}"], out var wanted) && !wanted);

    /// <summary>What a contract would bring is made up for this process.</summary>
    public static void AddSimulator(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OwnAddress>();
        builder.Services.AddSingleton<SimulatedApiPay>();
        builder.Services.AddScoped<SimulatedBank>();
        builder.Services.AddHttpClient(ClientName);
        builder.Services.PostConfigure<KaspiOptions>(kaspi =>
        {
            kaspi.Biller.Enabled = true;
            kaspi.Biller.Addresses = [.. kaspi.Biller.Addresses, "127.0.0.1", "::1"];
            if (!kaspi.ApiPay.IsOn)
            {
                (kaspi.ApiPay.ApiKey, kaspi.ApiPay.WebhookSecret) = (RandomNumberGenerator.GetHexString(32), RandomNumberGenerator.GetHexString(32));
            }
        });

        // Instead of the real one, whatever the configuration says of it.
        builder.Services.AddHttpClient(ApiPay.Key).AddHttpMessageHandler(services => new ToOwnAddress(services.GetRequiredService<OwnAddress>()));
    }

    public static HttpClient Client(this IHttpClientFactory clients) => clients.CreateClient(ClientName);

    public static void MapSimulator(this WebApplication app)
    {
        if (app.Services.GetService<SimulatedApiPay>() is null)
        {
            return;
        }

        app.MapSimulatedApiPay();
        app.MapSimulatorPage();
    }

    /// <summary>Where the aggregator is, the portal itself is.</summary>
    private sealed class ToOwnAddress(OwnAddress own) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = request.RequestUri!;
            request.RequestUri = new Uri(own.Value, SimulatedApiPay.Path + asked.PathAndQuery[asked.AbsolutePath.IndexOf("/invoices", StringComparison.Ordinal)..]);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
