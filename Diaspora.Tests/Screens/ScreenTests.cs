using Deque.AxeCore.Playwright;
using Diaspora.Domain.Members;
using Diaspora.Tests.Hosting;
using Microsoft.Playwright;

namespace Diaspora.Tests.Screens;

/// <summary>
/// Every page at both sizes, in both themes and languages: nothing serious for axe, no sideways scrolling, no error in the
/// console. With DIASPORA_SCREENS set to a folder the pictures are kept there, to be looked at.
/// </summary>
public sealed class ScreenTests(Chromium chromium, PortalHost portal)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("DIASPORA_SCREENS");

    /// <summary>Templates to look at while one works on them, with spaces between; every page where it is not set.</summary>
    private static readonly string? Only = Environment.GetEnvironmentVariable("DIASPORA_PAGES");

    public static TheoryData<string> Templates => [.. PortalPages.All.Select(page => page.Template).Where(template => Only is null || Only.Split(' ').Contains(template))];

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Page_AtEverySizeThemeAndLanguage_IsAccessibleAndFits(string template)
    {
        var page = PortalPages.All.Single(known => known.Template == template).Page;
        var address = await PortalPages.AddressAsync(template, portal);
        List<string> complaints = [];
        foreach (var size in new[] { Chromium.Phone, Chromium.Laptop })
        {
            foreach (var isDark in new[] { false, true })
            {
                foreach (var language in isDark ? ["ru"] : new[] { "ru", "kk" })
                {
                    var name = $"{template.Trim('/').Replace('/', '-').Replace(':', '-')} {size.Width} {(isDark ? "dark" : "light")} {language}".Trim();
                    complaints.AddRange((await LookAsync(page, address, size, isDark, language, name)).Select(complaint => $"{name}: {complaint}"));
                }
            }
        }

        Assert.True(complaints.Count == 0, string.Join(Environment.NewLine, complaints));
    }

    private async Task<List<string>> LookAsync(Type component, string address, (int Width, int Height) size, bool isDark, string language, string name)
    {
        List<string> complaints = [];
        await using var browser = await chromium.OpenAsync(portal.Address, size, isDark);
        var page = PortalPages.ReaderOf(component) is { } reader ? await browser.SignInAsync(reader) : await browser.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !(address == "/not-found" && message.Text.Contains("404", StringComparison.Ordinal)))
            {
                complaints.Add($"console: {message.Text}");
            }
        };
        await page.GotoAsync($"/lang/{language}?to={Uri.EscapeDataString(address)}", new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        if (PortalPages.ReaderOf(component) is not null)
        {
            await page.AliveAsync();
        }

        if (Folder is { Length: > 0 })
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"{name}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
        }

        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (overflow > 0)
        {
            complaints.Add($"scrolls sideways by {overflow} px");
        }

        var report = await page.RunAxe();
        complaints.AddRange(report.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help} at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Target))}"));
        return complaints;
    }
}
