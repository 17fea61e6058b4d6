using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Speed;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Payments;

/// <summary>What a member has ticked stays ticked, whatever happens to the page; and ticking costs next to nothing. On a portal of its own, which is started again.</summary>
[Trait("needs", "browser")]
public sealed class ChoiceBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Tick_SomeMonths_AreTheSameAfterReloadRestartAndBack()
    {
        var first = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(first.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/pay");
        await page.AliveAsync();
        var boxes = page.Locator(".picks input:enabled");
        await boxes.Nth(1).SetCheckedAsync(true, new LocatorSetCheckedOptions { Force = true });
        await boxes.Nth(2).SetCheckedAsync(true, new LocatorSetCheckedOptions { Force = true });
        await Expect(Sum(page)).ToHaveTextAsync("6\u00A0000\u00A0₸");
        await Expect(boxes.Nth(2)).ToBeFocusedAsync();
        await page.ReloadAsync();
        Assert.Equal((3, "6\u00A0000\u00A0₸"), (await page.Locator(".picks input:checked").CountAsync(), await Sum(page).InnerTextAsync()));

        await page.AliveAsync();
        line.Cut();
        using var portal = first.Restart();
        line.Lead(portal.Address);
        line.Restore();
        await page.ReloadAsync();
        await page.AliveAsync();
        Assert.Equal((3, "6\u00A0000\u00A0₸"), (await page.Locator(".picks input:checked").CountAsync(), await Sum(page).InnerTextAsync()));

        // Nothing at all is a choice too, and so is a ready one.
        for (var left = 3; left > 0; left--)
        {
            await page.Locator(".picks input:checked").First.SetCheckedAsync(false, new LocatorSetCheckedOptions { Force = true });
            await Expect(page.Locator(".picks input:checked")).ToHaveCountAsync(left - 1);
        }

        await page.ReloadAsync();
        Assert.Equal(0, await page.Locator(".picks input:checked").CountAsync());
        await Expect(page.Locator(".dock").GetByText("Выберите хотя бы один месяц")).ToBeVisibleAsync();
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { NameRegex = new Regex("^Оплатить весь долг") }).ClickAsync();
        await Expect(Sum(page)).ToHaveTextAsync("4\u00A0000\u00A0₸");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ещё месяцы" }).ClickAsync();
        await Expect(boxes).ToHaveCountAsync(14);
        await page.ReloadAsync();
        Assert.Equal((14, "4\u00A0000\u00A0₸"), (await boxes.CountAsync(), await Sum(page).InnerTextAsync()));

        // None of it is in the way back; and the first step, come back to, says what is being paid already.
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/cabinet/pay/[0-9a-f-]{36}"));
        var (step, code) = (page.Url, await page.Locator(".copy .v").Nth(1).InnerTextAsync());
        await page.GoBackAsync();
        var paying = page.Locator(".paying");
        await Expect(paying).ToContainTextAsync(code);
        await Expect(paying).ToContainTextAsync("4\u00A0000\u00A0₸");
        await Expect(page.GetByText("мы его уже отметили")).ToHaveCountAsync(0);
        await Expect(page.GetByText("0\u00A0₸", new PageGetByTextOptions { Exact = true })).ToHaveCountAsync(0);
        await Expect(page.Locator(".dock").GetByText("Выберите хотя бы один месяц")).ToBeVisibleAsync();
        await paying.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Продолжить" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(step);
    }

    [Fact]
    public async Task Tick_BeforeTheCircuitIsAlive_Stays()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);

        // When all scripts listen; the circuit comes some round trips later.
        await phone.AddInitScriptAsync(
            """
            document.addEventListener("DOMContentLoaded", () => {
              document.querySelectorAll(".picks input")[1]?.click();
              const sum = document.querySelector(".tot .muted");
              window.early = document.documentElement.dataset.line !== "live" && !!sum && getComputedStyle(sum).visibility === "hidden";
            });
            """);
        await phone.SendSignInAsync(PortalHost.Debtor);
        var page = await phone.NewPageAsync();
        await page.GotoAsync("/cabinet/pay");
        await page.AliveAsync();
        await Expect(page.Locator(".tot .muted")).ToBeVisibleAsync();

        await Expect(page.Locator(".picks input").Nth(1)).ToBeCheckedAsync();
        await Expect(Sum(page)).ToHaveTextAsync("4\u00A0000\u00A0₸");
        Assert.True(await page.EvaluateAsync<bool>("() => window.early"), "The circuit was there before the tick: nothing was tried.");
    }

    [Fact]
    public async Task Tick_FasterThanTheLine_LastsAsThePersonLeftIt()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address, TimeSpan.FromMilliseconds(200));
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/pay");
        await page.AliveAsync();

        // The answer to the first press arrives after the second one, and before the third.
        var turnedBack = await page.EvaluateAsync<bool>("""
            () => new Promise(done => {
              const box = at => document.querySelectorAll(".picks input:enabled")[at];
              let turnedBack = false;
              box(1).click();
              setTimeout(() => box(1).click(), 200);
              setTimeout(() => { turnedBack = box(1).checked; box(2).click(); done(turnedBack); }, 520);
            })
            """);
        await Expect(Sum(page)).ToHaveTextAsync("4\u00A0000\u00A0₸");
        await Expect(page).ToHaveURLAsync(new Regex("months=[0-9]{4}-[0-9]{2},[0-9]{4}-[0-9]{2}$"));
        await Expect(page.Locator(".picks input:enabled").Nth(1)).Not.ToBeCheckedAsync();
        await Expect(page.Locator(".picks input:enabled").Nth(2)).ToBeCheckedAsync();
        Assert.False(turnedBack, "A late answer ticked the month again.");
    }

    [Fact]
    public async Task Tick_InTheSameRoundTripAsAReadyChoice_IsAddedToIt()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address, TimeSpan.FromMilliseconds(200));
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/pay");
        await page.AliveAsync();
        var steps = await page.EvaluateAsync<int>("() => history.length");

        // Of six months some have no box yet; the first is taken out again.
        await page.EvaluateAsync("""
            () => {
              [...document.querySelectorAll(".quick a")].find(link => link.textContent.trim().startsWith("6")).click();
              document.querySelectorAll(".picks input:enabled")[0].click();
            }
            """);
        Assert.Equal("5", await page.EvaluateAsync<string>("() => new URLSearchParams(location.search).get('months').split(',').length + ''"));
        await Expect(Sum(page)).ToHaveTextAsync("10\u00A0000\u00A0₸");
        await Expect(page.Locator(".picks input:enabled").First).Not.ToBeCheckedAsync();
        await Expect(page.Locator(".picks input:checked")).ToHaveCountAsync(5);
        Assert.Equal(steps, await page.EvaluateAsync<int>("() => history.length"));
    }

    [Fact]
    public async Task Tick_AMonth_AsksNothingOfTheDatabaseAndSendsLittle()
    {
        using var counter = new QueryCounter();
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        await phone.SendSignInAsync(PortalHost.Debtor);
        var page = await phone.NewPageAsync();
        var (frames, bytes) = (0, 0);
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => (frames, bytes) = (frames + 1, bytes + (frame.Binary?.Length ?? frame.Text?.Length ?? 0));
        await page.GotoAsync("/cabinet/pay");
        await page.AliveAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await portal.TrailWrittenAsync();
        Assert.NotEmpty(counter.Restart(portal.Folder));

        // What a page tells of itself when it comes has come before the answer to a press, however late it is.
        await TickAsync(1, "4\u00A0000\u00A0₸");
        (frames, bytes) = (0, 0);
        await TickAsync(2, "6\u00A0000\u00A0₸");
        Assert.True(frames is > 0 and <= 4 && bytes <= 6_000, $"{frames} messages of {bytes} bytes for one tick");

        // The portal's tasks ask something now and then, but nothing as often as there are presses.
        await TickAsync(2, "4\u00A0000\u00A0₸", isOn: false);
        await TickAsync(2, "6\u00A0000\u00A0₸");
        await TickAsync(2, "4\u00A0000\u00A0₸", isOn: false);
        Assert.DoesNotContain(counter.Queries.CountBy(query => query), query => query.Value >= 5);

        async Task TickAsync(int month, string sum, bool isOn = true)
        {
            await page.Locator(".picks input:enabled").Nth(month).SetCheckedAsync(isOn, new LocatorSetCheckedOptions { Force = true });
            await Expect(Sum(page)).ToHaveTextAsync(sum);
        }
    }

    private static ILocator Sum(IPage page) => page.Locator(".dock .tot b");
}
