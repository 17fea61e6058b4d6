using Diaspora.Web.Content;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Authentication.Cookies;

var builder = WebApplication.CreateBuilder(args);

builder.AddShared();
builder.AddShell();
builder.AddContent();

// Until the accounts slice brings its own.
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
{
    options.Events.OnRedirectToLogin = context =>
    {
        context.Response.Redirect(Urls.SignIn(context.Request.Path + context.Request.QueryString));
        return Task.CompletedTask;
    };
    options.Events.OnRedirectToAccessDenied = context =>
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    };
});
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("Member", policy => policy.RequireAuthenticatedUser())
    .AddPolicy("Cashier", policy => policy.RequireRole("Cashier", "Admin"))
    .AddPolicy("Admin", policy => policy.RequireRole("Admin"));

var app = builder.Build();

app.UseShell();
app.MapShell();

app.Run();
