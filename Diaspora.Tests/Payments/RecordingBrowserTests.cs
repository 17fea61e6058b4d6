using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Payments;

/// <summary>Money as it really comes, seen by the cashier and on the members' open pages. Each on a portal of its own: it changes what others count.</summary>
[Trait("needs", "browser")]
public sealed class RecordingBrowserTests(Chromium chromium)
{
    private static readonly Data.Demo.DemoAccount NewMember = Data.Demo.DemoData.Accounts[4];

    [Fact]
    public async Task Record_OneTransferForTwoMembers_ReachesBothOpenCabinetsWithoutReload()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var one = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        await using var two = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var first = await CabinetAsync(one, PortalHost.Debtor);
        var second = await CabinetAsync(two, NewMember);
        var before = (First: await PaidAsync(first).CountAsync(), Second: await PaidAsync(second).CountAsync());

        // Over a slow line the heading would take the focus after the cashier has begun to type.
        await using var line = SlowLine.To(portal.Address);
        await using var laptop = await chromium.OpenAsync(line.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Cashier, "/admin/login", "/admin/payments");
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Записать оплату" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Записать оплату" })).ToBeVisibleAsync();
        await AddAsync(page, PortalHost.Debtor.Phone);
        await AddAsync(page, NewMember.Phone);
        await page.GetByLabel("Сколько пришло").FillAsync("6000");
        var shares = page.Locator(".share");
        await shares.Nth(0).Locator(".mpick").Nth(0).ClickAsync();
        await shares.Nth(1).Locator(".mpick").Nth(0).ClickAsync();
        await Expect(page.GetByText("Осталось распределить 2\u00A0000\u00A0₸")).ToBeVisibleAsync();

        // Not all of it has its place: a sentence beside what is to be said, and nothing is lost.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Записать 6\u00A0000\u00A0₸" }).ClickAsync();
        await Expect(page.GetByText(new Regex("выберите ещё месяцы"))).ToBeVisibleAsync();
        await shares.Nth(0).Locator(".mpick").Nth(1).ClickAsync();
        await Expect(page.GetByText("Сходится")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Записать 6\u00A0000\u00A0₸" }).DblClickAsync();

        await Expect(page.GetByText("Оплата записана", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/admin/payments/[0-9a-f-]{36}"));
        await Expect(page.Locator(".imonths tbody tr")).ToHaveCountAsync(3);
        await Expect(page.Locator("input[type=file]")).ToBeFocusedAsync();
        await Expect(PaidAsync(first)).ToHaveCountAsync(before.First + 2);
        await Expect(PaidAsync(second)).ToHaveCountAsync(before.Second + 1);
        await first.StayedAsync();
        await second.StayedAsync();
    }

    [Fact]
    public async Task Decide_MonthByMonth_IsSaidOnTheMembersOpenPage_AndOneUndoBringsOneBack()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var (member, id) = await ClaimThreeAsync(phone);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Cashier, "/admin/login", $"/admin/payments?intent={id}");
        await page.AliveAsync();
        var months = page.Locator(".panel .imonths");

        await months.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new Regex("^Подтвердить ") }).First.ClickAsync();
        await Expect(member.GetByText("Подтверждено 1 из 3 месяцев")).ToBeVisibleAsync();
        await Expect(months.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new Regex("^Отклонить ") })).ToHaveCountAsync(2);

        // What was just decided moved the others: for a moment they take no press.
        await page.WaitForTimeoutAsync(800);
        await months.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new Regex("^Отклонить ") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("Чек за другой месяц");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Отклонить" }).ClickAsync();
        await Expect(member.GetByText(new Regex("Чек за другой месяц"))).ToBeVisibleAsync();
        await Expect(member.GetByText("Отклонён", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator($".q-row:has([data-intent='{id}'])").GetByText("Решено 2 из 3")).ToBeVisibleAsync();

        // Of the two decisions the last one comes back, and only that.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Вернуть", Exact = true }).Last.ClickAsync();
        await Expect(member.GetByText(new Regex("Чек за другой месяц"))).ToHaveCountAsync(0);
        await Expect(member.GetByText("Подтверждено 1 из 3 месяцев")).ToBeVisibleAsync();
        await Expect(months.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new Regex("^Подтвердить ") })).ToHaveCountAsync(2);
        await member.StayedAsync();
    }

    [Fact]
    public async Task Settle_LessThanWasClaimed_ConfirmsTwoMonthsAndRejectsOne()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var (member, id) = await ClaimThreeAsync(phone);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Cashier, "/admin/login", $"/admin/payments/{id}");
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Пришла другая сумма" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Заметка").FillAsync("Пришло двумя частями");
        await dialog.GetByLabel("Сколько пришло").FillAsync("4000");
        await Expect(dialog.GetByText("Не хватает 2\u00A0000\u00A0₸", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();

        // Refused in its place, with what was typed.
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Подтвердить 6\u00A0000\u00A0₸" }).ClickAsync();
        await Expect(dialog.Locator("#settle-sum-problem")).ToBeVisibleAsync();
        await Expect(dialog.GetByLabel("Заметка")).ToHaveValueAsync("Пришло двумя частями");

        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Заполнить с самых старых месяцев" }).ClickAsync();
        await Expect(dialog.GetByText("Сходится")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Подтвердить 4\u00A0000\u00A0₸" }).ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Locator(".imonths .s-paid")).ToHaveCountAsync(2);
        await Expect(page.Locator(".imonths").GetByText(new Regex("другая сумма"))).ToHaveCountAsync(1);
        await Expect(member.GetByText("Подтверждено 2 из 3 месяцев")).ToBeVisibleAsync();
        await Expect(member.GetByText(new Regex("Пришла другая сумма"))).ToBeVisibleAsync();

        // One of the two goes back after all.
        await page.Locator(".refunds [aria-expanded]").ClickAsync();
        await page.Locator(".refunds button").Nth(1).ClickAsync();
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("Заплатил другой человек");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Вернуть деньги" }).ClickAsync();
        await Expect(page.Locator(".imonths .s-paid")).ToHaveCountAsync(1);
        await Expect(page.Locator(".refunds")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Вернуть деньги", Exact = true })).ToBeVisibleAsync();
        await Expect(member.GetByText(new Regex("Заплатил другой человек"))).ToBeVisibleAsync();
        await member.StayedAsync();
    }

    private static ILocator PaidAsync(IPage cabinet) => cabinet.Locator(".tile").GetByText(new Regex("Оплачено|Наперёд"));

    private static async Task<IPage> CabinetAsync(IBrowserContext phone, Data.Demo.DemoAccount who)
    {
        var page = await phone.SignInAsync(who, to: "/cabinet");
        await page.AliveAsync();
        await page.MarkAsync();
        return page;
    }

    private static async Task AddAsync(IPage page, string phone)
    {
        var count = await page.Locator(".share").CountAsync();
        await page.Locator("#member-search").FillAsync(phone[2..]);
        await Expect(page.Locator(".found [role=option]")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".share")).ToHaveCountAsync(count + 1);
    }

    private static async Task<(IPage Page, string Id)> ClaimThreeAsync(IBrowserContext phone)
    {
        var member = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/pay");
        await member.AliveAsync();
        await member.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "3 месяца" }).ClickAsync();
        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Я оплатил(а)" }).ClickAsync();
        await Expect(member.GetByText("Проверяем")).ToBeVisibleAsync();
        await member.MarkAsync();
        return (member, new Uri(member.Url).Segments[^1]);
    }
}
