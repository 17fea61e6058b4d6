using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Receipts;

namespace Diaspora.Web.Kaspi;

/// <summary>Evidence of money: statements, the bank's calls, webhooks; and what the portal makes of it.</summary>
public static class KaspiFeature
{
    public static WebApplicationBuilder AddKaspi(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<EvidenceService>();
        builder.Services.AddScoped<MatchingService>();
        builder.Services.AddScoped<StatementService>();
        builder.Services.AddScoped<ReconciliationService>();
        builder.Services.AddScoped<ReceiptReadingService>();
        builder.Services.AddHostedService<MatchEvidenceTask>();
        builder.Services.AddHostedService<ReadReceiptsTask>();
        builder.AddBank();
        return builder;
    }

    public static WebApplication MapKaspi(this WebApplication app)
    {
        app.MapBank();
        return app;
    }
}
