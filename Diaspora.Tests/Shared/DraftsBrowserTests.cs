using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Shared;

/// <summary>What is typed and not saved outlives whatever happens to the page, in its tab alone.</summary>
[Trait("needs", "browser")]
public sealed class DraftsBrowserTests(Chromium chromium, PortalHost portal)
{
    private const string Profile = "/cabinet/profile";

    private const string Unload = "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))";

    [Fact]
    public async Task Type_ThenThePortalIsKilledAndStarted_IsThereAndIsSaved()
    {
        var first = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(first.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: Profile);
        await page.AliveAsync();
        await page.Locator("#city").FillAsync("Актау");
        await page.Locator("#email").FillAsync("elchin@example.kz");

        line.Cut();
        using var second = first.Restart();
        line.Lead(second.Address);
        line.Restore();
        await page.ReloadAsync();
        await page.AliveAsync();
        await Expect(page.Locator("#city")).ToHaveValueAsync("Актау");
        await Expect(page.Locator("#email")).ToHaveValueAsync("elchin@example.kz");
        await Expect(Told(page)).ToContainTextAsync("Вернули то, что вы не сохранили: E-mail, Город");

        // The new circuit knows it too.
        await page.Locator("form[data-saved] button[type=submit]").ClickAsync();
        await Expect(page.Locator("#current-password")).ToBeVisibleAsync();
        await page.Locator("#current-password").FillAsync(PortalHost.Debtor.Password);
        await page.Locator("form[data-saved] button[type=submit]").ClickAsync();
        await Expect(page.GetByText("Сохранено")).ToBeVisibleAsync();
        await Expect(Told(page)).ToHaveCountAsync(0);
        Assert.Null(await KeptAsync(page));
        await page.ReloadAsync();
        await page.AliveAsync();
        await Expect(page.Locator("#city")).ToHaveValueAsync("Актау");
        await Expect(Told(page)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Type_BeforeThePageIsLive_GoesOnWhereItWas()
    {
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        await phone.SendSignInAsync(PortalHost.Debtor);
        var page = await phone.NewPageAsync();
        var script = new TaskCompletionSource();
        await page.RouteAsync("**/_framework/blazor.web*.js", async route =>
        {
            await script.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(Profile, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        var city = page.Locator("#city");
        await city.FillAsync("Аау");
        await city.PressAsync("ArrowLeft");
        await city.PressAsync("ArrowLeft");
        script.SetResult();
        await page.AliveAsync();
        await Expect(city).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("кт");
        await Expect(city).ToHaveValueAsync("Актау");
        await Expect(Told(page)).ToHaveCountAsync(0);

        // A script takes the focus away in the middle of a word, and after it; and parts without a field come and go without a write.
        const string toHeading = "() => { document.querySelector('h1').tabIndex = -1; document.querySelector('h1').focus(); return document.activeElement.id || document.activeElement.localName; }";
        await page.Keyboard.TypeAsync("у");
        Assert.Equal("city", await page.EvaluateAsync<string>(toHeading));
        await page.Keyboard.TypeAsync("у");
        var typedAt = await page.EvaluateAsync<double>("() => Date.now()");
        await page.WaitForFunctionAsync("at => Date.now() - at > 1000", typedAt);
        Assert.Equal("h1", await page.EvaluateAsync<string>(toHeading));
        Assert.Equal(0, await page.EvaluateAsync<int>(
            """
            async () => {
              let writes = 0;
              const write = Storage.prototype.setItem;
              Storage.prototype.setItem = function (...what) { writes++; write.apply(this, what); };
              const part = document.createElement("p");
              document.body.append(part);
              part.remove();
              await new Promise(next => setTimeout(next));
              return writes;
            }
            """));
    }

    [Fact]
    public async Task Appear_WhatSomebodyElseChangedMeanwhile_IsOfferedAndNotWrittenOver()
    {
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: Profile);
        await page.AliveAsync();
        var city = page.Locator("#city");
        var stored = await city.InputValueAsync();
        await city.FillAsync("Актау");

        // As it would be had the page been opened before the change.
        await ChangeKeptAsync(page, "draft.seen = 'Семей'");
        await page.ReloadAsync();
        await page.AliveAsync();
        await Expect(city).ToHaveValueAsync(stored);
        await Expect(Told(page)).ToContainTextAsync("Город: «Актау»");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Вставить моё" }).ClickAsync();
        await Expect(city).ToHaveValueAsync("Актау");
        await Expect(city).ToBeFocusedAsync();
        await Expect(Told(page)).ToHaveCountAsync(0);

        // Thought better of.
        await page.ReloadAsync();
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Убрать" }).ClickAsync();
        await Expect(city).ToHaveValueAsync(stored);
        Assert.Null(await KeptAsync(page));

        // After a day, and for who signs in after that.
        await city.FillAsync("Актау");
        await ChangeKeptAsync(page, "draft.at -= 25 * 3600 * 1000");
        await page.ReloadAsync();
        await page.AliveAsync();
        await Expect(city).ToHaveValueAsync(stored);
        await city.FillAsync("Актау");
        await phone.ClearCookiesAsync();
        await phone.SendSignInAsync(PortalHost.Debtor);
        await page.GotoAsync(Profile);
        await page.AliveAsync();
        await Expect(city).ToHaveValueAsync(stored);
        Assert.Null(await KeptAsync(page));

        await city.FillAsync("Актау");
        await page.Locator(".settings [data-sign-out] button").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/auth/login|/$"));
        Assert.Null(await KeptAsync(page));
        Assert.Equal(0, await page.EvaluateAsync<int>("() => localStorage.length"));
    }

    [Fact]
    public async Task Type_IntoADialog_IsKeptForThatOneUntilAButtonDecides()
    {
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members");
        await page.AliveAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var reason = dialog.Locator("#block-reason");
        async Task BlockAsync(int row)
        {
            await page.Locator("[data-menu]").Nth(row).ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Заблокировать" }).ClickAsync();
            await Expect(reason).ToBeVisibleAsync();
        }

        await BlockAsync(0);
        await reason.FillAsync("Уехал навсегда");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await BlockAsync(1);
        await Expect(reason).ToHaveValueAsync("");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);

        // The dialog's entry of the history is on its way out; a browser does one step at a time.
        await page.WaitForFunctionAsync("() => !history.state?.layer");
        await page.ReloadAsync();
        await page.AliveAsync();
        await BlockAsync(0);
        await Expect(reason).ToHaveValueAsync("Уехал навсегда");
        await Expect(dialog.Locator("[data-told]")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Не блокировать" }).Or(dialog.Locator(".mud-dialog-actions .mud-button-outlined")).First.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await BlockAsync(0);
        await Expect(reason).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Leave_WithSomethingTyped_IsAskedAndFindsItAgain()
    {
        // Its own: a member who changes the language keeps it.
        using var mine = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(mine.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet");
        await page.AliveAsync();
        await page.Locator(".nav a[href='/cabinet/profile']").ClickAsync();
        var (city, question) = (page.Locator("#city"), page.Locator("#leave"));
        var stored = await city.InputValueAsync();
        await city.FillAsync("Актау");

        await page.Locator(".nav a[href='/cabinet/payments']").ClickAsync();
        await Expect(question).ToBeVisibleAsync();
        await question.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Остаться" }).ClickAsync();
        await Expect(question).ToBeHiddenAsync();
        await Expect(city).ToHaveValueAsync("Актау");

        await page.GoBackAsync();
        await Expect(question).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/profile$"));
        await question.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Уйти" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/cabinet$"));
        await Expect(page.Locator(".cab .tile").First).ToBeVisibleAsync();

        await page.GoForwardAsync();
        await Expect(city).ToHaveValueAsync("Актау");
        await Expect(Told(page)).ToBeVisibleAsync();

        // The language is changed without a question, and nothing is lost by it.
        await page.Locator("a[lang=kk]:visible").First.ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "kk");
        await page.AliveAsync();
        await Expect(city).ToHaveValueAsync("Актау");
        await Expect(Told(page)).ToContainTextAsync("Сақталмаған жазғаныңызды қайтардық");

        // Closing the tab is asked about by the browser, when the page asks it to.
        Assert.True(await page.EvaluateAsync<bool>(Unload));
        await city.FillAsync(stored);
        Assert.False(await page.EvaluateAsync<bool>(Unload));
    }

    private static ILocator Told(IPage page) => page.Locator("[data-told]");

    private static Task<string?> KeptAsync(IPage page) => page.EvaluateAsync<string?>("() => sessionStorage.getItem('drafts')");

    /// <summary>As the next page finds it, whatever this one has in mind.</summary>
    private static Task ChangeKeptAsync(IPage page, string change) => page.EvaluateAsync(
        $"() => addEventListener('pagehide', () => {{ const kept = JSON.parse(sessionStorage.getItem('drafts')); for (const draft of Object.values(kept.drafts)) {change}; sessionStorage.setItem('drafts', JSON.stringify(kept)); }})");
}
