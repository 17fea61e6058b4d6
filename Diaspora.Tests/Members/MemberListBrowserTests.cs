using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Members;

/// <summary>The list as an admin works in it. Each on a portal of its own: it changes what others count.</summary>
[Trait("needs", "browser")]
public sealed class MemberListBrowserTests(Chromium chromium)
{
    private static readonly DemoAccount Admin = DemoData.Accounts[0];

    [Fact]
    public async Task Edit_TheSameFieldInTwoBrowsers_IsRefusedBesideTheFieldAndUndoneFromTheSnackbar()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var one = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        await using var two = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var (mine, theirs) = (await ListAsync(one, portal), await ListAsync(two, portal));
        await mine.EditFirstAsync();
        await theirs.EditFirstAsync();

        await FillAsync(mine, "City", "Актау");
        await mine.Locator("#edit-City").PressAsync("Enter");
        await Expect(mine.Locator("tr.editing")).ToHaveCountAsync(0);
        await Expect(mine.Locator("[data-member] .city").First).ToHaveTextAsync("Актау");
        var undo = mine.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Отменить", Exact = true });
        // Under the mouse it stays.
        await undo.HoverAsync();

        // The other one still has what was there before.
        await FillAsync(theirs, "City", "Атырау");
        await FillAsync(theirs, "Email", "debtor@example.kz");
        await theirs.Locator("#edit-City").PressAsync("Enter");
        await Expect(theirs.Locator(".conflict")).ToContainTextAsync("Теперь в нём: Актау");
        await Expect(theirs.Locator("#edit-City")).ToHaveValueAsync("Атырау");
        await Expect(theirs.Locator("#edit-Email-problem")).ToHaveCountAsync(0);
        await theirs.Keyboard.PressAsync("Escape");
        await Expect(theirs.Locator("tr.editing")).ToHaveCountAsync(0);
        await Expect(theirs.Locator("[data-member] .city").First).ToHaveTextAsync("Актау");

        await undo.ClickAsync();
        await Expect(mine.Locator("[data-member] .city").First).Not.ToHaveTextAsync("Актау");
        await mine.StayedAsync();
        await theirs.StayedAsync();
    }

    [Fact]
    public async Task Edit_TenLinesWithTheKeyboardAlone_SavesAllOfThem()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(Admin, "/admin/login", "/admin/members?sort=-debt");
        await page.AliveAsync();
        await page.MarkAsync();
        await Expect(page.GetByRole(AriaRole.Table, new PageGetByRoleOptions { Name = "Участники", Exact = true }).Locator("[data-member]")).ToHaveCountAsync(50);
        var ids = await page.Locator("[data-member]").EvaluateAllAsync<string[]>("rows => rows.slice(0, 10).map(row => row.dataset.member)");
        for (var line = 0; line < ids.Length; line++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
            await Expect(page.Locator($"[data-member='{ids[line]}']")).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("#edit-FullName")).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Tab");
            await Expect(page.Locator("#edit-City")).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Control+A");
            await page.Keyboard.TypeAsync($"Ауыл {line + 1}");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator($"[data-member='{ids[line]}'] .city")).ToHaveTextAsync($"Ауыл {line + 1}");
            await Expect(page.Locator($"[data-member='{ids[line]}']")).ToBeFocusedAsync();
        }

        await page.StayedAsync();
    }

    /// <summary>Whoever knows the keys does not wait for the portal: what was typed before a line's fields were there was lost, or written into another's.</summary>
    [Fact]
    public async Task Edit_LinesFasterThanTheLine_WritesEachWhereItWasMeant()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address);
        await using var laptop = await chromium.OpenAsync(line.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(Admin, "/admin/login", "/admin/members?sort=-debt");
        await page.AliveAsync();
        var names = await page.Locator("[data-member] .name a").AllInnerTextsAsync();
        // The test's keyboard has Latin keys alone: other letters would come without one.
        string[] endings = ["Aa", "Bb", "Cc", "Dd"];
        foreach (var ending in endings)
        {
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Keyboard.PressAsync("F2");
            await page.Keyboard.PressAsync("End");
            await page.Keyboard.TypeAsync($" {ending}");
            await page.Keyboard.PressAsync("Enter");
        }

        await Expect(page.Locator("[data-member] .name a").Nth(3)).ToHaveTextAsync($"{names[3]} Dd");
        await page.ReloadAsync();
        var stored = await page.Locator("[data-member] .name a").AllInnerTextsAsync();
        Assert.Equal(endings.Select((ending, at) => $"{names[at]} {ending}"), stored.Take(4));
        Assert.Equal(0, await page.Locator("[data-member] .tick input:checked").CountAsync());
    }

    [Fact]
    public async Task Filter_OnAPhone_IsInTheAddressAndTheCardsHaveTheSameActions()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await phone.SignInAsync(Admin, "/admin/login", "/admin/members");
        await page.AliveAsync();
        await page.MarkAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { NameRegex = new Regex("^Должники") }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("segment=debtors"));
        await Expect(page.Locator("[data-member] .debt b").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Долг: любой" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Долг от 3 мес." }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("debt=3"));
        var chat = await page.Locator("[data-write]").First.EvaluateAsync<string>("link => link.href");
        Assert.StartsWith("https://wa.me/7", chat, StringComparison.Ordinal);
        Assert.Contains("салам! Остался взнос за", Uri.UnescapeDataString(chat), StringComparison.Ordinal);

        // Many at once, of a list that stands still.
        await page.GotoAsync("/admin/members?segment=debtors&debt=3");
        await page.AliveAsync();
        await page.MarkAsync();
        await page.Locator("[data-member] .tick input").Nth(0).CheckAsync();
        await page.Locator("[data-member] .tick input").Nth(1).CheckAsync();
        await Expect(page.GetByText("Выбрано 2")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Напомнить в WhatsApp" }).ClickAsync();
        await Expect(page.Locator(".reminders li")).ToHaveCountAsync(2);
        await page.StayedAsync();
    }

    private static async Task<IPage> ListAsync(IBrowserContext browser, PortalHost portal)
    {
        var page = await browser.SignInAsync(Admin, "/admin/login", $"/admin/members?q={Uri.EscapeDataString(PortalHost.Debtor.Phone)}");
        await page.AliveAsync();
        await page.MarkAsync();
        await Expect(page.Locator("[data-member]")).ToHaveCountAsync(1);
        return page;
    }

    private static async Task FillAsync(IPage page, string field, string text)
    {
        await Expect(page.Locator($"#edit-{field}")).ToBeVisibleAsync();
        await page.Locator($"#edit-{field}").FillAsync(text);
    }
}
