using System.Text.RegularExpressions;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Members;

/// <summary>The member's card as an admin uses it, and a tile as its member opens it. On a portal of its own: it changes what others count.</summary>
[Trait("needs", "browser")]
public sealed class MemberCardBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Card_EveryVerb_ShowsItsOutcomeWithoutReload()
    {
        using var portal = PortalHost.Start(Environments.Development);
        var number = await ExampleData.NumberOfDebtorAsync(portal);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", $"/admin/members?q={number}");
        await page.AliveAsync();
        await page.Locator("[data-member] .name a").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/admin/members/{number}$"));
        await page.MarkAsync();

        // Exempt the two owed months: the tiles turn and the debt is gone.
        await Expect(Tiles(page, "Просрочено")).ToHaveCountAsync(2);
        await Button(page, "Освободить").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var owed = (await OwedAsync(portal)).Order().ToList();
        await dialog.GetByLabel("Первый месяц").FillAsync(owed[0].ToString());
        await dialog.GetByLabel("Последний месяц").FillAsync(owed[^1].ToString());
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Освободить" }).ClickAsync();
        await Expect(dialog.GetByText("Напишите причину")).ToBeVisibleAsync();
        await dialog.GetByLabel("Причина").FillAsync("Решение совета");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Освободить" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(Tiles(page, "Освобождён")).ToHaveCountAsync(2);
        await Expect(page.GetByText("Долга нет")).ToBeVisibleAsync();

        // End it early: the second month is owed again.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("Завершить раньше") }).ClickAsync();
        await dialog.GetByLabel("Последний месяц").FillAsync(owed[0].ToString());
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Завершить" }).ClickAsync();
        await Expect(Tiles(page, "Освобождён")).ToHaveCountAsync(1);
        await Expect(Tiles(page, "Просрочено")).ToHaveCountAsync(1);
        await Expect(page.GetByText("Завершил(а) раньше Нигяр Керимова")).ToBeVisibleAsync();

        // A note stands above the older ones, and its field is ready for the next.
        await page.GetByLabel("Новая заметка").FillAsync("Звонил, оплатит в пятницу");
        await Button(page, "Добавить").ClickAsync();
        await Expect(page.Locator(".mc-words").First).ToHaveTextAsync("Звонил, оплатит в пятницу");
        await Expect(page.GetByLabel("Новая заметка")).ToHaveValueAsync("");

        await RefundNewestAsync(page, portal, number);
        await page.StayedAsync();
    }

    [Fact]
    public async Task Card_ByKeysAlone_OpensAYearAndAMenuAndComesBackToIt()
    {
        using var portal = PortalHost.Start(Environments.Development);
        var number = await ExampleData.NumberOfDebtorAsync(portal);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", $"/admin/members/{number}");
        await page.AliveAsync();

        // A year is a button that says whether it is open, and the space bar does not scroll away from it.
        var year = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("^2025 год") });
        await Expect(year).ToHaveAttributeAsync("aria-expanded", "false");
        await year.FocusAsync();
        var scrolled = await page.EvaluateAsync<int>("() => scrollY");
        await page.Keyboard.PressAsync("Space");
        await Expect(year).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(page.Locator(".mc-year.mud-panel-expanded button.tile")).ToHaveCountAsync(24);
        Assert.Equal(scrolled, await page.EvaluateAsync<int>("() => scrollY"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(year).ToHaveAttributeAsync("aria-expanded", "false");

        // The menu is gone while what it opened is there, and has the focus again afterwards.
        var more = page.Locator("#member-menu button");
        var dialog = page.GetByRole(AriaRole.Dialog);
        foreach (var (item, steps, at) in new[] { ("Роль в портале", 1, "input[type=radio]:checked"), ("Ссылка для входа", 2, "#sign-in-link") })
        {
            await more.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            var wanted = page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = item });
            await Expect(page.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
            for (var step = 1; step <= steps; step++)
            {
                await page.Keyboard.PressAsync("ArrowDown");
                await Expect(page.GetByRole(AriaRole.Menuitem).Nth(step)).ToBeFocusedAsync();
            }

            await Expect(wanted).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(dialog.Locator(at)).ToBeFocusedAsync();
            await Expect(wanted).ToBeHiddenAsync();
            await page.Keyboard.PressAsync("Escape");
            await Expect(dialog).ToHaveCountAsync(0);
            await Expect(more).ToBeFocusedAsync();
        }
    }

    [Fact]
    public async Task CopyTheLink_WithoutAClipboard_SaysHowToHelpOneself()
    {
        using var portal = PortalHost.Start(Environments.Development);
        var number = await ExampleData.NumberOfDebtorAsync(portal);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", $"/admin/members/{number}");
        await page.AliveAsync();
        await page.Locator("#member-menu button").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Ссылка для входа" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.EvaluateAsync("() => { navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false; }");
        await dialog.Locator("[data-copy]").ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Не получилось скопировать. Выделите ссылку и скопируйте её сами.");

        await page.EvaluateAsync("() => { navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }; }");
        await dialog.Locator("[data-copy]").ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Скопировано");
        Assert.Equal(await dialog.Locator("#sign-in-link").InputValueAsync(), await page.EvaluateAsync<string>("() => window.copied"));
        await page.FreeOfViolationsAsync();
    }

    [Fact]
    public async Task Tile_OfThePaidMonth_TellsItsMemberWhoConfirmedIt()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor);
        await page.AliveAsync();
        await Expect(page.Locator("a.tile.s-overdue").First).ToBeVisibleAsync();
        var tile = page.Locator("button.tile.s-paid").First;
        await tile.ClickAsync();

        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("Подтвердил(а)")).ToBeVisibleAsync();
        await Expect(dialog.GetByText(new Regex("Лейла Исмаилова"))).ToBeVisibleAsync();
        await page.FreeOfViolationsAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(tile).ToBeFocusedAsync();
    }

    /// <summary>The newest confirmed month goes back; booked anew, both lines stand beside each other, and the tile opens them.</summary>
    private static async Task RefundNewestAsync(IPage page, PortalHost portal, string number)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        var line = page.Locator(".mc-pay").First;
        var month = await line.Locator(".t").InnerTextAsync();
        await line.GetByRole(AriaRole.Button).ClickAsync();
        await dialog.GetByLabel("Причина, её увидит участник").FillAsync("ошиблись месяцем");
        await page.FreeOfViolationsAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Вернуть деньги" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(line.GetByText("Возвращён")).ToBeVisibleAsync();
        await Expect(line.GetByText("Причина: ошиблись месяцем")).ToBeVisibleAsync();
        await Expect(Tiles(page, "Просрочено")).ToHaveCountAsync(2);

        await RecordAsync(portal, number);
        var lines = page.Locator(".mc-pay").Filter(new LocatorFilterOptions { HasText = month });
        await Expect(lines).ToHaveCountAsync(2);
        await Expect(lines.First.GetByText("Подтверждён")).ToBeVisibleAsync();
        await Expect(lines.Last.GetByText("Возвращён")).ToBeVisibleAsync();

        await page.Locator(".mc-year.mud-panel-expanded button.tile.s-paid").Last.ClickAsync();
        await Expect(dialog.Locator(".month-pay")).ToHaveCountAsync(2);
        await Expect(dialog.GetByText("Нигяр Керимова").First).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Закрыть" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    /// <summary>As a colleague on another device would: the oldest month that is open.</summary>
    private static async Task RecordAsync(PortalHost portal, string number)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var admin = new Actor(await IdAsync(services, PortalHost.Admin.Phone), "127.0.0.1", "tests");
        var card = await services.GetRequiredService<MemberCardService>().CardAsync(admin, number);
        var month = card.DebtMonths.MinBy(tile => tile.Period)!;
        await services.GetRequiredService<RecordingService>().RecordAsync(admin, new RecordPaymentForm
        {
            PayerId = card.Card.Person.Id,
            Received = month.Amount.Tenge,
            ReceivedOn = card.Current.FirstDay,
            Months = [new ChosenMonth(card.Card.Person.Id, month.Period)],
        });
    }

    private static async Task<IReadOnlyList<Period>> OwedAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var debtor = new Actor(await IdAsync(scope.ServiceProvider, PortalHost.Debtor.Phone), "127.0.0.1", "tests");
        return [.. (await scope.ServiceProvider.GetRequiredService<CabinetService>().CabinetAsync(debtor)).DebtMonths.Select(tile => tile.Period)];
    }

    private static Task<Guid?> IdAsync(IServiceProvider services, string phone) =>
        services.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(phone)));

    private static ILocator Tiles(IPage page, string word) => page.Locator(".mc-year.mud-panel-expanded button.tile").Filter(new LocatorFilterOptions { HasText = word });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });
}
