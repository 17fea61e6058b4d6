using Diaspora.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Accounts;

/// <summary>Who chooses the other language in the middle of a form goes on where they were.</summary>
[Trait("needs", "browser")]
public sealed class LanguageOfFormsBrowserTests(Chromium chromium, PortalHost portal)
{
    [Fact]
    public async Task Switch_InTheMiddleOfRegistration_KeepsWhatWasTypedAndStoresNothing()
    {
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await phone.NewPageAsync();
        await page.GotoAsync("/auth/register");
        await page.Locator("#name").FillAsync("Мамедов Эльчин");
        await page.Locator("#phone").FillAsync("+7 701 555 77 88");
        await page.Locator("#password").FillAsync("тихая-река-7");
        await page.Locator("#consent").CheckAsync();
        await page.Locator("#city").FillAsync("Актау");

        await page.Locator("a[lang=kk]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "kk");
        await Expect(page.GetByRole(AriaRole.Heading)).Not.ToHaveTextAsync("Регистрация");
        await Expect(page.Locator("#name")).ToHaveValueAsync("Мамедов Эльчин");
        await Expect(page.Locator("#phone")).ToHaveValueAsync("+7 701 555 77 88");
        await Expect(page.Locator("#password")).ToHaveValueAsync("тихая-река-7");
        await Expect(page.Locator("#consent")).ToBeCheckedAsync();
        await Expect(page.Locator("#city")).ToHaveValueAsync("Актау");
        Assert.Equal("0", await page.EvaluateAsync<string>("() => String(sessionStorage.length + localStorage.length)"));

        // The new form is a whole one: its password can be looked at, and it is taken.
        await page.Locator("[data-reveals]").ClickAsync();
        await Expect(page.Locator("#password")).ToHaveAttributeAsync("type", "text");
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cabinet$"));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "kk");
    }
}
