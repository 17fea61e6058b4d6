using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Theme;
using Microsoft.Playwright;

namespace Diaspora.Tests.Shell;

/// <summary>What is not in a page's first load comes when it is needed, and what is there needs nothing more.</summary>
[Trait("needs", "browser")]
public sealed class AreasBrowserTests(PortalHost portal, Chromium chromium)
{
    /// <summary>The sheet of this tab, and a colour that changes with the theme, read in the same breath as the press.</summary>
    private const string Sheet = "document.querySelector('link[href*=\"sheets/\"]').href";

    private const string Look =
        """
        () => [".ptop", ".calm", ".calm h1", ".calm a", ".foot", ".foot .cols"].map(part => {
          const { display, textAlign, backgroundColor } = getComputedStyle(document.querySelector(part));
          return [part, display, textAlign, backgroundColor].join();
        }).join("; ")
        """;

    private const string SwitchTheme =
        """
        () => {
          const colour = () => getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-primary');
          const before = colour();
          document.querySelector('[data-switch-theme]').click();
          return [before, colour(), document.documentElement.dataset.theme, document.querySelector('meta[name=theme-color]').content];
        }
        """;

    [Fact]
    public async Task Go_FromCabinetToStaffsPagesAndBack_EachComesWithItsSheets()
    {
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await browser.SignInAsync(PortalHost.Cashier, to: Urls.Cabinet);
        await page.AliveAsync();
        Assert.Contains("sheets/cabinet", await page.EvaluateAsync<string>(Sheet), StringComparison.Ordinal);

        await page.Locator($"main a[href='{Urls.AdminPayments}']").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(Urls.AdminPayments));
        await page.AliveAsync();
        Assert.Contains("sheets/admin", await page.EvaluateAsync<string>(Sheet), StringComparison.Ordinal);

        // Within the staff's pages nothing is loaded again.
        await page.MarkAsync();
        await page.Locator($"nav a[href='{Urls.AdminReports}']:visible").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(Urls.AdminReports));
        await page.StayedAsync();

        await page.GoBackAsync();
        await page.GoBackAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(Urls.Cabinet));
        Assert.Contains("sheets/cabinet", await page.EvaluateAsync<string>(Sheet), StringComparison.Ordinal);
    }

    /// <summary>The page of public pages stands in a page of the staff, or of a member.</summary>
    [Theory]
    [InlineData("/admin/members/00000000")]
    [InlineData("/admin/payments/0198c0de-0000-7000-8000-000000000000")]
    [InlineData("/cabinet/pay/0198c0de-0000-7000-8000-000000000000")]
    public async Task Open_SomethingThatIsNotThere_LooksAsItDoesOnPublicPages(string address)
    {
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await browser.SignInAsync(PortalHost.Cashier, to: "/nothing");
        var look = await page.EvaluateAsync<string>(Look);

        await page.GotoAsync(address);

        Assert.Equal(look, await page.EvaluateAsync<string>(Look));
    }

    [Fact]
    public async Task Switch_TheTheme_AsksNobody()
    {
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await browser.SignInAsync(PortalHost.Debtor, to: Urls.Cabinet);

        var seen = await page.EvaluateAsync<string[]>(SwitchTheme);

        Assert.NotEqual(seen[0], seen[1]);
        Assert.Equal("dark", seen[2]);
        Assert.Equal(PortalTheme.BarOf(dark: true), seen[3]);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }
}
