using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Payments;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.OnPhone;

/// <summary>The worker in a real browser: what it keeps, what it says without a connection, and a receipt shared as a phone shares it.</summary>
[Trait("needs", "browser")]
public sealed class WorkerBrowserTests(Chromium chromium, PortalHost portal)
{
    /// <summary>Every name in every store, with the text it keeps.</summary>
    private const string Kept = """
        async () => {
          const all = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) all.push([name, new URL(request.url).pathname, await (await cache.match(request)).text()]);
          }
          return all;
        }
        """;

    /// <summary>Sends a form with these files, as a phone does for what is shared: the browser itself goes there.</summary>
    private const string ShareIt = """
        files => {
          const form = Object.assign(document.createElement("form"), { method: "post", enctype: "multipart/form-data", action: "/share" });
          const input = Object.assign(document.createElement("input"), { type: "file", name: "files", multiple: true });
          const chosen = new DataTransfer();
          for (const [name, type, size, text] of files) chosen.items.add(new File(text ? [Uint8Array.from(atob(text), letter => letter.charCodeAt(0))] : [new Uint8Array(size)], name, { type }));
          input.files = chosen.files;
          form.append(input);
          document.body.append(form);
          form.submit();
        }
        """;

    [Fact]
    public async Task Work_WithoutAConnection_ShowsOurPageAndHasKeptNothingOfAnybody()
    {
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone, hasWorker: true);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/about");
        await page.EvaluateAsync("async () => { await (await caches.open('pages-of-an-old-version')).put('/old', new Response('old')); }");
        await page.GotoAsync("/cabinet");
        var greeting = await page.Locator("h1").TextContentAsync();
        await ReadyAsync(page);
        string[] pages = ["/cabinet", "/cabinet/payments", "/cabinet/profile", "/cabinet/share"];
        foreach (var path in pages)
        {
            await page.GotoAsync(path);
        }

        var kept = await page.EvaluateAsync<string[][]>(Kept);
        Assert.NotEmpty(kept);
        Assert.Single(kept.Select(item => item[0]).Distinct());
        Assert.DoesNotContain(kept, item => item[0] == "pages-of-an-old-version");
        Assert.All(kept, item => Assert.True(item[1] == "/offline" || item[1] == "/favicon.ico" || new[] { "/sheets/", "/scripts/", "/js/", "/img/" }.Any(folder => item[1].StartsWith(folder, StringComparison.Ordinal)), item[1]));
        var name = greeting!.Split(' ', ',', '!')[2];
        Assert.True(name.Length > 2, greeting);
        Assert.All((string[])[name, PortalHost.Debtor.Phone, "__RequestVerificationToken\" value", "data-session=\""], word => Assert.All(kept, item => Assert.DoesNotContain(word, item[2], StringComparison.Ordinal)));

        // What passes through the worker still says that a stranger led there, so the page is not compressed: see PageWeightTests.
        await page.GotoAsync($"http://localhost:{portal.Address.Port}/about");
        var led = await page.RunAndWaitForResponseAsync(() => page.EvaluateAsync("address => { location.href = address; }", new Uri(portal.Address, "/cabinet?x=1").ToString()), answer => answer.Url.EndsWith("/cabinet?x=1", StringComparison.Ordinal));
        Assert.True(led.FromServiceWorker);
        Assert.Null(await led.HeaderValueAsync("content-encoding"));

