using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Domain.Members;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Shared.Look;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Cards;

/// <summary>A card on its member's phone, on a stranger's, and at the door with and without a connection.</summary>
[Trait("needs", "browser")]
public sealed class CardBrowserTests(Chromium chromium, ITestOutputHelper output)
{
    private static readonly DemoAccount Payer = DemoData.Accounts[3];

    /// <summary>The browser here has neither a camera nor a reader of codes: what the camera would see is told to the page.</summary>
    private const string Camera = """
        navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
        window.BarcodeDetector = class { async detect() { return window.held ? [{ rawValue: window.held }] : []; } };
        """;

    [Fact]
    public async Task Scan_WithTheNetworkCut_KnowsTheCardAndRefusesItWhenItIsListed()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var card = await phone.SignInAsync(Payer, to: "/cabinet/card");
        await card.AliveAsync();

        // As a camera sees it on the screen of a phone.
        var address = PictureCode.TextOf(await card.Locator("[data-card] .qrbox").ScreenshotAsync(), TestContext.Current.CancellationToken)!;
        Assert.StartsWith($"{portal.Address}card/verify#", address, StringComparison.Ordinal);
        await VerifyAsync(portal, address);
        await SaveAsync(card);
        await card.GotoAsync("/cabinet/payments/paper");
        await card.AliveAsync();
        Assert.Equal(await card.Locator("[data-check]").GetAttributeAsync("href"), PictureCode.TextOf(await card.Locator("[data-check]").ScreenshotAsync(), TestContext.Current.CancellationToken));

        await using var entrance = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        await entrance.AddInitScriptAsync(Camera);
        var door = await entrance.SignInAsync(PortalHost.Cashier, "/admin/login", "/admin/door");
        await door.AliveAsync();
        await door.WaitForFunctionAsync("() => JSON.parse(localStorage.door ?? null)?.list");
        await entrance.SetOfflineAsync(true);
        await door.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Включить камеру" }).ClickAsync();
        await HoldAsync(door, address);
        await Expect(door.GetByText("Проходите")).ToBeVisibleAsync();
        await HoldAsync(door, null);
        await HoldAsync(door, address);
        await Expect(door.GetByText("Этот билет сегодня уже был")).ToBeVisibleAsync();
        await Expect(door.Locator("[data-door-count]")).ToHaveTextAsync("1");
        await HoldAsync(door, null);
        await HoldAsync(door, address[..^1] + (address[^1] == 'A' ? 'B' : 'A'));
        await Expect(door.GetByText("Это не наш билет")).ToBeVisibleAsync();
        output.WriteLine("A card is checked in the browser, without a connection, in {0:0.0} ms.", await door.EvaluateAsync<double>("""
            async code => {
              const { read } = await import("/js/card.js");
              const { list } = JSON.parse(localStorage.door);
              const since = performance.now();
              for (let time = 0; time < 20; time++) if ((await read(code, list)).state !== "valid") throw new Error("it holds no more");
              return (performance.now() - since) / 20;
            }
            """, address.Split('#')[1]));

