using Diaspora.Domain.Reports;

namespace Diaspora.Web.Reports;

public static class ReportsFeature
{
    public static WebApplicationBuilder AddReports(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ReportService>();
        return builder;
    }

    public static WebApplication MapReports(this WebApplication app)
    {
        app.MapReportFiles();
        return app;
    }
}
