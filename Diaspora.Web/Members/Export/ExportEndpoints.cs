using Diaspora.Domain.Access;
using Diaspora.Domain.Export;
using Diaspora.Web.Members.Admin.List;
using Diaspora.Web.Reports;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;

namespace Diaspora.Web.Members.Export;

/// <summary>
/// Files of the members' list, over plain requests: what the list shows, by its own address, or those that were ticked. A few fit into an
/// address (<c>id=</c>, again and again), up to five hundred come as a form.
/// </summary>
public static class ExportEndpoints
{
    public static void MapMemberFiles(this IEndpointRouteBuilder routes)
    {
        Map(routes, Urls.MembersCsv, CsvAsync);
        Map(routes, Urls.MembersSheet, SheetAsync);
        Map(routes, Urls.PaymentsCsv, PaymentsAsync);
    }

    private static void Map(IEndpointRouteBuilder routes, string url, Func<HttpContext, MemberSelection, Task<IResult>> answer)
    {
        routes.MapGet(url, ([FromQuery(Name = "id")] StringValues? ids, HttpContext context) => AnswerAsync(context, ids ?? default, answer)).AnswersRefusals().RequireAuthorization(nameof(Permission.Cashier));
        routes.MapPost(url, ([FromForm(Name = "id")] StringValues ids, HttpContext context) => AnswerAsync(context, ids, answer)).AnswersRefusals().RequireAuthorization(nameof(Permission.Cashier));
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, StringValues ids, Func<HttpContext, MemberSelection, Task<IResult>> answer)
    {
        var known = ids.Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).ToList();
        if (known.Contains(null))
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        var query = context.Request.Query;
        var filter = MemberQuery.Parse(query.ToDictionary());
        var selection = new MemberSelection(filter)
        {
            Ids = [.. known.OfType<Guid>()],
            WithMonths = query["months"] != "no",
            Asked = known.Count > 0 ? null : Uri.UnescapeDataString(MemberQuery.Query(filter).ToString()),
        };
        context.RequestServices.GetRequiredService<Quotas>().Spend(CurrentActor.Of(context), Quota.Export);
        context.Response.Headers.CacheControl = "private, no-store";
        return await answer(context, selection);
    }

    private static async Task<IResult> CsvAsync(HttpContext context, MemberSelection selection)
    {
        var export = await Service(context).MembersAsync(CurrentActor.Of(context), selection, context.RequestAborted);
        return TypedResults.Stream(body => MemberFiles.WriteMembersAsync(body, export, context.RequestAborted), Spreadsheet.CsvType, FileName(context, "uchastniki", "csv"));
    }

    private static async Task<IResult> SheetAsync(HttpContext context, MemberSelection selection)
    {
        var export = await Service(context).MembersAsync(CurrentActor.Of(context), selection with { IsSheet = true }, context.RequestAborted);
        var title = context.RequestServices.GetRequiredService<IStringLocalizer<MemberListTexts>>()["Title"];
        return TypedResults.File(await MembersSheet.WriteAsync(export, title, context.RequestAborted), ReportSheets.ContentType, FileName(context, "uchastniki", "xlsx"));
    }

    private static async Task<IResult> PaymentsAsync(HttpContext context, MemberSelection selection)
    {
        var export = await Service(context).PaymentsAsync(CurrentActor.Of(context), selection, context.RequestAborted);
        var zone = context.RequestServices.GetRequiredService<TimeZoneInfo>();
        return TypedResults.Stream(body => MemberFiles.WritePaymentsAsync(body, export, zone, context.RequestAborted), Spreadsheet.CsvType, FileName(context, "platezhi", "csv"));
    }

    private static MemberExportService Service(HttpContext context) => context.RequestServices.GetRequiredService<MemberExportService>();

    /// <summary>With the day in it: yesterday's file is another one.</summary>
    private static string FileName(HttpContext context, string what, string ending) =>
        $"{what}-{context.RequestServices.GetRequiredService<Wording>().Today:yyyy-MM-dd}.{ending}";
}
