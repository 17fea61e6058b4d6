using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Members;

/// <summary>What staff have chosen on a page is there after a reload: who is ticked, which months a payment by hand is for, what an import is to do.</summary>
[Trait("needs", "browser")]
public sealed class ChosenBrowserTests(Chromium chromium, PortalHost portal)
{
    [Fact]
    public async Task Reload_AMembersListWithTicksOnTwoPages_KeepsThem()
    {
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members");
        await page.AliveAsync();
        await page.Locator("[data-member] .tick input").Nth(1).CheckAsync();
        await Expect(page.Locator(".bulk b")).ToHaveTextAsync("Выбрано 1");
        var first = await page.Locator("[data-member]").First.GetAttributeAsync("data-member");
        await page.Locator(".pager a[rel=next]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("page=2.*ticked="));

        // The address is there before the page that belongs to it.
        await Expect(page.Locator($"[data-member='{first}']")).ToHaveCountAsync(0);
        await page.Locator("[data-member] .tick input").First.CheckAsync();
        await Expect(page.Locator(".bulk b")).ToHaveTextAsync("Выбрано 2");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("ticked=[0-9]{8}\\.[0-9]{8}"));
        await page.ReloadAsync();

        await Expect(page.Locator(".bulk b")).ToHaveTextAsync("Выбрано 2");
        await Expect(page.Locator("[data-member] .tick input").First).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Tick_FasterThanTheLine_IsInTheAddressAsItWasLeft()
    {
        await using var line = SlowLine.To(portal.Address);
        await using var laptop = await chromium.OpenAsync(line.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members");
        await page.AliveAsync();
        var ticked = new System.Text.RegularExpressions.Regex("ticked=[0-9]{8}$");
        await page.Locator("[data-member] .tick input").Nth(1).CheckAsync();
        await Expect(page).ToHaveURLAsync(ticked);

        // Off and on again in one breath: whatever the line, the circuit knows of neither address when it does the second. Each is written down once it is answered.
        await page.EvaluateAsync("""
            () => {
              const write = history.replaceState;
              window.written = [];
              history.replaceState = function (...state) {
                write.apply(this, state);
                window.written.push(location.search);
              };
              const box = document.querySelectorAll("[data-member] .tick input")[1];
              box.click();
              box.click();
            }
            """);
        await page.WaitForFunctionAsync("() => window.written.length === 2");
        await Expect(page).ToHaveURLAsync(ticked);

        // A round trip later it is still so.
        await page.Locator("[data-member] .tick input").Nth(2).CheckAsync();
        await Expect(page.Locator(".bulk b")).ToHaveTextAsync("Выбрано 2");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("ticked=[0-9]{8}\\.[0-9]{8}$"));

        // And whoever goes on at once is not fetched back: the page is left before the tick is answered.
        await page.MarkAsync();
        await page.EvaluateAsync("""
            () => {
              document.querySelectorAll("[data-member] .tick input")[2].click();
              document.querySelector("[data-member] .name a").click();
            }
            """);
        await Expect(page.Locator(".mc-head")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/admin/members/[0-9]{8}$"));
        await page.StayedAsync();
    }

    [Fact]
    public async Task Reload_APaymentByHand_KeepsItsMembersAndMonths()
    {
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Cashier, "/admin/login", $"/admin/payments/new?member={await ExampleData.NumberOfDebtorAsync(portal)}");
        await page.AliveAsync();
        await page.Locator(".mpick").Nth(1).ClickAsync();
        await page.GetByLabel("Как заплатили").ClickAsync();
        await page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Name = "Другое" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("for=[0-9a-f]{32}.*method=Other"));
        await page.ReloadAsync();
        await page.AliveAsync();

        await Expect(page.Locator(".mpick input").Nth(0)).Not.ToBeCheckedAsync();
        await Expect(page.Locator(".mpick input").Nth(1)).ToBeCheckedAsync();
        await Expect(page.Locator("#record-method")).ToHaveValueAsync("Другое");
    }

    [Fact]
    public async Task Reload_AnImportToBook_KeepsWhatItIsToDo()
    {
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", $"/admin/members/import/{await ExampleData.ImportAsync(portal)}?step=check");
        await page.AliveAsync();
        var all = page.Locator(".import-tiles button").First;
        await Expect(all).ToHaveAttributeAsync("aria-pressed", "false");
        await all.ClickAsync();
        await Expect(all).ToHaveAttributeAsync("aria-pressed", "true");
        await page.ReloadAsync();
        await page.AliveAsync();

        await Expect(all).ToHaveAttributeAsync("aria-pressed", "true");
    }
}
