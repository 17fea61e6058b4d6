using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Biller;
using Diaspora.Web.Kaspi.Invoices;
using Diaspora.Web.Kaspi.Simulator;
using Diaspora.Web.Payments;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Kaspi;

/// <summary>Evidence of money: statements, the bank's calls, webhooks; and what the portal makes of it.</summary>
public static class KaspiFeature
{
    /// <summary>An aggregator that has not answered by then may have done what it was asked for, or not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static WebApplicationBuilder AddKaspi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<KaspiOptions>, KaspiOptionsValidator>();
        services.AddScoped<EvidenceService>();
        services.AddScoped<MatchingService>();
        services.AddScoped<StatementService>();
        services.AddScoped<BillerService>();
        services.AddScoped<BillerDesk>();
        services.AddScoped<InvoiceService>();
        services.AddScoped<WebhookService>();
        services.AddScoped<PayWaysReader>();
        services.AddHttpClient(ApiPay.Key, client => client.Timeout = Patience).RedactLoggedHeaders([ApiPay.KeyHeader]);
        services.AddSingleton<IPaymentProvider, ApiPay>();
        services.AddSingleton<ProviderState>();
        services.AddHealthChecks().AddCheck<ProviderCheck>("invoices", tags: [HealthAnswers.Ready]);
        services.AddTask<MatchEvidenceTask>();
        services.AddTask<InvoicesTask>();
        services.AddTask<WebhooksTask>();
        if (SimulatorFeature.IsOn(builder))
        {
            builder.AddSimulator();
        }

        return builder;
    }

    public static WebApplication MapKaspi(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<KaspiOptions>>().Value.Biller.Enabled)
        {
            app.MapBiller();
        }

        app.MapWebhooks();
        app.MapSimulator();
        return app;
    }

    private static void MapBiller(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Shell.Urls.Biller, (HttpContext context, BillerDesk desk) => desk.AnswerAsync(context)).AllowAnonymous();

    private static void AddTask<TTask>(this IServiceCollection services) where TTask : BackgroundService =>
        services.AddSingleton<TTask>().AddHostedService(provider => provider.GetRequiredService<TTask>());
}
