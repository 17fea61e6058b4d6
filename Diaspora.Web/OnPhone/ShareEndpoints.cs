using Diaspora.Domain.Payments;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Diaspora.Web.OnPhone;

/// <summary>
/// Where a phone sends what is shared with the portal. The worker takes it there and keeps it; only where there is none it comes here. It comes from another program, without the session
/// and without a token, so nothing of it is taken: the page that follows asks for the file once more.
/// </summary>
internal static class ShareEndpoints
{
    private const long MostBytes = ReceiptRules.MaxBytes * ReceiptRules.MaxFiles;

    public static void MapShare(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Urls.Share, RefuseAsync).AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        routes.MapGet(Urls.Share, () => TypedResults.LocalRedirect(Urls.SharedReceipt)).AllowAnonymous();
    }

    /// <summary>A browser that is answered before it has sent all of it says that the line broke.</summary>
    private static async Task RefuseAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = Urls.SharedRefused(SharedReceipts.Again);
    }
}
