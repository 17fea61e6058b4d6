using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Accounts;

/// <summary>Who chooses the other language in the middle of a form goes on where they were.</summary>
[Trait("needs", "browser")]
public sealed class LanguageOfFormsBrowserTests(Chromium chromium, PortalHost portal)
{
    private const string Fields = "[...document.querySelectorAll('form[method=post] input:not([type=hidden])')]";

    private const string Read = $"() => {Fields}.map(field => `${{field.name}} ${{field.type === 'checkbox' ? field.checked : field.value}}`)";

    private const string Type = $"() => {{ {Fields}.forEach((field, index) => {{ if (field.type === 'checkbox') field.checked = true; else field.value = 'a' + index; }}); return ({Read})(); }}";

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

    [Fact]
    public async Task Switch_OnEveryPlainForm_KeepsEveryField()
    {
        await using var stranger = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        await using var member = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        await member.SendSignInAsync(PortalHost.Debtor);
        var (nobody, debtor) = (await stranger.NewPageAsync(), await member.NewPageAsync());
        var forms = 0;
        foreach (var (type, template) in PortalPages.All.Where(page => !PortalPages.IsLive(page.Page)))
        {
            var page = PortalPages.ReaderOf(type) is null ? nobody : debtor;
            await page.GotoAsync($"/lang/ru?to={await PortalPages.AddressAsync(template, portal)}");
            var typed = await page.EvaluateAsync<string[]>(Type);
            if (typed.Length == 0)
            {
                continue;
            }

            forms++;
            await page.Locator("a[lang=kk]:visible").ClickAsync();
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "kk");
            Assert.Equal(typed, await page.EvaluateAsync<string[]>(Read));
        }

        Assert.InRange(forms, 4, int.MaxValue);
    }
}
