using Diaspora.Web.Shell.Guard;
using Diaspora.Web.Shell.Line;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using MudBlazor;
using MudBlazor.Services;

namespace Diaspora.Web.Shell;

/// <summary>Pages, languages, theme, headers: what every slice stands on.</summary>
public static class ShellFeature
{
    /// <summary>Room for what a prerendered page carries over to its circuit; a full page of the queue is more than the usual 32 KB.</summary>
    private const long CarriedBytes = 256 * 1024;

    public static WebApplicationBuilder AddShell(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);

        builder.AddGuard();
        var services = builder.Services;
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(Languages.Configure);
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(options =>
            {
                options.MaximumReceiveMessageSize = CarriedBytes;
                options.AddFilter<LatePresses>();
            });
        services.AddSingleton<LatePresses>();
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(options =>
        {
            // As the other cookies: over https they stay on https. The proxy speaks http to the portal and says what the visitor speaks.
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.SameSite = SameSiteMode.Lax;
        });
        services.AddMudServices(options => Configure(options.SnackbarConfiguration));
        services.AddTransient<MudLocalizer, MudWords>();
        services.AddCompressedPages();
        services.AddSingleton(Shared.Look.Markup.Encoder);
        builder.AddFeed();
        services.AddScoped<CurrentActor>();
        services.AddScoped<QueueBadge>();
        return builder;
    }

    /// <summary>Comes before every other slice: it opens the pipeline, and signs in and authorises on the way.</summary>
    public static WebApplication UseShell(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            app.UseExceptionHandler(Urls.Error, createScopeForErrors: true);

        app.UseSecurityHeaders(SecurityHeaders.Policy);
        app.UseGuard();
        app.UseStatusCodePagesWithReExecute(Urls.NotFound, createScopeForStatusCodePages: true);
        app.Use(AnswerWithPageAsync);
        app.UseMiddleware<StorageAway>();
        app.UseMiddleware<ReadableRequests>();
        app.UseRequestLocalization();
        app.UseAuthentication();
        app.UseCompressedPages();
        app.UseAuthorization();
        app.UseMiddleware<PageRoom>();
        app.UseAntiforgery();
        return app;
    }

    public static WebApplication MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapLanguage();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    /// <summary>
    /// A refused form post is answered with a page too. Asked for as a post, that page would be refused like the form; and Blazor
    /// names a content type before it refuses, which the status pages take for an answer already given.
    /// </summary>
    private static async Task AnswerWithPageAsync(HttpContext context, RequestDelegate next)
    {
        var asked = context.Request.Method;
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            context.Request.Method = HttpMethods.Get;

        try
        {
            await next(context);
        }
        finally
        {
            // The log tells what was asked for, not what was shown instead.
            context.Request.Method = asked;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null or 0 })
            context.Response.ContentType = null;
    }

    private static void Configure(SnackbarConfiguration snackbar)
    {
        snackbar.PositionClass = Defaults.Classes.Position.BottomLeft;
        snackbar.VisibleStateDuration = 4000;
        snackbar.ShowTransitionDuration = 200;
        snackbar.HideTransitionDuration = 200;
        snackbar.MaximumOpacity = 100;
        snackbar.MaxDisplayedSnackbars = 3;
        snackbar.PreventDuplicates = true;
        snackbar.ShowCloseIcon = false;
        snackbar.SnackbarVariant = Variant.Filled;
        snackbar.NormalIcon = snackbar.SuccessIcon = Shared.Icons.Check;
        snackbar.InfoIcon = Shared.Icons.Info;
        snackbar.WarningIcon = snackbar.ErrorIcon = Shared.Icons.Alert;
    }
}
