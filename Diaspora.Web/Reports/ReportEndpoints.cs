using Diaspora.Domain.Reports;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Reports;

/// <summary>Files of the reports, over plain requests. Each is noted in the log before it leaves.</summary>
public static class ReportEndpoints
{
    public static void MapReportFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Urls.ReportCsv, MonthListAsync).AnswersRefusals().RequireAuthorization("Cashier");
        // With the token beside it: a lambda of the context alone would be taken for one that has answered by itself.
        foreach (var file in Enum.GetValues<ReportFile>())
        {
            routes.MapGet(Urls.ReportFile(file, isSheet: false), (HttpContext context, CancellationToken cancel) => TablesAsync(context, file, isSheet: false, cancel)).AnswersRefusals().RequireAuthorization("Cashier");
            routes.MapGet(Urls.ReportFile(file, isSheet: true), (HttpContext context, CancellationToken cancel) => TablesAsync(context, file, isSheet: true, cancel)).AnswersRefusals().RequireAuthorization("Cashier");
        }
    }

    /// <summary>The file of section 10 of the specification, as it always was.</summary>
    private static async Task<IResult> MonthListAsync(string? month, HttpContext context, ReportService reports, TimeZoneInfo zone, CancellationToken cancel)
    {
        if (!Period.TryParse(month, out var wanted))
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        Begin(context);
        var file = new ReportCsv(zone).Write(await reports.ExportAsync(CurrentActor.Of(context), wanted, cancel));
        return TypedResults.File(file, Spreadsheet.CsvType, ReportCsv.FileName(wanted));
    }

    private static async Task<IResult> TablesAsync(HttpContext context, ReportFile file, bool isSheet, CancellationToken cancel)
    {
        var query = context.Request.Query;
        var (month, year) = (Urls.ReportMonth(query["month"]), Urls.ReportYear(query["year"]));
        if ((file == ReportFile.Month && month is null) || (file is ReportFile.Year or ReportFile.Matrix && year is null))
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        Begin(context);
        var (reports, actor) = (context.RequestServices.GetRequiredService<ReportService>(), CurrentActor.Of(context));
        var today = context.RequestServices.GetRequiredService<Wording>().Today;
        var name = file switch
        {
            ReportFile.Month => $"itogi-{month}",
            ReportFile.Year => $"god-{year}",
            ReportFile.Matrix => $"mesyatsy-{year}",
            _ => $"dolzhniki-{today:yyyy-MM-dd}",
        };
        var total = 0;
        IReadOnlyList<ReportTable> tables = file switch
        {
            ReportFile.Month => await reports.ExportDetailsAsync(actor, month!.Value, cancel) is var details && isSheet ? ReportTables.Of(details) : [ReportTables.InOne(details)],
            ReportFile.Year => [new ReportTables(context.RequestServices.GetRequiredService<TimeZoneInfo>()).Of(await reports.ExportYearAsync(actor, year!.Value, cancel))],
            ReportFile.Matrix => [ReportTables.Of(await MatrixAsync(new MatrixFilter(year!.Value)))],
            _ => [ReportTables.DebtorsOf(await MatrixAsync(new MatrixFilter(today.Year) { IsOwing = true, IsByDebt = true }))],
        };
        return isSheet
            ? TypedResults.File(await SheetAsync(context, tables, total), ReportSheets.ContentType, $"{name}.xlsx")
            : TypedResults.Stream(body => tables[0].WriteCsvAsync(body, cancel), Spreadsheet.CsvType, $"{name}.csv");

        async Task<MatrixParts> MatrixAsync(MatrixFilter filter)
        {
            var parts = await reports.ExportMatrixAsync(actor, filter, isSheet, cancel);
            total = parts.Members;
            return parts;
        }
    }

    /// <summary>A page that waits for the file gave it a name of its own, and is told how far it is.</summary>
    private static async Task<byte[]> SheetAsync(HttpContext context, IReadOnlyList<ReportTable> tables, int total)
    {
        var progress = context.RequestServices.GetRequiredService<ReportProgress>();
        var ticket = Guid.TryParse(context.Request.Query["ticket"], out var given) ? given : Guid.Empty;
        try
        {
            return await ReportSheets.WriteAsync(tables, done => Tell(done), context.RequestAborted);
        }
        finally
        {
            progress.End(ticket);
        }

        void Tell(int done)
        {
            if (ticket != Guid.Empty && total > 0)
            {
                progress.Tell(ticket, done, total);
            }
        }
    }

    private static void Begin(HttpContext context)
    {
        context.RequestServices.GetRequiredService<Quotas>().Spend(CurrentActor.Of(context), Quota.Export);
        context.Response.Headers.CacheControl = "private, no-store";
    }
}
