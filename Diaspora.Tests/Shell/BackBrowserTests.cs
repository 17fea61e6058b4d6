using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Shell;

/// <summary>Back closes what is open and leaves only then, over a line as slow as a phone's.</summary>
[Trait("needs", "browser")]
public sealed class BackBrowserTests(Chromium chromium, PortalHost portal)
{
    [Fact]
    public async Task Back_WithADialogOrASheetOpen_ClosesItAndLeavesTheNextTime()
    {
        var number = await ExampleData.NumberOfDebtorAsync(portal);
        await using var line = SlowLine.To(portal.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members");
        await page.AliveAsync();
        await page.GotoAsync($"/admin/members?q={number}");
        await page.AliveAsync();
        await page.Locator("[data-member] .name a").ClickAsync();
        var card = new Regex($"/admin/members/{number}$");
        await Expect(page).ToHaveURLAsync(card);
        await page.MarkAsync();

        // A dialog; and Forward brings nothing back that is gone.
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Освободить" }).ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await HeldAsync(page);
        await page.GoBackAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page).ToHaveURLAsync(card);
        await page.GoForwardAsync();
        await Expect(page).ToHaveURLAsync(card);

        // A menu, and the sheet of the layout.
        var menu = page.Locator(".member-menu [role=menu]");
        await page.Locator("#member-menu button").ClickAsync();
        await Expect(menu).ToBeVisibleAsync();
        await HeldAsync(page);
        await page.GoBackAsync();
        await Expect(menu).ToBeHiddenAsync();
        var sheet = page.Locator("details.more");
        await sheet.Locator("summary").ClickAsync();
        await Expect(sheet).ToHaveAttributeAsync("open", "");
        await HeldAsync(page);
        await page.GoBackAsync();
        await Expect(sheet).Not.ToHaveAttributeAsync("open", "");
        await Expect(page).ToHaveURLAsync(card);

        // Closed by its own button: nothing of it stays in the history. And the page is alive all the while.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Освободить" }).ClickAsync();
        await dialog.Locator(".mud-dialog-actions .mud-button-outlined").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await page.WaitForFunctionAsync("() => !history.state?.layer");
        await page.StayedAsync();
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(new Regex("q="));
        await Expect(page.Locator("[data-member]")).ToHaveCountAsync(1);
        await page.GoForwardAsync();
        await Expect(page).ToHaveURLAsync(card);
        await Expect(page.Locator(".mc-head")).ToBeVisibleAsync();
        await page.StayedAsync();
    }

    [Fact]
    public async Task Close_AndGoOnInTheSameMoment_LeavesTheAddressOfThePageThatIsShown()
    {
        var number = await ExampleData.NumberOfDebtorAsync(portal);
        await using var line = SlowLine.To(portal.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Admin, "/admin/login", $"/admin/members/{number}");
        await page.AliveAsync();
        await page.MarkAsync();
        var card = new Regex($"/admin/members/{number}(\\?.*)?$");

        // A dialog that goes, and what the portal asks for comes with it: the same page under another address, then another page.
        await CloseAsync(page, $"/admin/members/{number}?later=1", replaces: true);
        await Expect(page).ToHaveURLAsync(new Regex("later=1$"));
        await CloseAsync(page, "/admin/members/duplicates", replaces: false);
        await Expect(page.Locator(".mc-head")).ToHaveCountAsync(0);
        await page.WaitForFunctionAsync("() => !history.state?.layer");
        await Expect(page).ToHaveURLAsync(new Regex("/admin/members/duplicates$"));
        await page.GoBackAsync();
        await Expect(page.Locator(".mc-head")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("later=1$"));
        await page.GoForwardAsync();
        await Expect(page.Locator(".mc-head")).ToHaveCountAsync(0);
        await Expect(page).ToHaveURLAsync(new Regex("/admin/members/duplicates$"));
        await page.GoBackAsync();
        await Expect(page.Locator(".mc-head")).ToBeVisibleAsync();

        // A link of the sheet, which closes by it.
        await page.Locator("details.more summary").ClickAsync();
        await HeldAsync(page);
        await page.Locator("details.more .sheet a[href='/admin/audit']").ClickAsync();
        await Expect(page.Locator(".mc-head")).ToHaveCountAsync(0);
        await page.WaitForFunctionAsync("() => !history.state?.layer");
        await Expect(page).ToHaveURLAsync(new Regex("/admin/audit$"));
        await page.GoBackAsync();
        await Expect(page.Locator(".mc-head")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(card);
        await page.StayedAsync();
    }

    /// <summary>Opens a dialog and closes it; the very moment it is gone the page is led elsewhere.</summary>
    private static async Task CloseAsync(IPage page, string to, bool replaces)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Освободить" }).ClickAsync();
        await HeldAsync(page);
        await page.EvaluateAsync("""
            ([to, replaces]) => new MutationObserver((_, watch) => {
              if (document.querySelector("[role=dialog]")) return;
              watch.disconnect();
              Blazor.navigateTo(to, { replaceHistoryEntry: replaces });
              window.led = true;
            }).observe(document.body, { subtree: true, childList: true })
            """, new object[] { to, replaces });
        await page.GetByRole(AriaRole.Dialog).Locator(".mud-dialog-actions .mud-button-outlined").ClickAsync();
        await page.WaitForFunctionAsync("() => window.led && !(window.led = false)");
        await page.WaitForFunctionAsync("() => !history.state?.layer");
    }

    /// <summary>The browser tells of a menu a moment after it is there; nobody presses Back that fast.</summary>
    private static Task HeldAsync(IPage page) => page.WaitForFunctionAsync("() => history.state?.layer === true");
}
