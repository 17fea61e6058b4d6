using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Domain.Members;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;

namespace Diaspora.Tests.Shell;

/// <summary>What a page makes its reader load, and what is compressed for whom.</summary>
public sealed partial class PageWeightTests(PortalHost portal)
{
    private const string AskedFrom = "Sec-Fetch-Site";

    public static TheoryData<string> MembersPages => [.. PortalPages.All.Where(page => PortalPages.ReaderOf(page.Page) == PortalHost.Debtor && PortalPages.IsLive(page.Page)).Select(page => page.Template)];

    /// <summary>Pages without a parameter that answer with themselves.</summary>
    public static TheoryData<string> StaffsPages => [.. PortalPages.All.Where(page => PortalPages.ReaderOf(page.Page) == PortalHost.Admin && PortalPages.IsLive(page.Page)).Select(page => page.Template).Where(template => !template.Contains('{', StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(MembersPages))]
    public async Task Load_AMembersPage_NothingOfTheStaff(string template)
    {
        using var member = await SignInAsync(PortalHost.Debtor);
        var files = await FilesAsync(member, await PortalPages.AddressAsync(template, portal));

        Assert.Equal(["MudBlazor.min.css", "MudBlazor.min.js", "blazor.web.js", "cabinet.css", "early.js", "live.js"], files);
    }

    [Theory]
    [MemberData(nameof(StaffsPages))]
    public async Task Load_AStaffsPage_WithSheetsOfTheStaff(string path)
    {
        using var admin = await SignInAsync(PortalHost.Admin);

        Assert.Equal(["MudBlazor.min.css", "MudBlazor.min.js", "admin.css", "blazor.web.js", "early.js", "live.js", "members.js"], await FilesAsync(admin, path));
    }

    /// <summary>Fifty lines, their names and strips, and what is carried over to the circuit.</summary>
    [Fact]
    public async Task Load_TheMembersList_AtMostAHundredAndFiftyKilobytes()
    {
        using var admin = await SignInAsync(PortalHost.Admin);
        using var answer = await admin.GetAsync("/admin/members");
        var page = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(MemberFilter.Size, Lines().Count(Encoding.UTF8.GetString(page)));
        Assert.InRange(page.Length, 50_000, 150_000);
    }

    [Fact]
    public async Task Join_EverySheetAndScript_InSomeAreaAsItWasWritten()
    {
        using var visitor = new Visitor(portal);
        List<string> joined = [];
        foreach (var file in (string[])["/sheets/public.css", "/sheets/cabinet.css", "/sheets/admin.css", "/scripts/public.js", "/scripts/early.js", "/scripts/live.js"])
        {
            joined.Add(await (await visitor.GetAsync(file)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        var wwwroot = Path.Combine(Sources.Root, "Diaspora.Web", "wwwroot");
        string[] alone = ["card.js", "door.js", "focus.js", "lines.js", "members.js", "paper.js", "picture.js", "push.js", "queue.js", "verify.js"];
        var parts = Directory.EnumerateFiles(Path.Combine(wwwroot, "css")).Concat(Directory.EnumerateFiles(Path.Combine(wwwroot, "js"))).Where(file => !alone.Contains(Path.GetFileName(file))).ToList();

        Assert.True(parts.Count > 15);
        Assert.Empty(parts.Where(part => !joined.Exists(whole => whole.Contains(File.ReadAllText(part), StringComparison.Ordinal))).Select(Path.GetFileName));
    }

    /// <summary>js/reconnect.js says that there are none, and saves the question.</summary>
    [Fact]
    public async Task Start_InitializersOfPackages_ThereAreNone()
    {
        using var visitor = new Visitor(portal);

        Assert.Equal("[]", await (await visitor.GetAsync("/_blazor/initializers")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>From our own pages, and from none: an address typed, a link in another program.</summary>
    [Theory]
    [InlineData("/cabinet", "same-origin")]
    [InlineData("/cabinet", "none")]
    [InlineData("/admin/members", "same-origin")]
    [InlineData("/auth/forgot", "none")]
    public async Task Ask_ByOnesOwnWish_IsCompressed(string path, string from)
    {
        using var admin = await SignInAsync(PortalHost.Admin);
        using var answer = await AskAsync(admin, path, from);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
        await using var page = new BrotliStream(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        Assert.Contains("</html>", await new StreamReader(page).ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>What a stranger chose stands in the address, and pages repeat their address. So its length would tell what else is on the page.</summary>
    [Theory]
    [InlineData("/cabinet?x=%2B7701", "cross-site")]
    [InlineData("/cabinet?x=%2B7701", "same-site")]
    [InlineData("/cabinet?x=%2B7701", null)]
    [InlineData("/admin/members?q=%2B7701", "cross-site")]
    [InlineData("/admin/login?returnUrl=%2Fx", "cross-site")]
    public async Task Ask_BecauseAStrangerLedThere_IsNotCompressed(string path, string? from)
    {
        using var admin = await SignInAsync(PortalHost.Admin);
        using var answer = await AskAsync(admin, path, from);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("/admin/members/export.xlsx")]
    [InlineData("/admin/members/export.csv")]
    [InlineData("/admin/reports/csv?month=2026-01")]
    public async Task Ask_ForAFile_IsWhatItIs(string path)
    {
        using var admin = await SignInAsync(PortalHost.Admin);
        using var answer = await AskAsync(admin, path, "same-origin");

        Assert.NotEqual("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    /// <summary>Compression tells what is the same from answer to answer. What gives power is never the same.</summary>
    [Theory]
    [InlineData("/cabinet")]
    [InlineData("/cabinet/password")]
    public async Task Ask_Twice_NothingThatGivesPowerIsTheSame(string path)
    {
        using var member = await SignInAsync(PortalHost.Debtor);
        var (first, second) = (await PowersAsync(member, path), await PowersAsync(member, path));

        Assert.NotEmpty(first);
        Assert.Empty(first.Intersect(second));
    }

    private async Task<Visitor> SignInAsync(DemoAccount who)
    {
        var visitor = new Visitor(portal);
        await visitor.SendAsync("/auth/login", ("Form.Phone", who.Phone), ("Form.Password", who.Password));
        return visitor;
    }

    private static Task<HttpResponseMessage> AskAsync(Visitor visitor, string path, string? from)
    {
        visitor.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
        if (from is not null)
        {
            visitor.Headers.TryAddWithoutValidation(AskedFrom, from);
        }

        return visitor.GetAsync(path);
    }

    private static async Task<IEnumerable<string>> FilesAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Files().Matches(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Select(match => Fingerprint().Replace(Path.GetFileName(match.Groups["file"].Value), "")).Order(StringComparer.Ordinal);
    }

    /// <summary>Antiforgery tokens, what is carried over to the circuit, its components, and the script nonce.</summary>
    private static async Task<List<string>> PowersAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        return [.. Powers().Matches(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Select(match => match.Groups["it"].Value)];
    }

    [GeneratedRegex("""<(?:link rel="stylesheet"|script)[^>]*(?:href|src)="(?<file>[^"]*)""")]
    private static partial Regex Files();

    [GeneratedRegex("data-of=")]
    private static partial Regex Lines();

    [GeneratedRegex(@"\.[a-z0-9]{10}(?=\.)")]
    private static partial Regex Fingerprint();

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<it>[^"]+)"|<!--Blazor-Server-Component-State:(?<it>[^>]+)-->|"descriptor":"(?<it>[^"]+)"|nonce="(?<it>[^"]+)""")]
    private static partial Regex Powers();
}
