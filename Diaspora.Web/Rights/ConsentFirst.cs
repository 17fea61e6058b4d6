using Diaspora.Domain.Members.Accounts;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Routing;

namespace Diaspora.Web.Rights;

/// <summary>
/// Whoever has yet to agree to the newer wording of the consent is asked before anything else of the cabinet. Live pages ask by themselves, in their layout; plain pages, forms and files lead to one that does.
/// </summary>
internal static class ConsentFirst
{
    private static readonly string[] Free = [Urls.OwnData, Urls.OwnDataFile, Urls.Consent];

    /// <summary>Whether a page may be seen without: one's own data, and what can be asked about them.</summary>
    public static bool IsFree(string path) => Free.Contains(path.TrimEnd('/'), StringComparer.OrdinalIgnoreCase);

    public static async Task AskAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(Urls.Cabinet, StringComparison.OrdinalIgnoreCase) && !IsFree(path) && context.User.Identity?.IsAuthenticated == true && !AsksItself(context) && await IsAskedAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = Urls.Cabinet;
            return;
        }

        await next(context);
    }

    private static bool AsksItself(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && context.AcceptsInteractiveRouting();

    private static async Task<bool> IsAskedAsync(HttpContext context)
    {
        try
        {
            return await context.RequestServices.GetRequiredService<ConsentService>().IsAskedAsync(CurrentActor.Of(context), context.RequestAborted);
        }
        catch (DomainException)
        {
            // Blocked, or gone: whatever they asked for answers that itself.
            return false;
        }
    }
}
