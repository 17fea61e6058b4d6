using Diaspora.Domain.Reports;
using Diaspora.Web.Reports.Admin;
using Diaspora.Web.Shell.Operations;

namespace Diaspora.Web.Reports;

public static class ReportsFeature
{
    public static WebApplicationBuilder AddReports(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ReportService>();
        builder.Services.AddScoped<MonthClosingService>();
        builder.Services.AddSingleton<IHourlyTask, CloseMonthsTask>();
        builder.Services.AddSingleton<ReportProgress>();
        builder.Services.AddScoped<CollectionChart>();
        return builder;
    }

    public static WebApplication MapReports(this WebApplication app)
    {
        app.MapReportFiles();
        return app;
    }
}
