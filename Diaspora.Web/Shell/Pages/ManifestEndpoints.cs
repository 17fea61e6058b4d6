using System.Text.Json.Serialization;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.Shell.Pages;

/// <summary>What a phone needs to keep the portal on its first screen.</summary>
internal static class ManifestEndpoints
{
    private const string Kind = "application/manifest+json";

    public static void MapManifest(this IEndpointRouteBuilder routes) => routes.MapGet(Urls.ManifestFile, Show).AllowAnonymous();

    /// <summary>A browser asks for it without cookies, so the page says the language.</summary>
    private static IResult Show(string? lang, IStringLocalizer<ShellTexts> texts)
    {
        var language = lang is not null && Languages.Knows(lang) ? lang : Languages.Default;
        return Results.Json(Languages.In(language, () => new Manifest(
            Urls.Cabinet, texts["SiteTitle"], texts["BrandName"], texts["SiteDescription"], language, "/", Urls.Cabinet, "standalone", PortalTheme.BarOf(dark: false), PortalTheme.GroundOf(dark: false),
            [new("/img/icon-192.png", "192x192", "any"), new("/img/icon-512.png", "512x512", "any"), new("/img/icon-maskable.png", "512x512", "maskable")])), contentType: Kind);
    }

    private sealed record Manifest(
        string Id, string Name, [property: JsonPropertyName("short_name")] string ShortName, string Description, string Lang, string Scope,
        [property: JsonPropertyName("start_url")] string StartUrl, string Display,
        [property: JsonPropertyName("theme_color")] string ThemeColor, [property: JsonPropertyName("background_color")] string BackgroundColor, IReadOnlyList<ManifestIcon> Icons);

    private sealed record ManifestIcon(string Src, string Sizes, string Purpose, string Type = "image/png");
}