        var before = await door.EvaluateAsync<int>("() => JSON.parse(localStorage.door).list.revoked.length");
        await BlockAsync(portal);
        await HoldAsync(door, null);
        await entrance.SetOfflineAsync(false);
        await door.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Обновить список" }).ClickAsync();
        await door.WaitForFunctionAsync("before => JSON.parse(localStorage.door).list.revoked.length > before", before);
        await entrance.SetOfflineAsync(true);
        await HoldAsync(door, address);
        await Expect(door.GetByText("Билет не действителен")).ToBeVisibleAsync();
    }

    /// <summary>Two doors without a connection each let the card in; with one they agree, and the next card is known at the other door at once.</summary>
    [Fact]
    public async Task Enter_AtTwoDoors_IsCountedOnceAndKnownAtBoth()
    {
        using var portal = PortalHost.Start(Environments.Development);
        var code = await Screens.ExampleData.CardAsync(portal);
        await using var front = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        await using var back = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        List<IPage> doors = [];
        foreach (var (device, who) in new[] { (front, PortalHost.Cashier), (back, PortalHost.Admin) })
        {
            await device.AddInitScriptAsync(Camera);
            var door = await device.SignInAsync(who, "/admin/login", "/admin/door");
            await door.AliveAsync();
            await door.WaitForFunctionAsync("() => JSON.parse(localStorage.door ?? null)?.since");
            await door.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Включить камеру" }).ClickAsync();
            doors.Add(door);
        }

        await front.SetOfflineAsync(true);
        await HoldAsync(doors[0], code);
        await Expect(doors[0].GetByText("Проходите")).ToBeVisibleAsync();
        await Expect(doors[0].GetByText("Ещё не передано другим дверям: 1")).ToBeVisibleAsync();
        await front.SetOfflineAsync(false);

        // Nobody touches the other one.
        await Expect(doors[1].Locator("[data-door-count]")).ToHaveTextAsync("1");
        await HoldAsync(doors[1], code);
        await Expect(doors[1].Locator("[data-state=again]")).ToHaveTextAsync(new Regex(@"Этот билет сегодня уже был\s*вход в \d\d:\d\d"));
        await Expect(doors[0].GetByText("Ещё не передано другим дверям")).ToBeHiddenAsync();

        await doors[1].GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Новое мероприятие" }).ClickAsync();
        await doors[1].Locator("#door-name").FillAsync("Новруз байрам");
        await doors[1].GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Начать с нуля" }).ClickAsync();
        await Expect(doors[0].GetByText("Новруз байрам")).ToBeVisibleAsync();
        await Expect(doors[0].Locator("[data-door-count]")).ToHaveTextAsync("0");
    }

    private async Task VerifyAsync(PortalHost portal, string address)
    {
        await using var stranger = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await stranger.NewPageAsync();
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Билет действителен" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-name]")).ToHaveTextAsync(new Regex(@"^\S+ \S\.$"));
        Assert.DoesNotContain(Payer.Phone[2..], Regex.Replace(await page.ContentAsync(), "\\D", ""), StringComparison.Ordinal);
        await page.GotoAsync(address[..^1] + (address[^1] == 'A' ? 'B' : 'A'));
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Такого билета нет" })).ToBeVisibleAsync();
        await page.GotoAsync("/card/verify#");
        await Expect(page.GetByText("Наведите камеру телефона")).ToBeVisibleAsync();
    }

    /// <summary>The picture can be scanned as the page can.</summary>
    private static async Task SaveAsync(IPage card)
    {
        await card.EvaluateAsync("() => { navigator.canShare = () => false; }");
        var saved = await card.RunAndWaitForDownloadAsync(() => card.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Сохранить картинкой" }).ClickAsync());
        Assert.Equal("bilet.png", saved.SuggestedFilename);
        var picture = await File.ReadAllBytesAsync(await saved.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains("/card/verify#", PictureCode.TextOf(picture, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Waits until the page has noticed.</summary>
    private static async Task HoldAsync(IPage door, string? code)
    {
        await door.EvaluateAsync("code => { window.held = code; }", code);
        await Expect(door.Locator(code is null ? "[data-door]:not([data-sees])" : "[data-door][data-sees]")).ToHaveCountAsync(1);
    }

    private static async Task BlockAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IStore>();
        var (admin, member) = await store.ReadAsync(async work => (await work.Members.IdOfAsync(PhoneNumber.Parse(PortalHost.Admin.Phone)), await work.Members.IdOfAsync(PhoneNumber.Parse(Payer.Phone))));
        await scope.ServiceProvider.GetRequiredService<MemberService>().BlockAsync(new Actor(admin, "127.0.0.1", "tests"), member!.Value, new BlockMemberForm { Reason = "номер передан другому" });
    }
}
