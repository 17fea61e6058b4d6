using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Payments;

/// <summary>A phone that went to the gallery and back: its circuit is gone, its files arrive all the same. And what the cashier sees of one sent twice.</summary>
[Trait("needs", "browser")]
public sealed class UploadBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Attach_WhileTheCircuitIsDead_ArrivesSaysSoAndIsListedWhenTheCircuitIsBack()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var (isAway, sockets) = (false, new List<IWebSocketRoute>());
        await phone.RouteAsync("**/_blazor/**", route => isAway ? route.AbortAsync() : route.ContinueAsync());
        await phone.RouteWebSocketAsync("**/_blazor*", socket =>
        {
            if (!isAway)
            {
                socket.ConnectToServer();
                sockets.Add(socket);
            }
        });
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/pay");
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        var files = page.Locator("form[data-receipts] input[type=file]");
        await files.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await page.MarkAsync();

        isAway = true;
        foreach (var socket in sockets)
        {
            await socket.CloseAsync();
        }

        await Expect(page.Locator("#line[data-state=retrying]")).ToHaveCountAsync(1);
        await files.SetInputFilesAsync([Photo("первый.jpg", 640), Photo("второй.jpg", 720), new FilePayload { Name = "пустой.jpg", MimeType = "image/jpeg", Buffer = [] }]);

        await Expect(page.Locator("[data-taken] a")).ToHaveTextAsync(["первый.jpg", "второй.jpg"]);
        await Expect(page.Locator("[data-errors] li")).ToHaveTextAsync([new Regex("пустой.jpg")]);
        await Expect(page.Locator("[data-listed] .filerow")).ToHaveCountAsync(0);

        isAway = false;
        await Expect(page.Locator("[data-listed] .filerow")).ToHaveCountAsync(2, new LocatorAssertionsToHaveCountOptions { Timeout = 60_000 });
        await Expect(page.Locator("[data-taken] a")).ToHaveCountAsync(0);
        await page.StayedAsync();
        await page.Locator("[data-listed] button").First.ClickAsync();
        await Expect(page.Locator("[data-listed] .filerow")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Confirm_AReceiptUsedBefore_AsksOnceByMouseAndByKey()
    {
        using var portal = PortalHost.Start(Environments.Development);
        var photo = Photo("чек.jpg", 640);
        var first = await PaidWithAsync(portal, Data.Demo.DemoData.Accounts[3], photo);
        var second = await PaidWithAsync(portal, PortalHost.Debtor, photo);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var queue = await laptop.SignInAsync(PortalHost.Cashier, "/admin/login");
        await queue.AliveAsync();
        var row = queue.Locator($".q-row:has([data-intent='{second}'])");

        await Expect(row.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Чек уже использован" })).ToHaveAttributeAsync("href", $"/admin/payments/{first}");
        await Expect(row.Locator(".thumb img")).ToHaveJSPropertyAsync("naturalWidth", 200);

        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Подтвердить" }).ClickAsync();
        var dialog = queue.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("Подтвердить всё равно?")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Оставить" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();

        await row.Locator("[data-intent]").FocusAsync();
        await queue.Keyboard.PressAsync("Control+Enter");
        await Expect(dialog.GetByText("Подтвердить всё равно?")).ToBeVisibleAsync();
        await Expect(dialog.Locator(":focus")).ToHaveCountAsync(1);
        await queue.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(row).ToHaveCountAsync(1);

        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Подтвердить" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Подтвердить" }).ClickAsync();
        await Expect(queue.GetByText(new Regex("Оплата подтверждена"))).ToBeVisibleAsync();
        await Expect(row).ToHaveCountAsync(0);
    }

    private static FilePayload Photo(string name, int width) => new() { Name = name, MimeType = "image/jpeg", Buffer = TestPictures.Jpeg(width, 480) };

    /// <summary>Sets out to pay and attaches the file, as a member does.</summary>
    private async Task<string> PaidWithAsync(PortalHost portal, Data.Demo.DemoAccount who, FilePayload photo)
    {
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await phone.SignInAsync(who, to: "/cabinet/pay");
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        await page.Locator("form[data-receipts] input[type=file]").SetInputFilesAsync(photo);
        await Expect(page.Locator("[data-listed] .filerow")).ToHaveCountAsync(1);
        return new Uri(page.Url).Segments[^1];
    }
}
