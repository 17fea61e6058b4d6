using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Diaspora.Domain.Access;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Reminding;
using Diaspora.Web.Shell;

namespace Diaspora.Web.Members;

/// <summary>What the portal holds about the reader, as a file. The address names nobody: there is no other's to ask for.</summary>
public static class OwnDataEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void MapOwnData(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Urls.OwnDataFile, async (HttpContext context, OwnDataService own, ReminderService reminders, CancellationToken cancel) =>
        {
            var actor = CurrentActor.Of(context);
            context.RequestServices.GetRequiredService<Quotas>().Spend(actor, Quota.Export);
            var data = await own.DataAsync(actor, cancel);
            var whole = new { wantsReminders = await reminders.IsWantedAsync(actor, cancel), data.Profile, data.Consent, data.EarlierConsents, data.DeletionRequests, data.Months, data.Intervals, data.Payments, data.Credits, data.Messages, data.ChannelConsents, data.Contact, data.Sessions };
            context.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(whole, Json), "application/json", Urls.OwnDataName(data.Profile.Number));
        }).AnswersRefusals().RequireAuthorization(nameof(Permission.Member));
}
