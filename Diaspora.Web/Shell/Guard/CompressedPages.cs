using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Diaspora.Web.Shell.Guard;

/// <summary>
/// Pages are compressed as they are made. A compressed page that holds a secret beside what a stranger chose gives the secret away by its length (BREACH), so a page
/// with secrets is compressed only where no stranger can have chosen its address. Files are compressed when the portal is built, or by their own kind.
/// </summary>
internal static class CompressedPages
{
    private const string Html = "text/html";

    /// <summary>Said by every browser of these years, and by no script: from which site this request was made.</summary>
    private const string AskedFrom = "Sec-Fetch-Site";

    public static IServiceCollection AddCompressedPages(this IServiceCollection services) => services
        .Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest)
        .Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest)
        .AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [Html];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });

    /// <summary>After authentication: who asks decides.</summary>
    public static WebApplication UseCompressedPages(this WebApplication app)
    {
        app.UseWhen(MayCompress, compressed => compressed.UseResponseCompression());
        return app;
    }

    private static bool MayCompress(HttpContext context) => HttpMethods.IsGet(context.Request.Method) && (!HasSecrets(context) || IsOwnWish(context));

    /// <summary>What a signed-in person sees, and pages with a form.</summary>
    private static bool HasSecrets(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } || context.Request.Path.StartsWithSegments("/auth") || context.Request.Path.StartsWithSegments(Urls.Admin);

    /// <summary>A page of our own led here, or the person did: an address typed, a bookmark, a link in another program. Other sites and sibling hosts, and browsers that do not say, get the page as it is.</summary>
    private static bool IsOwnWish(HttpContext context) => context.Request.Headers[AskedFrom].ToString() is "same-origin" or "none";
}
