using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Diaspora.Domain.Payments;
using Diaspora.Web.Shell;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace Diaspora.Web.OnPhone;

/// <summary>
/// The service worker: worker.js, and before it what it has to know. A new version of the portal is another text, so browsers take it in place of the old one. Each language
/// is a worker of its own, as the page it keeps is.
/// </summary>
internal static class WorkerEndpoints
{
    private const string Kind = "text/javascript; charset=utf-8";
    private static readonly Lazy<string> Body = new(Read);

    public static void MapWorker(this IEndpointRouteBuilder routes) => routes.MapGet(Urls.WorkerFile, Show).AllowAnonymous();

    private static IResult Show(string? lang, HttpContext context, IStringLocalizer<ShellTexts> texts)
    {
        var language = lang is not null && Languages.Knows(lang) ? lang : Languages.Default;
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{PortalVersion.Text} {typeof(WorkerEndpoints).Module.ModuleVersionId} {language}")))[..16];
        var head = $"const portal = {JsonSerializer.Serialize(new Portal(version, Urls.Offline, Urls.Share, Urls.SharedReceipt, Languages.In(language, () => texts["BrandName"].Value), ReceiptRules.MaxBytes, ReceiptRules.MaxFiles), JsonSerializerOptions.Web)};\n";

        // Kept by nobody without asking: an old worker would go on for as long.
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(Encoding.UTF8.GetBytes(head + Body.Value), Kind, entityTag: new EntityTagHeaderValue($"\"{version}\""));
    }

    private static string Read()
    {
        using var file = new StreamReader(typeof(WorkerEndpoints).Assembly.GetManifestResourceStream("OnPhone/worker.js")!);
        return file.ReadToEnd();
    }

    private sealed record Portal(string Version, string Offline, string Share, string Shared, string Name, long MaxBytes, int MaxFiles);
}
