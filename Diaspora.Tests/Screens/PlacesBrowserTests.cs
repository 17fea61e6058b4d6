using System.Text.RegularExpressions;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Screens;

/// <summary>What stands over what, on real screens: a message covers nothing that can be pressed, and what a page offers is there on a phone too.</summary>
[Trait("needs", "browser")]
public sealed class PlacesBrowserTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Save_ALineWhileSomeAreTicked_LeavesTheBarFreeOfTheMessage(int width, int height)
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var browser = await chromium.OpenAsync(portal.Address, width < 600 ? Chromium.Phone : Chromium.Laptop);
        var page = await browser.SignInAsync(PortalHost.Admin, "/admin/login");
        await page.SetViewportSizeAsync(width, height);
        await page.GotoAsync("/admin/members");
        await page.AliveAsync();
        await page.Locator("[data-member] .tick input").First.CheckAsync();
        await page.EditFirstAsync();
        await page.Locator("#edit-City").FillAsync("Актау");
        await page.Locator("#edit-City").PressAsync("Enter");
        await Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        await Expect(page.Locator(".bulk")).ToBeInViewportAsync();

        await FreeAsync(page, ".bulk");
        if (width < 600)
        {
            // A dialog that fills the screen has its buttons at the foot.
            await page.Locator(".members-head .add").ClickAsync();
            await Expect(page.Locator(".mud-dialog-actions [type=submit]")).ToBeVisibleAsync();
            await FreeAsync(page, ".mud-dialog-actions");
        }
    }

    [Fact]
    public async Task Open_TheListOnAPhone_HasItsButtonsAndItsMenu()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members");
        await page.AliveAsync();
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Добавить участника" })).ToBeInViewportAsync();

        var (add, search, first) = ((await page.Locator(".members-head .add").BoundingBoxAsync())!, (await page.Locator(".members-head .search").BoundingBoxAsync())!, (await page.Locator("[data-member]").First.BoundingBoxAsync())!);
        Assert.True(search.X + search.Width <= add.X && search.Width > 150, $"{search.X}+{search.Width} lies on {add.X}");
        Assert.True(add.Y >= (await page.Locator(".adm .ph").BoundingBoxAsync())!.Height, $"{add.Y} lies on the bar");
        Assert.InRange(first.Y, add.Y + add.Height, 200);
        var heights = await page.Locator("[data-member]").EvaluateAllAsync<double[]>("cards => cards.map(card => card.getBoundingClientRect().height)");
        // A usual name; a long one is not cut, it wraps.
        Assert.InRange(heights.Order().ElementAt(heights.Length / 2), 80, 120);

        // With the keyboard alone: it opens, goes on inside, and Escape leads back to its button.
        var more = page.Locator(".members-head").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Ещё" });
        await more.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var file = page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Выгрузить в CSV" });
        await Expect(file).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Выгрузить в Excel" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(file).ToHaveCountAsync(0);
        await Expect(more).ToBeFocusedAsync();

        // Opened by the hand, it is closed by one Escape too.
        await more.ClickAsync();
        await Expect(file).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(file).ToHaveCountAsync(0);
        await Expect(more).ToBeFocusedAsync();

        // The entry that Back would have closed the menu with is taken out of the history; another page asked for meanwhile would be given up.
        await page.WaitForFunctionAsync("() => !history.state?.layer");
        await page.GotoAsync("/admin/members/import");
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Импорт участников" })).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "К участникам" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/admin/members$"));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("kk")]
    public async Task Open_TheYearOnAPhone_HasEachIconBesideTheNameOfItsMonth(string language)
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor, "/auth/login");
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync($"/lang/{language}?to=/cabinet");
        await page.AliveAsync();
        await Expect(page.Locator(".cab .tile .m")).ToHaveCountAsync(12);

        var fallen = await page.Locator(".cab .tile .m").EvaluateAllAsync<string[]>(
            "tiles => tiles.filter(tile => { const [name, icon] = [tile.firstElementChild.getBoundingClientRect(), tile.querySelector('.i').getBoundingClientRect()]; "
            + "return icon.top >= name.bottom || icon.right > tile.getBoundingClientRect().right + 1 || name.height > 30; }).map(tile => tile.textContent)");
        Assert.Empty(fallen);
    }

    /// <summary>It stands in line with the page, and does not offer to open the page one is on.</summary>
    [Fact]
    public async Task Open_TheLogWhileSomebodyGuesses_HasTheNoticeInLineAndNoWayToItself()
    {
        using var portal = PortalHost.Start(Environments.Development);
        var watch = portal.Services.GetRequiredService<GuessWatch>();
        for (var number = 0; number < GuessWatch.PhonesOfOnePlace + 1; number++)
        {
            watch.Fail("198.51.100.7", PhoneNumber.Parse($"+7 701 555 {number / 100:00} {number % 100:00}"));
        }

        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await browser.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members");
        await page.AliveAsync();
        await Expect(page.Locator(".guessing").GetByRole(AriaRole.Link)).ToHaveTextAsync("Открыть журнал");
        var (notice, list) = ((await page.Locator(".guessing").First.BoundingBoxAsync())!, (await page.Locator(".mlist").BoundingBoxAsync())!);
        Assert.Equal((list.X, list.X + list.Width), (notice.X, notice.X + notice.Width));

        await page.Locator(".guessing").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/admin/audit"));
        await Expect(page.Locator(".guessing").GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
    }

    /// <summary>The longest word of a month's state, in every place that shows a year.</summary>
    [Theory]
    [InlineData("ru")]
    [InlineData("kk")]
    public async Task Open_AYearWithASuspendedMonth_BreaksNoWord(string language)
    {
        using var portal = PortalHost.Start(Environments.Development);
        var month = await SuspendAsync(portal);
        var number = await ExampleData.NumberOfDebtorAsync(portal);
        var intent = await ExampleData.IntentOfDebtorAsync(portal);
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        List<string> broken = [];
        foreach (var (reader, address) in new[] { (PortalHost.Debtor, $"/cabinet?year={month.Year}"), (PortalHost.Admin, $"/admin/members/{number}"), (PortalHost.Admin, $"/admin/payments/{intent}"), (PortalHost.Admin, $"/admin/payments?intent={intent}") })
        {
            await browser.ClearCookiesAsync();
            await browser.SendSignInAsync(reader, reader == PortalHost.Admin ? "/admin/login" : "/auth/login");
            await browser.AddCookiesAsync([Chromium.Speaking(language, portal.Address)]);
            var page = await browser.NewPageAsync();
            await page.GotoAsync(address);
            await page.AliveAsync();
            Assert.NotEqual(0, await page.Locator(".tile.s-exempt, .tile.s-before").CountAsync());
            foreach (var (width, height) in new[] { Chromium.Phone, Chromium.Laptop, (320, 700) })
            {
                await page.SetViewportSizeAsync(width, height);
                broken.AddRange((await page.BrokenWordsAsync()).Where(found => found.Contains("class=\"w\"", StringComparison.Ordinal)).Select(found => $"{address} {width}: {found}"));
            }

            await page.CloseAsync();
        }

        Assert.Empty(broken);
    }

    private static async Task<Period> SuspendAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var admin = new Actor(await ExampleData.IdOfAsync(portal, PortalHost.Admin), "127.0.0.1", "tests");
        var month = (await scope.ServiceProvider.GetRequiredService<CabinetService>().CabinetAsync(admin with { MemberId = await ExampleData.IdOfDebtorAsync(portal) })).Current.Period;
        await scope.ServiceProvider.GetRequiredService<OwedMonthsService>().SuspendAsync(admin, await ExampleData.IdOfDebtorAsync(portal), new MonthIntervalForm { From = month, To = month, Reason = "уехал на вахту" });
        return month;
    }

    private static async Task FreeAsync(IPage page, string covered)
    {
        var message = (await page.Locator(".mud-snackbar").First.BoundingBoxAsync())!;
        var below = (await page.Locator(covered).BoundingBoxAsync())!;
        Assert.True(message.Y + message.Height <= below.Y || message.Y >= below.Y + below.Height, $"{message.Y}+{message.Height} covers {below.Y}+{below.Height}");
    }
}
