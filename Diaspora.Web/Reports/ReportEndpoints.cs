using Diaspora.Domain;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Reports;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Reports;

public static class ReportEndpoints
{
    public static void MapReportFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Urls.ReportCsv, CsvAsync).RequireAuthorization("Cashier");

    private static async Task<IResult> CsvAsync(string? month, HttpContext context, ReportService reports, TimeZoneInfo zone, CancellationToken cancel)
    {
        if (!Period.TryParse(month, out var period))
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        try
        {
            var report = await reports.ExportAsync(CurrentActor.Of(context), period, cancel);
            context.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.File(new ReportCsv(zone).Write(report), "text/csv; charset=utf-8", ReportCsv.FileName(period));
        }
        catch (DomainException)
        {
            return TypedResults.Forbid();
        }
    }
}
