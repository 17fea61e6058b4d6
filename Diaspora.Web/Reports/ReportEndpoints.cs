using Diaspora.Domain.Reports;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Reports;

public static class ReportEndpoints
{
    public static void MapReportFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Urls.ReportCsv, MonthAsync).AnswersRefusals().RequireAuthorization("Cashier");
        routes.MapGet(Urls.YearCsv, YearAsync).AnswersRefusals().RequireAuthorization("Cashier");
    }

    private static Task<IResult> MonthAsync(string? month, HttpContext context, ReportService reports, TimeZoneInfo zone, CancellationToken cancel) =>
        FileAsync(Period.TryParse(month, out var period) ? period : (Period?)null, context, async wanted =>
            new ReportCsv(zone).Write(await reports.ExportAsync(CurrentActor.Of(context), wanted, cancel)));

    private static Task<IResult> YearAsync(string? year, HttpContext context, ReportService reports, CancellationToken cancel) =>
        FileAsync(Urls.YearOf(year), context, async wanted => ReportCsv.Write(await reports.ExportYearAsync(CurrentActor.Of(context), wanted, cancel)));

    private static async Task<IResult> FileAsync<T>(T? wanted, HttpContext context, Func<T, Task<byte[]>> write) where T : struct
    {
        if (wanted is not { } known)
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        context.RequestServices.GetRequiredService<Quotas>().Spend(CurrentActor.Of(context), Quota.Export);
        var file = await write(known);
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(file, "text/csv; charset=utf-8", ReportCsv.FileName(known));
    }
}
