using Diaspora.Domain.Members.Accounts;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Diaspora.Web.Accounts;

internal static class AccountsEndpoints
{
    private static readonly string[] PagesOfStrangers = [Urls.Register, Urls.RegisterWaits, Urls.Login, Urls.AdminLogin];

    public static void MapSignOut(this IEndpointRouteBuilder routes) => routes.MapPost(Urls.Logout, SignOutAsync).AllowAnonymous();

    /// <summary>
    /// Whoever is signed in has nothing to do on these pages. This is answered before the form is looked at: a form sent again from an old
    /// tab carries the token of a stranger and would be refused.
    /// </summary>
    public static Task SendOnAsync(HttpContext context, RequestDelegate next)
    {
        if (context.User.Identity?.IsAuthenticated != true || !PagesOfStrangers.Contains(context.Request.Path.Value, StringComparer.OrdinalIgnoreCase))
            return next(context);

        context.Response.Redirect(Entrance.Onward(context.User, context.Request.Query["returnUrl"]));
        return Task.CompletedTask;
    }

    private static async Task<Results<RedirectHttpResult, BadRequest>> SignOutAsync(HttpContext context, IAntiforgery antiforgery, ISessions sessions)
    {
        // Pressed in a second tab: signed out already, and the token is of the one who was.
        if (context.User.Identity?.IsAuthenticated != true)
            return TypedResults.LocalRedirect(Urls.Home);

        if (!await antiforgery.IsRequestValidAsync(context))
            return TypedResults.BadRequest();

        await sessions.SignOutAsync();
        return TypedResults.LocalRedirect(Urls.Home);
    }
}