        await phone.SetOfflineAsync(true);
        await page.GotoAsync("/cabinet/payments");
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Нет интернета" })).ToBeVisibleAsync();
        Assert.Equal("rgb(250, 247, 241)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));

        await phone.SetOfflineAsync(false);
        await Expect(page.Locator("nav.nav")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Share_AReceipt_WaitsUntilItIsAttachedToThePaymentChosen(bool isSignedIn)
    {
        var owner = isSignedIn ? PortalHost.Debtor : DemoData.Accounts[4];
        using var own = PortalHost.Start("Development");
        await using var phone = await chromium.OpenAsync(own.Address, Chromium.Phone, hasWorker: true);
        var page = await phone.SignInAsync(owner, to: "/cabinet/pay");
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        await Expect(page.Locator("form[data-receipts]")).ToHaveCountAsync(1);
        var intent = new Uri(page.Url).Segments[^1];
        if (!isSignedIn)
        {
            await phone.ClearCookiesAsync();
            await page.GotoAsync("/auth/login");
        }

        await ReadyAsync(page);
        await page.EvaluateAsync(ShareIt, new object[] { new object?[] { "чек Kaspi.jpg", "image/jpeg", 0, Convert.ToBase64String(TestPictures.Jpeg(640, 480)) } });
        if (!isSignedIn)
        {
            await Expect(page).ToHaveURLAsync(new Regex("/auth/login[?]"));
            await page.GetByLabel("Телефон").FillAsync(owner.Phone);
            await page.GetByLabel("Пароль", new PageGetByLabelOptions { Exact = true }).FillAsync(owner.Password);
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Войти", Exact = true }).ClickAsync();
        }

        await Expect(page).ToHaveURLAsync(new Regex("/cabinet/share$"));
        await Expect(page.Locator("[data-shared-name]")).ToHaveTextAsync("чек Kaspi.jpg");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Приложить этот чек" }).ClickAsync();

        // Whoever presses before the page is alive sees it where the form notes what was taken.
        await Expect(page.Locator("[data-listed] .filerow, [data-taken] .filerow")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-shared]")).ToBeHiddenAsync();
        Assert.False(await page.EvaluateAsync<bool>("() => caches.has('shared')"));
        await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "К этой оплате" })).ToHaveAttributeAsync("href", $"/cabinet/pay/{intent}");
    }

    /// <summary>What is no receipt is told of, and what is one beside it is kept.</summary>
    [Fact]
    public async Task Share_WhatIsNoReceipt_IsToldAndTheRestIsKept()
    {
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone, hasWorker: true);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/share");
        await ReadyAsync(page);
        (object?[][] Files, string? Says, int Kept)[] shares =
        [
            ([], "только текст", 0),
            ([["речь.txt", "text/plain", 20, null]], "Такой файл не открыть", 0),
            ([["большой.pdf", "application/pdf", 12 * 1024 * 1024, null]], "10 МБ", 0),
            ([.. Enumerable.Range(1, 5).Select(number => new object?[] { $"{number}.png", "image/png", 100 + number, null })], null, 5),
            ([["a.png", "image/png", 10, null], ["b.txt", "text/plain", 10, null]], "Такой файл не открыть", 1),
        ];
        foreach (var (files, says, kept) in shares)
        {
            await page.MarkAsync();
            await page.EvaluateAsync(ShareIt, files);
            await page.WaitForFunctionAsync("() => window.stayedHere !== true");
            await Expect(page).ToHaveURLAsync(new Regex(says is null ? "/cabinet/share$" : "[?]refused="));
            if (says is not null)
            {
                await Expect(page.Locator("main [role=status]").First).ToContainTextAsync(says);
            }

            Assert.Equal(kept, (await page.EvaluateAsync<string[][]>(Kept)).Count(item => item[0] == "shared"));
        }

        // Whoever signs out leaves nothing behind.
        await page.GotoAsync("/cabinet/profile");
        await page.AliveAsync();
        await page.Locator("form[data-sign-out] button:visible").First.ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("/cabinet"));
        await page.WaitForFunctionAsync("async () => !await caches.has('shared')");
    }

    /// <summary>As a push service delivers it: shown in the words that came, and it leads where it says.</summary>
    [Fact]
    public async Task Tell_WhatThePortalSent_IsShownInItsWords()
    {
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone, hasWorker: true);
        await phone.GrantPermissionsAsync(["notifications"]);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet");
        await ReadyAsync(page);
        var browser = await phone.NewCDPSessionAsync(page);
        var known = new TaskCompletionSource<string>();
        browser.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, said) =>
        {
            if (said?.GetProperty("registrations") is { } all && all.GetArrayLength() > 0)
            {
                known.TrySetResult(all[0].GetProperty("registrationId").GetString()!);
            }
        };
        await browser.SendAsync("ServiceWorker.enable");
        await browser.SendAsync("ServiceWorker.deliverPushMessage", new Dictionary<string, object>
        {
            ["origin"] = portal.Address.GetLeftPart(UriPartial.Authority),
            ["registrationId"] = await known.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken),
            ["data"] = """{"tag":"1","title":"Жарна қабылданды","text":"Төленді: наурыз.","link":"/cabinet/payments","language":"kk"}""",
        });

        var shown = await page.WaitForFunctionAsync("async () => { const [told] = await (await navigator.serviceWorker.ready).getNotifications(); return told && [told.title, told.body, told.data, told.lang]; }");
        Assert.Equal(["Жарна қабылданды", "Төленді: наурыз.", "/cabinet/payments", "kk"], await shown.JsonValueAsync<string[]>());
    }

    /// <summary>A picture that was copied is pasted on a laptop where a receipt is asked for.</summary>
    [Fact]
    public async Task Paste_APicture_IsAttachedAsIfItWereChosen()
    {
        using var own = PortalHost.Start("Development");
        await using var laptop = await chromium.OpenAsync(own.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Debtor, to: "/cabinet/pay");
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        await Expect(page.Locator("form[data-receipts]")).ToHaveCountAsync(1);

        await page.EvaluateAsync(
            """
            text => {
              const data = new DataTransfer();
              data.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], "image.jpg", { type: "image/jpeg" }));
              document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """, Convert.ToBase64String(TestPictures.Jpeg(640, 480)));

        await Expect(page.Locator("[data-listed] .filerow")).ToHaveCountAsync(1);
    }

    /// <summary>Told by the browser that it can be put on the first screen: on the cabinet of who has paid, until it is pressed away.</summary>
    [Fact]
    public async Task Hint_OnACabinetThatHasPaid_IsShownUntilItIsPressedAway()
    {
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        await phone.AddInitScriptAsync("addEventListener('load', () => dispatchEvent(new Event('beforeinstallprompt', { cancelable: true })))");
        var page = await phone.SignInAsync(DemoData.Accounts[3], to: "/cabinet");
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Не нужно" }).ClickAsync();
        await Expect(page.Locator("[data-install]")).ToBeHiddenAsync();

        await page.ReloadAsync();
        await page.AliveAsync();
        await Expect(page.Locator("[data-install]")).ToBeHiddenAsync();

        // The new member has paid nothing yet.
        await using var other = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var theirs = await other.SignInAsync(DemoData.Accounts[4], to: "/cabinet");
        await Expect(theirs.Locator("[data-install]")).ToHaveCountAsync(0);
    }

    /// <summary>Until the worker takes what the next page asks for.</summary>
    private static Task ReadyAsync(IPage page) => page.EvaluateAsync("async () => { const { active } = await navigator.serviceWorker.ready; while (active.state !== 'activated') await new Promise(then => active.addEventListener('statechange', then, { once: true })); }");
}
