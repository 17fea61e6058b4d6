using Diaspora.Tests.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;

namespace Diaspora.Tests.Screens;

/// <summary>A browser with JavaScript switched off, on every page there is: nothing that can be seen is dead without a word.</summary>
[Trait("needs", "browser")]
public sealed class WithoutScriptsTests(Chromium chromium, PortalHost portal)
{
    [Theory]
    [InlineData("ru", "выключен JavaScript")]
    [InlineData("kk", "JavaScript өшірулі")]
    public async Task Open_EveryPage_HasNoDeadButtonOrSaysWhatIsNeeded(string language, string sentence)
    {
        List<string> dead = [];
        foreach (var readers in PortalPages.All.GroupBy(page => PortalPages.ReaderOf(page.Page)))
        {
            await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Phone, hasScripts: false);
            if (readers.Key is not null)
            {
                await browser.SendSignInAsync(readers.Key);
            }

            await browser.AddCookiesAsync([Chromium.Speaking(language, portal.Address)]);
            var page = await browser.NewPageAsync();
            foreach (var (component, template) in readers)
            {
                await page.GotoAsync(await PortalPages.AddressAsync(template, portal));
                if (PortalPages.IsLive(component))
                {
                    if (!(await page.Locator("body > noscript").Or(page.Locator("body > .noscript")).AllInnerTextsAsync()).Any(text => text.Contains(sentence, StringComparison.Ordinal)))
                    {
                        dead.Add($"{template}: says nothing");
                    }
                }
                else
                {
                    dead.AddRange((await page.Locator("button:not([type=submit]):visible, [role=button]:visible, button[type=submit]:visible:not(form *)").AllAsync()).Select(button => $"{template}: {button}"));
                }
            }
        }

        Assert.Empty(dead);
    }

    [Fact]
    public async Task Pay_FromTheMonthsToTheCashier_WorksWithPlainForms()
    {
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Phone, hasScripts: false);
        var page = await browser.SignInAsync(Diaspora.Data.Demo.DemoData.Accounts[3], to: "/cabinet/pay");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "3 месяца" }).ClickAsync();
        await Assertions.Expect(page.Locator(".dock .tot b")).ToHaveTextAsync("6\u00A0000\u00A0₸");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Переведите 6\u00A0000\u00A0₸" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Я оплатил(а)" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Проверяем, 6\u00A0000\u00A0₸" })).ToBeVisibleAsync();
    }
}
