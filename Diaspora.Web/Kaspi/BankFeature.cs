using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Admin.Upload;
using Diaspora.Web.Kaspi.Biller;
using Diaspora.Web.Kaspi.Invoices;
using Diaspora.Web.Kaspi.Simulator;
using Diaspora.Web.Payments;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.Options;

namespace Diaspora.Web.Kaspi;

/// <summary>What calls us about money, and whom we call: the bank, aggregators, and those who play them.</summary>
internal static class BankFeature
{
    /// <summary>An aggregator that has not answered by then may have done what it was asked for, or not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Of an answer: a bill is a few hundred.</summary>
    private const long MostBytes = 1024 * 1024;

    public static WebApplicationBuilder AddBank(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<KaspiOptions>, KaspiOptionsValidator>();
        services.AddScoped<BillerService>();
        services.AddScoped<BillerDesk>();
        services.AddScoped<InvoiceService>();
        services.AddScoped<WebhookService>();
        services.AddScoped<PayWaysReader>();
        services.AddHttpClient(ApiPay.Key, client => (client.Timeout, client.MaxResponseContentBufferSize) = (Patience, MostBytes)).RedactLoggedHeaders([ApiPay.KeyHeader]);
        services.AddSingleton<IPaymentProvider, ApiPay>();
        services.AddSingleton<ProviderState>();
        services.AddHealthChecks().AddCheck<ProviderCheck>("invoices", tags: [HealthAnswers.Ready]);
        services.AddSingleton<InvoiceDesk>();
        services.AddHostedService<AskForInvoicesTask>();
        services.AddHostedService<LookAfterInvoicesTask>();
        services.AddSingleton<WebhooksTask>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhooksTask>());
        if (SimulatorFeature.IsOn(builder))
        {
            builder.AddSimulator();
        }

        return builder;
    }

    public static WebApplication MapBank(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<KaspiOptions>>().Value.Biller.Enabled)
        {
            app.MapGet(Urls.Biller, (HttpContext context, BillerDesk desk) => desk.AnswerAsync(context)).AllowAnonymous();
        }

        app.MapStatements();
        app.MapWebhooks();
        app.MapSimulator();
        return app;
    }
}
