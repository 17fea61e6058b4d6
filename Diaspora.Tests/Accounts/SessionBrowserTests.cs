using Diaspora.Data.Demo;
using Diaspora.Tests.Hosting;
using Microsoft.Playwright;

namespace Diaspora.Tests.Accounts;

/// <summary>An open page ends with its session: it is told, and does not wait until it is asked again.</summary>
[Trait("needs", "browser")]
public sealed class SessionBrowserTests(Chromium chromium, PortalHost portal)
{
    private const string Secret = "верблюд пьёт чай";
    private static readonly LocatorAssertionsToHaveTextOptions Soon = new() { Timeout = 15_000 };
    private static int s_lastPhone = 5000 + Random.Shared.Next(1000);

    [Fact]
    public async Task ChangePassword_InOneBrowser_EndsThePageThatIsOpenInTheOther()
    {
        var phone = $"+7 702 882 {Interlocked.Increment(ref s_lastPhone)}";
        using var owner = new Visitor(portal);
        await owner.SendAsync("/auth/register", ("Form.FullName", "Гасанов Рустам"), ("Form.Phone", phone), ("Form.Password", Secret), ("Form.Consent", "true"));
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await browser.SignInAsync(new DemoAccount("member", phone, Secret));
        await page.AliveAsync();

        var answer = await owner.SendAsync("/cabinet/password", ("Form.CurrentPassword", Secret), ("Form.Password", "гранат упал в море"));

        Assert.EndsWith("done=true", answer.Location, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Вход в кабинет", Soon);
        Assert.EndsWith("returnUrl=%2Fcabinet", page.Url, StringComparison.Ordinal);
    }
}
