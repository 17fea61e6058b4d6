using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Journeys;

/// <summary>What else a cashier decides, as the member's open page sees it. On a portal of its own: it changes what others count.</summary>
[Trait("needs", "browser")]
public sealed class DecisionTests(Chromium chromium)
{
    private const string Reason = "Перевод не найден в выписке";

    [Fact]
    public async Task Reject_ThenUndo_ReachesTheOpenPageOfTheMemberWithoutReload()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var member = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/pay");
        await member.AliveAsync();
        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Я оплатил(а)" }).ClickAsync();
        await Expect(member.GetByText("На проверке").First).ToBeVisibleAsync();
        var id = new Uri(member.Url).Segments[^1];
        await member.MarkAsync();

        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var queue = await laptop.SignInAsync(PortalHost.Cashier, "/admin/login");
        await using var other = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var colleague = await other.SignInAsync(PortalHost.Admin, "/admin/login");
        await queue.AliveAsync();
        await colleague.AliveAsync();
        await queue.MarkAsync();
        await colleague.MarkAsync();
        var row = queue.Locator($"[data-intent='{id}']");
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Отклонить" }).ClickAsync();
        var dialog = queue.GetByRole(AriaRole.Dialog);

        // Without a reason nothing happens but a sentence beside the field.
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Отклонить" }).ClickAsync();
        await Expect(dialog.Locator(".mud-input-helper-text.mud-input-error").First).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Textbox).First.FillAsync(Reason);
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Отклонить" }).ClickAsync();

        await Expect(member.GetByText(Reason).First).ToBeVisibleAsync();
        await Expect(colleague.Locator($"[data-intent='{id}']")).ToHaveCountAsync(0);

        await queue.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Вернуть" }).First.ClickAsync();
        await Expect(member.GetByText("На проверке").First).ToBeVisibleAsync();
        await Expect(member.GetByText(Reason)).ToHaveCountAsync(0);
        await Expect(colleague.Locator($"[data-intent='{id}']")).ToHaveCountAsync(1);
        await member.StayedAsync();
        await queue.StayedAsync();
        await colleague.StayedAsync();
    }

    [Fact]
    public async Task Confirm_AndNothingMore_OffersTheUndoForAWhileOnly()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var queue = await laptop.SignInAsync(PortalHost.Cashier, "/admin/login");
        await queue.AliveAsync();
        await queue.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Подтвердить" }).First.ClickAsync();
        var undo = queue.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Вернуть" });
        await Expect(undo).ToHaveCountAsync(1);
        await queue.Mouse.MoveAsync(5, 5);
        await Expect(undo).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = 20_000 });
    }

    [Fact]
    public async Task Block_MemberWithAnOpenPage_EndsItWithinAMinute()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var member = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/profile");
        await member.AliveAsync();

        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var admin = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", $"/admin/members?q={PortalHost.Debtor.Phone[2..]}");
        await admin.AliveAsync();
        await admin.Locator("[data-member] [data-menu]").ClickAsync();
        await admin.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Заблокировать" }).ClickAsync();
        var dialog = admin.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("Номер передан другому человеку");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new Regex("Заблокировать") }).ClickAsync();
        await Expect(admin.Locator("[data-member]").GetByText("Заблокирован", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();

        // Nothing is pressed on the member's side.
        await Expect(member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Сохранить" })).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = 60_000 });
        await member.GotoAsync("/cabinet");
        await Expect(member).ToHaveURLAsync(new Regex("/auth/login"));
    }
}
