using Diaspora.Domain.Kaspi;
using Diaspora.Web.Kaspi.Admin;
using Diaspora.Web.Kaspi.Admin.Lines;
using Diaspora.Web.Kaspi.Admin.Upload;
using Diaspora.Web.Kaspi.Receipts;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Kaspi;

/// <summary>Evidence of money: statements, the bank's calls, webhooks; and what the portal makes of it.</summary>
public static class KaspiFeature
{
    public static WebApplicationBuilder AddKaspi(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<EvidenceLookService>();
        builder.Services.AddScoped<EvidenceService>();
        builder.Services.AddScoped<MatchingService>();
        builder.Services.AddScoped<StatementService>();
        builder.Services.AddScoped<StatementTableService>();
        builder.Services.AddScoped<TrustService>();
        builder.Services.AddScoped<LineDecisions>();
        builder.Services.AddScoped<LineWords>();
        builder.Services.AddScoped<MatchWords>();
        builder.Services.AddScoped<StatementWords>();
        builder.Services.AddSingleton<StatementTurn>();
        builder.Services.AddSingleton<ToldProblem>();
        builder.Services.AddScoped<RawTextService>();
        builder.Services.AddSingleton<IHourlyTask, ForgetRawTextTask>();
        builder.Services.AddScoped<ReconciliationService>();
        builder.Services.AddScoped<ReceiptReadingService>();
        builder.Services.AddSingleton<Papers>();
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
