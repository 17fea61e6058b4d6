using Diaspora.Domain.Access;
using Diaspora.Domain.Notifications;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Diaspora.Web.Notifications;

/// <summary>A browser that is to be told says its address by a plain form, which js/push.js fills.</summary>
public static class PushEndpoints
{
    public static void MapPush(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Urls.PushDevice, AddAsync).AnswersRefusals().RequireAuthorization(nameof(Permission.Member));

    private static async Task<IResult> AddAsync([FromForm] IFormCollection sent, HttpContext context, PushDeviceService devices, CancellationToken cancel)
    {
        await devices.AddAsync(CurrentActor.Of(context), new PushAddress($"{sent["endpoint"]}", $"{sent["key"]}", $"{sent["secret"]}"), cancel);
        return TypedResults.LocalRedirect(Urls.Notifications);
    }
}
