using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Payments;

/// <summary>The queue as two people use it at once: one with the mouse, one with the keyboard. Each leaves it as it was.</summary>
[Trait("needs", "browser")]
public sealed class QueueBrowserTests(Chromium chromium, PortalHost portal)
{
    [Fact]
    public async Task Reject_WhatAColleagueConfirmedMeanwhile_NamesWhoWasFirst()
    {
        await using var first = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        await using var second = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var one = await QueueAsync(first, PortalHost.Admin);
        var two = await QueueAsync(second, PortalHost.Cashier);
        var name = await two.Locator(".q-row .name").First.InnerTextAsync();
        await two.MarkAsync();

        await two.Locator(".q-row").First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Отклонить" }).ClickAsync();
        await two.ChooseAsync("Частая причина", "Деньги не пришли");
        await ConfirmIn(one).ClickAsync();
        await Expect(one.GetByText(new Regex("Оплата подтверждена"))).ToBeVisibleAsync();
        await two.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Отклонить" }).ClickAsync();

        await Expect(two.GetByText(new Regex("уже подтвердил.*Нигяр Керимова"))).ToBeVisibleAsync();
        await Expect(two.Locator(".q-row").Filter(new LocatorFilterOptions { HasText = name })).ToHaveCountAsync(0);

        await one.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Вернуть", Exact = true }).ClickAsync();
        await Expect(two.Locator(".q-row").Filter(new LocatorFilterOptions { HasText = name })).ToHaveCountAsync(1);
        await two.StayedAsync();
    }

    [Fact]
    public async Task Confirm_DoubleClicked_ConfirmsOneAndTouchesNoOther()
    {
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await QueueAsync(laptop, PortalHost.Cashier);
        var ids = await page.Locator(".q-row [data-intent]").EvaluateAllAsync<string[]>("rows => rows.slice(0, 3).map(row => row.dataset.intent)");
        ILocator Row(string id) => page.Locator($".q-row [data-intent='{id}']");
        var button = await ConfirmIn(page).BoundingBoxAsync();

        // The second click comes at the worst moment, whatever the machine: when something else has just come under the hand.
        await page.EvaluateAsync(
            """
            ({ x, y }) => {
              const pressed = document.elementFromPoint(x, y);
              new MutationObserver((_, changes) => {
                if (pressed.isConnected) return;
                changes.disconnect();
                document.elementFromPoint(x, y).click();
                window.isTwice = true;
              }).observe(document.getElementById("queue"), { childList: true, subtree: true });
            }
            """,
            new { x = (double)button!.X + 20, y = (double)button.Y + 10 });
        await page.Mouse.MoveAsync(button.X + 20, button.Y + 10);
        await page.Mouse.ClickAsync(button.X + 20, button.Y + 10);
        await page.WaitForFunctionAsync("() => window.isTwice");

        // Others work in the same queue, so it is these rows that are looked at, and not how many there are.
        await Expect(Row(ids[0])).ToHaveCountAsync(0);
        await Expect(Row(ids[1])).ToHaveCountAsync(1);
        await Expect(Row(ids[2])).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Control+z");
        await Expect(Row(ids[0])).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Keys_AloneWorkTheQueue_AndPanelAndDialogAreAccessible()
    {
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await QueueAsync(laptop, PortalHost.Cashier);
        var row = page.Locator(".q-row").Nth(1);
        var name = await row.Locator(".name").InnerTextAsync();

        // The keyboard comes a moment after the circuit, and begins in the first row.
        await Expect(page.Locator(".q-row [data-intent]").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(row.Locator("[data-intent]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-panel]").GetByText(name)).ToBeVisibleAsync();
        await page.FreeOfViolationsAsync();

        await page.Keyboard.PressAsync("Delete");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        await page.FreeOfViolationsAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Отклонить" }).ClickAsync();
        await Expect(dialog.GetByText("Напишите причину")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();

        await row.Locator("[data-intent]").FocusAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText(new Regex("Оплата подтверждена"))).ToBeVisibleAsync();
        await Expect(page.Locator(".q-row").Filter(new LocatorFilterOptions { HasText = name })).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.Locator(".q-row").Filter(new LocatorFilterOptions { HasText = name })).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-panel]")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByLabel("Поиск")).ToBeFocusedAsync();
    }

    private static ILocator ConfirmIn(IPage page) => page.Locator(".q-row").First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Подтвердить" });

    private static async Task<IPage> QueueAsync(IBrowserContext browser, Data.Demo.DemoAccount who)
    {
        var page = await browser.SignInAsync(who, "/admin/login", "/admin/payments");
        await page.AliveAsync();
        return page;
    }
}
