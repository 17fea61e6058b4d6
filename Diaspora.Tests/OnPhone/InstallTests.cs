using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;

namespace Diaspora.Tests.OnPhone;

/// <summary>What a phone looks at before it offers to keep the portal on its first screen.</summary>
public sealed class InstallTests(PortalHost portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>As browsers check it: the start lies in the scope, there is a picture of each size asked for, and one that may be cut round.</summary>
    [Theory]
    [InlineData("ru", "Оплатить", "История")]
    [InlineData("kk", "Төлеу", "Төлемдер тарихы")]
    public async Task Install_ThePortal_HasAllThatAPhoneAsksFor(string language, string pay, string history)
    {
        using var visitor = new Visitor(portal);
        var manifest = await ManifestAsync(visitor, language);
        var scope = Text(manifest, "scope");

        Assert.StartsWith(scope, Text(manifest, "start_url"), StringComparison.Ordinal);
        Assert.Contains(Text(manifest, "display"), (string[])["standalone", "minimal-ui", "fullscreen"]);
        Assert.True(Text(manifest, "short_name").Length <= 12);
        var icons = manifest.GetProperty("icons").EnumerateArray().ToList();
        Assert.Contains(icons, icon => (Text(icon, "sizes"), Text(icon, "purpose")) == ("192x192", "any"));
        Assert.Contains(icons, icon => (Text(icon, "sizes"), Text(icon, "purpose")) == ("512x512", "any"));
        Assert.Contains(icons, icon => Text(icon, "purpose") == "maskable");
        var shortcuts = manifest.GetProperty("shortcuts").EnumerateArray().ToList();
        Assert.Equal([(pay, "/cabinet/pay"), (history, "/cabinet/payments")], shortcuts.Select(shortcut => (Text(shortcut, "name"), Text(shortcut, "url"))));
        Assert.All(shortcuts, shortcut => Assert.StartsWith(scope, Text(shortcut, "url"), StringComparison.Ordinal));
        foreach (var icon in icons.Concat(shortcuts.SelectMany(shortcut => shortcut.GetProperty("icons").EnumerateArray())))
        {
            Assert.Equal((Text(icon, "type"), Text(icon, "sizes")), await PictureAsync(visitor, Text(icon, "src")));
        }
    }

    [Fact]
    public async Task Share_WithThePortal_IsOfferedForPicturesAndPdfs()
    {
        using var visitor = new Visitor(portal);
        var target = (await ManifestAsync(visitor, "ru")).GetProperty("share_target");

        Assert.Equal(("/share", "POST", "multipart/form-data"), (Text(target, "action"), Text(target, "method"), Text(target, "enctype")));
        var files = Assert.Single(target.GetProperty("params").GetProperty("files").EnumerateArray());
        Assert.Equal("files", Text(files, "name"));
        Assert.Equal(["image/*", "application/pdf"], files.GetProperty("accept").EnumerateArray().Select(kind => kind.GetString()));
    }

    /// <summary>A worker that a browser keeps without asking would go on after an update.</summary>
    [Fact]
    public async Task Fetch_TheWorker_IsAskedForEachTimeAndIsAnotherOneInEachLanguage()
    {
        using var visitor = new Visitor(portal);
        using var russian = await visitor.GetAsync("/sw.js?lang=ru");
        using var kazakh = await visitor.GetAsync("/sw.js?lang=kk");
        using var unknown = await visitor.GetAsync("/sw.js?lang=xx");

        Assert.Equal("text/javascript", russian.Content.Headers.ContentType?.MediaType);
        Assert.True(russian.Headers.CacheControl is { NoCache: true, MaxAge: null });
        Assert.NotEqual(russian.Headers.ETag, kazakh.Headers.ETag);
        Assert.Equal(russian.Headers.ETag, unknown.Headers.ETag);
        Assert.Contains("script-src 'self'", russian.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.NotEqual(await russian.Content.ReadAsStringAsync(Cancel), await kazakh.Content.ReadAsStringAsync(Cancel));

        visitor.Headers.IfNoneMatch.Add(russian.Headers.ETag!);
        using var again = await visitor.GetAsync("/sw.js?lang=ru");
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    /// <summary>Whoever is signed in is not told of on the page that a phone keeps.</summary>
    [Fact]
    public async Task Show_ThePageWithoutAConnection_SaysNothingOfAnybody()
    {
        using var member = new Visitor(portal);
        await member.SendAsync("/auth/login", ("Form.Phone", PortalHost.Debtor.Phone), ("Form.Password", PortalHost.Debtor.Password));
        var page = await (await member.GetAsync("/offline")).Content.ReadAsStringAsync(Cancel);

        Assert.Contains("Нет интернета", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-session", page, StringComparison.Ordinal);
        Assert.DoesNotContain("RequestVerificationToken", page, StringComparison.Ordinal);
        Assert.DoesNotContain(PortalHost.Debtor.Phone, page, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ManifestAsync(Visitor visitor, string language) =>
        JsonDocument.Parse(await (await visitor.GetAsync($"/manifest.webmanifest?lang={language}")).Content.ReadAsStringAsync(Cancel)).RootElement;

    private static string Text(JsonElement of, string key) => of.GetProperty(key).GetString()!;

    /// <summary>Its kind, and its size as the head of a PNG says it.</summary>
    private static async Task<(string? Kind, string Size)> PictureAsync(Visitor visitor, string at)
    {
        using var answer = await visitor.GetAsync(at);
        var png = await answer.Content.ReadAsByteArrayAsync(Cancel);
        return (answer.Content.Headers.ContentType?.MediaType, string.Create(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16))}x{BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))}"));
    }
}
