using Diaspora.Tests.Hosting;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Screens;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Line;

/// <summary>What is offered again is what was pressed, by whoever pressed it; and what the browser lacks or refuses stops no page.</summary>
[Trait("needs", "browser")]
public sealed class OfferBrowserTests(Chromium chromium, SlowQueue queue) : IClassFixture<SlowQueue>
{
    /// <summary>As when the circuit was replaced: the new one knows of no press.</summary>
    private const string Replaced =
        "() => line.live({ invokeMethodAsync: name => Promise.resolve(name === 'Beat' ? { at: Date.now(), isTooOld: false } : false) }, Date.now())";

    [Fact]
    public async Task Offer_ForOnePayment_IsNeverPressedOnAnother()
    {
        await using var laptop = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        var page = await queue.OpenAsync(laptop);
        var ids = await page.Locator("[data-intent]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.intent)");
        await page.Locator(".q-row .name").Nth(1).ClickAsync();
        await Expect(page.Locator("#queue")).ToHaveAttributeAsync("data-open", ids[1]);

        // Pressed over a line that is frozen, and the circuit is another one: nobody knows whether it was performed. Said to have been made a minute ahead, so that it is
        // not too old when the line is back, however long this takes.
        queue.Line.Freeze();
        try
        {
            await page.Locator("[data-panel] [data-decide=confirm]").EvaluateAsync(
                "button => { const now = performance.now; performance.now = () => now.call(performance) + 60000; button.click(); performance.now = now; }");
            await page.EvaluateAsync(Replaced);
            await Expect(Says(page)).ToContainTextAsync("Неизвестно, дошло ли нажатие «Подтвердить · Оплата");
            await Expect(Again(page)).ToBeVisibleAsync();
        }
        finally
        {
            queue.Line.Restore();
        }

        // It was, and the panel has gone on to the next payment.
        await Expect(page.Locator("#queue")).ToHaveAttributeAsync("data-open", ids[2]);
        await Expect(Again(page)).ToHaveCountAsync(0);
        await Expect(page.Locator($"[data-intent='{ids[2]}'] [data-decide=confirm]")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("document.documentElement.dataset.session", 1)]
    [InlineData("'another'", 0)]
    public async Task Offer_KeptByThePageBefore_IsForTheSameSessionOnly(string session, int offers)
    {
        await using var laptop = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        var page = await queue.OpenAsync(laptop);
        await page.EvaluateAsync(
            $$"""
            () => {
              const key = `[data-intent="${document.querySelector("[data-intent]").dataset.intent}"]`;
              sessionStorage.setItem("line-pressed", JSON.stringify({ session: {{session}}, name: "Подтвердить", place: key, whose: key, where: location.pathname + location.search, path: location.pathname, at: Date.now() - 20000 }));
            }
            """);
        await page.ReloadAsync();
        await page.AliveAsync();

        // What the page recalls, it recalls in the turn after it is alive.
        await page.EvaluateAsync("() => new Promise(next => setTimeout(next))");
        await Expect(page.Locator("#line [data-when=missed]:not([hidden])")).ToHaveCountAsync(offers);
        await page.EvaluateAsync("() => sessionStorage.setItem('line-pressed', '{}')");
        await page.Locator("[data-sign-out]").First.EvaluateAsync("form => form.requestSubmit()");
        await Expect(page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/admin/payments"));
        Assert.Null(await page.EvaluateAsync<string?>("() => sessionStorage.getItem('line-pressed')"));
    }

    [Fact]
    public async Task Send_ARealFormWhoseCircuitIsGone_IsSentByTheBrowserWithItsChoiceInTheAddress()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/pay");
        await page.AliveAsync();
        var posted = page.WaitForRequestAsync(request => request.Method == "POST" && request.IsNavigationRequest);
        var address = await page.EvaluateAsync<string>(
            "() => { document.documentElement.dataset.line = 'stale'; document.querySelector('.dock button[type=submit]').click(); return location.search; }");
        Assert.Contains("months=20", address, StringComparison.Ordinal);
        Assert.Contains("months=20", (await posted).PostData, StringComparison.Ordinal);
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cabinet/pay/[0-9a-f-]{36}"));
    }

    /// <summary>The circuit drops such a call without an answer: the box waited for one, and followed the page no more.</summary>
    [Fact]
    public async Task Tick_ThatCameTooLate_IsTakenBackAndItsBoxFollowsThePageAgain()
    {
        await using var laptop = await chromium.OpenAsync(queue.Portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members");
        await page.AliveAsync();
        var box = page.Locator("[data-member] .tick input").Nth(1);
        await box.EvaluateAsync("box => { const now = performance.now; performance.now = () => now.call(performance) - 6000; box.click(); performance.now = now; }");
        await Expect(page.Locator("#line [data-when=missed]:not([hidden])")).ToHaveCountAsync(1);
        await Expect(box).Not.ToBeCheckedAsync();

        await page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = "Выбрать всех на странице" }).CheckAsync();
        await Expect(page.Locator("[data-member] .tick input:checked")).ToHaveCountAsync(await page.Locator("[data-member]").CountAsync());
        await Expect(box).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Open_InABrowserThatRefusesItsStorageAndKnowsLess_IsAliveAndHasItsKeys()
    {
        await using var laptop = await chromium.OpenAsync(queue.Portal.Address, Chromium.Laptop);
        await laptop.AddInitScriptAsync(
            """
            delete window.BroadcastChannel;
            delete Element.prototype.checkVisibility;
            Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("refused", "SecurityError"); } });
            const [knows, find] = [CSS.supports, Document.prototype.querySelector];
            CSS.supports = (...asked) => !String(asked[0]).includes(":has(") && knows.apply(CSS, asked);
            Document.prototype.querySelector = function (what) {
              if (what.includes(":has(")) throw new DOMException("unknown", "SyntaxError");
              return find.call(this, what);
            };
            """);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members");
        await page.AliveAsync();
        await page.EvaluateAsync("() => document.activeElement?.blur()");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("[data-member]:focus")).ToHaveCountAsync(1);
    }

    private static ILocator Says(IPage page) => page.Locator("#line [data-when]:not([hidden])");

    private static ILocator Again(IPage page) => page.Locator("#line [data-when=missed]:not([hidden]) [data-again]:not([hidden])");
}
