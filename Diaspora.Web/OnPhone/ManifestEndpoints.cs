using System.Text.Json.Serialization;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Diaspora.Web.OnPhone;

/// <summary>What a phone needs to keep the portal on its first screen, and to offer it where a receipt is shared.</summary>
internal static class ManifestEndpoints
{
    private const string Kind = "application/manifest+json";
    private const string Small = "/img/icon-192.png";

    public static void MapManifest(this IEndpointRouteBuilder routes) => routes.MapGet(Urls.ManifestFile, Show).AllowAnonymous();

    /// <summary>A browser asks for it without cookies, so the page says the language.</summary>
    private static IResult Show(string? lang, IStringLocalizer<ShellTexts> texts, IStringLocalizer<OnPhoneTexts> own)
    {
        var language = lang is not null && Languages.Knows(lang) ? lang : Languages.Default;
        return Results.Json(Languages.In(language, () => new Manifest(
            Urls.Cabinet, texts["SiteTitle"], texts["BrandName"], texts["SiteDescription"], language, "/", Urls.Cabinet, "standalone", PortalTheme.BarOf(dark: false), PortalTheme.GroundOf(dark: false),
            [new(Small, "192x192", "any"), new("/img/icon-512.png", "512x512", "any"), new("/img/icon-maskable.png", "512x512", "maskable")],
            [new(own["ShortcutPay"], Urls.Pay, [new(Small, "192x192", "any")]), new(own["ShortcutHistory"], Urls.Payments, [new(Small, "192x192", "any")])],
            new ShareTarget(Urls.Share, "POST", "multipart/form-data", new ShareParts([new("files", ["image/*", ReceiptRules.Pdf])])))), contentType: Kind);
    }

    private sealed record Manifest(
        string Id, string Name, [property: JsonPropertyName("short_name")] string ShortName, string Description, string Lang, string Scope,
        [property: JsonPropertyName("start_url")] string StartUrl, string Display,
        [property: JsonPropertyName("theme_color")] string ThemeColor, [property: JsonPropertyName("background_color")] string BackgroundColor, IReadOnlyList<ManifestIcon> Icons,
        IReadOnlyList<Shortcut> Shortcuts, [property: JsonPropertyName("share_target")] ShareTarget ShareTarget);

    private sealed record ManifestIcon(string Src, string Sizes, string Purpose, string Type = "image/png");

    private sealed record Shortcut(string Name, string Url, IReadOnlyList<ManifestIcon> Icons);

    private sealed record ShareTarget(string Action, string Method, string Enctype, ShareParts Params);

    private sealed record ShareParts(IReadOnlyList<SharedFile> Files);

    private sealed record SharedFile(string Name, IReadOnlyList<string> Accept);
}
