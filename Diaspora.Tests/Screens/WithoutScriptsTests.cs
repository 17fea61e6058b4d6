using System.Text.RegularExpressions;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Microsoft.Playwright;

namespace Diaspora.Tests.Screens;

/// <summary>A browser with JavaScript switched off, on every page there is: nothing that can be seen is dead without a word.</summary>
[Trait("needs", "browser")]
public sealed partial class WithoutScriptsTests(Chromium chromium, PortalHost portal)
{
    [Fact]
    public async Task Open_EveryPlainPage_HasNoDeadButton()
    {
        List<string> dead = [];
        foreach (var readers in PortalPages.All.Where(page => !PortalPages.IsLive(page.Page)).GroupBy(page => PortalPages.ReaderOf(page.Page)))
        {
            await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Phone, hasScripts: false);
            if (readers.Key is not null)
            {
                await browser.SendSignInAsync(readers.Key);
            }

            var page = await browser.NewPageAsync();
            foreach (var (_, template) in readers)
            {
                await page.GotoAsync(await PortalPages.AddressAsync(template, portal));
                dead.AddRange((await page.Locator("button:not([type=submit]):visible, [role=button]:visible, button[type=submit]:visible:not(form *)").AllAsync()).Select(button => $"{template}: {button}"));
            }
        }

        Assert.Empty(dead);
    }

    /// <summary>What stands in noscript is as good as seen; that every language has it is held elsewhere, so one page of each reader does.</summary>
    [Theory]
    [InlineData("ru", "выключен JavaScript")]
    [InlineData("kk", "JavaScript өшірулі")]
    public async Task Open_EveryLivePage_SaysWhatIsNeeded(string language, string sentence)
    {
        List<string> silent = [];
        foreach (var readers in PortalPages.All.Where(page => PortalPages.IsLive(page.Page)).GroupBy(page => PortalPages.ReaderOf(page.Page)!))
        {
            using var visitor = new Visitor(portal);
            await visitor.SendAsync("/auth/login", ("Form.Phone", readers.Key.Phone), ("Form.Password", readers.Key.Password));
            visitor.Cookies.Add(portal.Address, new System.Net.Cookie(".AspNetCore.Culture", Uri.EscapeDataString($"c={language}|uic={language}")));
            foreach (var (_, template) in language == "ru" ? readers : readers.Take(1))
            {
                var html = await visitor.ReadAsync(await PortalPages.AddressAsync(template, portal));
                if (!Said().Matches(html).Any(said => said.Value.Contains(sentence, StringComparison.Ordinal)))
                {
                    silent.Add(template);
                }
            }
        }

        Assert.Empty(silent);
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

    [GeneratedRegex("(?<=<body.*)<noscript>.*?</noscript>", RegexOptions.Singleline)]
    private static partial Regex Said();
}
