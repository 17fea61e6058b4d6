using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Diaspora.Web.Accounts;

/// <summary>Where people are sent who may not see a page: to the sign-in of its side; who is signed in already reads why not.</summary>
public static class SignInRedirects
{
    public static void AddSignInRedirects(this IServiceCollection services) =>
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options =>
        {
            options.Events.OnRedirectToLogin = context =>
            {
                context.Response.Redirect(Urls.SignIn(PageOf(context.Request)));
                return Task.CompletedTask;
            };
            options.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });

    /// <summary>Where to go on afterwards. What a form was sent to is no page to come back to, so it is the page that sent it.</summary>
    private static string PageOf(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == request.Host.Value
            ? page.PathAndQuery
            : request.Path + request.QueryString;
}
