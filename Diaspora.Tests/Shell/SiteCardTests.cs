using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Diaspora.Web.Shell;

namespace Diaspora.Tests.Shell;

/// <summary>How the portal looks outside of its pages: on a tab, on a phone's first screen, as a link that somebody shares, and to a search engine.</summary>
public sealed class SiteCardTests(PortalHost portal, ProxiedPortal proxied)
{
    public static TheoryData<string> Pages => [.. PortalPages.All.Select(page => page.Template)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Show_EveryPage_HasIconsColourAndManifest(string template)
    {
        var page = PortalPages.All.Single(all => all.Template == template).Page;
        using var reader = new Visitor(portal);
        if (PortalPages.ReaderOf(page) is { } who)
        {
            await reader.SendAsync("/auth/login", ("Form.Phone", who.Phone), ("Form.Password", who.Password));
        }

        var html = await PageAsync(reader, await PortalPages.AddressAsync(template, portal));

        Assert.Matches("""<meta name="theme-color" content="#ffffff" data-light="#ffffff" data-dark="#[0-9a-f]{6}" />""", html);
        foreach (var link in (string[])["icon", "apple-touch-icon", "manifest"])
        {
            var at = LinkOf(html, link);
            Assert.Equal((link, HttpStatusCode.OK), (link, (await reader.GetAsync(at)).StatusCode));
        }
    }

    /// <summary>A stranger who opens any address lands on a page that says what it is: that is what a messenger shows of the link.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Share_AnyAddress_ShowsTitleSentenceAndPicture(string template)
    {
        using var stranger = new Visitor(portal);
        var html = await PageAsync(stranger, await PortalPages.AddressAsync(template, portal));

        Assert.NotEqual("", MetaOf(html, "og:title"));
        Assert.True(MetaOf(html, "og:description").Length > 20);
        Assert.DoesNotContain("?", MetaOf(html, "og:url"), StringComparison.Ordinal);
        Assert.StartsWith(portal.Address.ToString(), MetaOf(html, "og:image"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_ThePicture_IsOfTheSizeThatIsSaidAndSmall()
    {
        using var stranger = new Visitor(portal);
        var html = await PageAsync(stranger, "/");
        var picture = await (await stranger.GetAsync(new Uri(MetaOf(html, "og:image")).PathAndQuery)).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.InRange(picture.Length, 1, 80 * 1024);
        Assert.Equal(("1200", "630"), (MetaOf(html, "og:image:width"), MetaOf(html, "og:image:height")));
        Assert.Equal("1200x630", SizeOf(picture));
    }

    /// <summary>Behind a web server the portal itself is asked by http and another name.</summary>
    [Fact]
    public async Task Share_OnAServer_NamesItsOwnAddress()
    {
        using var visitor = new ProxiedVisitor(proxied);
        using var answer = await visitor.GetAsync("/about?secret=1");
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ProxiedPortal.Origin + "/about", MetaOf(html, "og:url"));
        Assert.StartsWith(ProxiedPortal.Origin + "/img/", MetaOf(html, "og:image"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ru", "Диаспора азербайджанцев Казахстана")]
    [InlineData("kk", "Қазақстан әзербайжандарының диаспорасы")]
    public async Task Install_OnAPhone_IsDescribedInItsLanguage(string language, string name)
    {
        using var visitor = new Visitor(portal);
        await visitor.GetAsync($"/lang/{language}");
        using var answer = await visitor.GetAsync(WebUtility.HtmlDecode(LinkOf(await PageAsync(visitor, "/"), "manifest")));
        var manifest = (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), default, TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal("application/manifest+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((name, language, "Диаспора", "/cabinet", "standalone"), (Text("name"), Text("lang"), Text("short_name"), Text("start_url"), Text("display")));
        Assert.All((string[])["theme_color", "background_color"], colour => Assert.Matches("^#[0-9a-f]{6}$", Text(colour)));
        var icons = manifest.GetProperty("icons").EnumerateArray().Select(icon => (Size: icon.GetProperty("sizes").GetString(), Purpose: icon.GetProperty("purpose").GetString(), At: icon.GetProperty("src").GetString()!)).ToList();
        Assert.Equal([("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")], icons.Select(icon => (icon.Size!, icon.Purpose!)));
        foreach (var icon in icons)
        {
            Assert.Equal(icon.Size, SizeOf(await (await visitor.GetAsync(icon.At)).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        }

        string Text(string key) => manifest.GetProperty(key).GetString()!;
    }

    [Fact]
    public async Task Load_TheManifest_IsAllowedByThePolicy()
    {
        using var visitor = new Visitor(portal);
        using var answer = await visitor.GetAsync("/");

        Assert.Contains("manifest-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    /// <summary>A page says itself whether it may be found; the file must not say otherwise.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Crawl_APage_IfItIsForEverybodyAndOnlyThen(string template)
    {
        using var stranger = new Visitor(portal);
        var robots = (await (await stranger.GetAsync("/robots.txt")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.TrimEntries);
        var closed = robots.Where(line => line.StartsWith("Disallow: ", StringComparison.Ordinal)).Select(line => line["Disallow: ".Length..]).ToList();
        using var answer = await stranger.GetAsync(template.Contains('{', StringComparison.Ordinal) ? await PortalPages.AddressAsync(template, portal) : template);
        var isForAll = answer.StatusCode == HttpStatusCode.OK && !(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("<meta name=\"robots\" content=\"noindex\"", StringComparison.Ordinal);

        Assert.Contains("User-agent: *", robots);
        Assert.Equal(isForAll, !closed.Exists(path => template.StartsWith(path, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Urls.Logout)]
    [InlineData(Urls.Seen)]
    [InlineData("/lang/kk")]
    [InlineData("/receipts/1")]
    [InlineData("/health/ready")]
    public async Task Crawl_WhatIsNoPage_IsNotWanted(string path)
    {
        using var stranger = new Visitor(portal);
        var robots = await (await stranger.GetAsync("/robots.txt")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains(robots.Split('\n'), line => line.StartsWith("Disallow: /", StringComparison.Ordinal) && path.StartsWith(line["Disallow: ".Length..].Trim(), StringComparison.Ordinal));
    }

    private static async Task<string> PageAsync(Visitor visitor, string path)
    {
        var answer = await visitor.GetAsync(path);
        for (var step = 0; step < 3 && answer.Headers.Location is { } to; step++)
        {
            answer = await visitor.GetAsync(to.ToString());
        }

        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static string LinkOf(string html, string kind) => new Regex($"<link rel=\"{kind}\"[^>]*href=\"([^\"]+)\"").Match(html).Groups[1].Value;

    private static string MetaOf(string html, string name) => WebUtility.HtmlDecode(new Regex($"<meta property=\"{name}\" content=\"([^\"]*)\"").Match(html).Groups[1].Value);

    /// <summary>Of a PNG, as its head says.</summary>
    private static string SizeOf(ReadOnlySpan<byte> png) =>
        string.Create(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadInt32BigEndian(png[16..])}x{BinaryPrimitives.ReadInt32BigEndian(png[20..])}");
}
