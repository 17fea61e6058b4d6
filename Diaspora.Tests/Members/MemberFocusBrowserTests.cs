using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Members;

/// <summary>The list with keys, a tenth of a second away: after an edit, a dialog and an action on many the focus is at its row again. On a portal of its own: it changes what others count.</summary>
[Trait("needs", "browser")]
public sealed class MemberFocusBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Focus_AfterADialogAnActionOnManyAndAnEdit_IsAtItsRowAgain()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address, TimeSpan.Zero);
        await using var laptop = await chromium.OpenAsync(line.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members?segment=debtors");
        await page.AliveAsync();
        line.Delay = SlowLine.Usual;
        var ids = await page.Locator("[data-member]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.member)");
        var row = page.Locator($"[data-member='{ids[2]}']");
        await row.FocusAsync();
        await page.EvaluateAsync(
            """
            () => {
              window.lost = [];
              const look = () => {
                if (document.activeElement === document.body) window.lost.push(document.querySelector("[role=dialog]") ? "dialog" : "page");
                requestAnimationFrame(look);
              };
              look();
            }
            """);

        // The menu alone, which says whether it is open.
        var more = row.Locator("[data-menu]");
        await Expect(more).ToHaveAttributeAsync("aria-expanded", "false");
        await more.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await Expect(more).ToHaveAttributeAsync("aria-expanded", "true");
        await page.Keyboard.PressAsync("Escape");
        await Expect(more).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(more).ToBeFocusedAsync();

        // A dialog from the row's menu, thought better of and then done.
        await MenuAsync(row, "Освободить");
        await Expect(page.GetByRole(AriaRole.Dialog).Locator(":focus")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await AtRowAsync(page, ids[2]);
        await MenuAsync(row, "Заблокировать");
        await page.Keyboard.TypeAsync("Номер передан");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(row.GetByText("Заблокирован", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await AtRowAsync(page, ids[2]);

        // Many at once: the bar with its buttons goes with the last tick.
        await page.Locator($"[data-member='{ids[4]}'] .tick input").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Снять выбор" }).ClickAsync();
        await Expect(page.Locator(".bulk")).ToHaveCountAsync(0);
        await AtRowAsync(page, ids[4]);

        // An edit that ends, and one that takes the member out of what is shown.
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.InsertTextAsync(PortalHost.Debtor.Phone);
        await Expect(page.Locator("[data-member]")).ToHaveCountAsync(1);
        await page.Locator("[data-member]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#edit-FullName")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-member]")).ToBeFocusedAsync();

        // Thought better of before the fields are there.
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".editing")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-member]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        // What is filled in before the first field has the focus lands in that one.
        await Expect(page.Locator("#edit-FullName")).ToBeFocusedAsync();
        await page.Locator("#edit-Phone").FillAsync("+7 707 000 12 34");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-empty]")).ToBeFocusedAsync();
        Assert.Empty(await page.EvaluateAsync<string[]>("() => window.lost"));
    }

    /// <summary>With keys alone, as a menu is walked.</summary>
    private static async Task MenuAsync(ILocator row, string name)
    {
        await row.Locator("[data-menu]").PressAsync("Enter");
        var items = row.Page.GetByRole(AriaRole.Menuitem);
        await Expect(items.First).ToBeFocusedAsync();
        var names = await items.AllInnerTextsAsync();
        for (var at = 1; at <= names.ToList().FindIndex(text => text.StartsWith(name, StringComparison.Ordinal)); at++)
        {
            await row.Page.Keyboard.PressAsync("ArrowDown");
            await Expect(items.Nth(at)).ToBeFocusedAsync();
        }

        await row.Page.Keyboard.PressAsync("Enter");
        await Expect(row.Page.GetByRole(AriaRole.Dialog).Locator(":focus")).ToHaveCountAsync(1);
    }

    private static Task AtRowAsync(IPage page, string id) => Expect(page.Locator($"[data-member='{id}']:is(:focus, :focus-within)")).ToHaveCountAsync(1);
}
