using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Shell;
using Microsoft.Playwright;

namespace Diaspora.Tests.Shell;

[Trait("needs", "browser")]
public sealed class SignOutBrowserTests(PortalHost portal, Chromium chromium)
{
    [Fact]
    public async Task SignOut_InOneTab_EndsTheOthers()
    {
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var first = await browser.SignInAsync(PortalHost.Debtor);

        // The circuit puts its own form in the place of the one that came with the page; a press in that moment would hit neither.
        await first.AliveAsync();
        var second = await browser.NewPageAsync();
        await second.GotoAsync("/cabinet");
        await second.AliveAsync();

        await first.Locator("form[data-sign-out] button").First.ClickAsync();

        await Assertions.Expect(second).ToHaveURLAsync(new Regex(Urls.Login));
    }
}
