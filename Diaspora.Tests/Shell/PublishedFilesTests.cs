using System.Net;
using System.Text.RegularExpressions;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;

namespace Diaspora.Tests.Shell;

/// <summary>What really goes over the line: the build's own manifest decides it, so the published portal is asked.</summary>
[Collection(typeof(OfPublishedPortal))]
public sealed partial class PublishedFilesTests(PublishedPortal portal)
{
    private static readonly string[] Text = ["text/", "application/javascript", "application/json", "image/svg"];

    [Fact]
    public async Task Ask_ForEveryFileOfThePages_IsPackedAndStaysForAYear()
    {
        using var admin = await SignInAsync();
        var files = await FilesOfPagesAsync(admin);

        // Sheets and scripts of the three areas, of the components and of the framework.
        Assert.True(files.Count >= 12, string.Join('\n', files));
        List<string> wrong = [];
        admin.Headers.TryAddWithoutValidation("Accept-Encoding", "br, gzip");
        foreach (var file in files)
        {
            using var answer = await admin.GetAsync(file);
            var (kind, kept) = (answer.Content.Headers.ContentType?.MediaType ?? "", answer.Headers.CacheControl?.ToString() ?? "");
            if (answer.StatusCode != HttpStatusCode.OK || IsText(kind) && !answer.Content.Headers.ContentEncoding.Contains("br") || Named().IsMatch(file) && !kept.Contains("immutable", StringComparison.Ordinal))
            {
                wrong.Add($"{file}: {(int)answer.StatusCode} {kind} {string.Join(' ', answer.Content.Headers.ContentEncoding)} {kept} {(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length}");
            }
        }

        Assert.Equal("", string.Join('\n', wrong));
    }

    /// <summary>What nobody has asked for takes neither time at the start nor memory.</summary>
    [Fact]
    public async Task Start_WithNoCollectorNamed_LoadsNothingOfTelemetry()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which files a process holds is read where Linux tells it.");
        var held = await File.ReadAllTextAsync($"/proc/{portal.ProcessId}/maps", TestContext.Current.CancellationToken);

        Assert.Contains("Diaspora.Web.dll", held, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", held, StringComparison.Ordinal);
    }

    /// <summary>Also what no page refers to by itself: a script that is imported, a sheet of a component.</summary>
    [Fact]
    public async Task Ask_ForEveryFileOfTheFolder_IsPacked()
    {
        var root = Path.Combine(portal.Folder, "wwwroot");
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is not (".br" or ".gz")).Select(file => "/" + Path.GetRelativePath(root, file).Replace('\\', '/')).ToList();
        Assert.Contains("/_content/MudBlazor/MudBlazor.min.css", files);
        List<string> wrong = [];
        using var admin = await SignInAsync();
        admin.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
        foreach (var file in files)
        {
            using var answer = await admin.GetAsync(file);
            if (IsText(answer.Content.Headers.ContentType?.MediaType ?? "") && !answer.Content.Headers.ContentEncoding.Contains("br"))
            {
                wrong.Add(file);
            }
        }

        Assert.Equal("", string.Join('\n', wrong));
    }

    private static bool IsText(string kind) => Text.Any(text => kind.StartsWith(text, StringComparison.Ordinal));

    /// <summary>An admin sees cabinet and staff's pages alike.</summary>
    private async Task<Visitor> SignInAsync()
    {
        var admin = new Visitor(portal.Address);
        await admin.SendAsync("/auth/login", ("Form.Phone", PublishedPortal.Admin.Phone), ("Form.Password", PublishedPortal.Admin.Password));
        return admin;
    }

    /// <summary>As an admin and as a stranger.</summary>
    private async Task<IReadOnlyCollection<string>> FilesOfPagesAsync(Visitor admin)
    {
        using var stranger = new Visitor(portal.Address);
        SortedSet<string> files = [];
        foreach (var path in PortalPages.All.Select(page => page.Template).Where(template => !template.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var reader in (Visitor[])[admin, stranger])
            {
                using var answer = await reader.GetAsync(path);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    files.UnionWith(Files().Matches(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Select(match => "/" + match.Groups["file"].Value.TrimStart('/')));
                }
            }
        }

        return files;
    }

    [GeneratedRegex("""<(?:link|script)\b[^>]*(?:href|src)="(?<file>[^":?]*\.[a-z0-9]+)["?]""")]
    private static partial Regex Files();

    [GeneratedRegex(@"\.[a-z0-9]{10}\.[a-z0-9]+$")]
    private static partial Regex Named();
}
