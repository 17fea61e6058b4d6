using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Shell;

/// <summary>What a browser's translator does to a page that lets it.</summary>
[Trait("needs", "browser")]
public sealed class TranslationBrowserTests(Chromium chromium)
{
    private const string Translate =
        """
        () => {
          if (document.documentElement.translate === false || document.querySelector("html.notranslate, meta[name=google][content=notranslate]")) return;
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          while (texts.nextNode()) if (texts.currentNode.data.trim() && !texts.currentNode.parentElement.closest("script, style")) found.push(texts.currentNode);
          for (const text of found) {
            const font = document.createElement("font");
            text.replaceWith(font);
            font.append(document.createTextNode(text.data));
          }
        }
        """;

    [Fact]
    public async Task Translate_ALivePage_LeavesItAlive()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/pay");
        await page.AliveAsync();
        await page.EvaluateAsync(Translate);
        await page.MarkAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/cabinet/pay/[0-9a-f-]{36}"));
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Я оплатил(а)" })).ToBeVisibleAsync();
        await Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await page.StayedAsync();
    }
}
