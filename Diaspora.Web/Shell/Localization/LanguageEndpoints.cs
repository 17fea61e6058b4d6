using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;

namespace Diaspora.Web.Shell.Localization;

public static class LanguageEndpoints
{
    public static void MapLanguage(this IEndpointRouteBuilder routes) => routes.MapGet("/lang/{culture}", Choose);

    /// <summary>Keeps the language in this browser for a year.</summary>
    public static void Remember(HttpContext context, string culture) =>
        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
            new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });

    /// <summary>A link, so it changes nothing but this browser's cookie: a page of somebody else's may hold it too. The profile is changed by the press on our own page.</summary>
    private static Results<RedirectHttpResult, NotFound> Choose(string culture, string? to, HttpContext context)
    {
        if (!Languages.Knows(culture))
            return TypedResults.NotFound();

        Remember(context, culture);

        // Never a redirect to another site, whoever wrote the link.
        return TypedResults.LocalRedirect(RedirectHttpResult.IsLocalUrl(to) ? Urls.InAscii(to) : Urls.Home);
    }
}
