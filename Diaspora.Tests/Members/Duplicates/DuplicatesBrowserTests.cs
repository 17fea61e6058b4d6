using System.Text.RegularExpressions;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Members.Duplicates;

/// <summary>An admin finds a person who is there twice, makes one record of two, and parts them again.</summary>
[Trait("needs", "browser")]
public sealed class DuplicatesBrowserTests(Chromium chromium)
{
    private const string FullName = "Двойников Пётр";

    [Fact]
    public async Task Merge_AMonthPaidByBoth_MovesItAndCanBeUndone()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await RegisterAsync(portal, "+77077000001");
        await RegisterAsync(portal, "+77077000002");
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members/duplicates");
        await page.AliveAsync();

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = $"Сравнить: {FullName} и {FullName}" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Месяцы, оплаченные дважды" })).ToBeVisibleAsync();
        var aside = page.GetByLabel("Вторая оплата");
        await aside.ClickAsync();
        await page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { NameRegex = new Regex("^Перенести") }).First.ClickAsync();
        await Expect(aside).ToHaveValueAsync(new Regex("^Перенести"));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Объединить" }).ClickAsync();

        // One card with both months; and the merge is in the list, with its undo.
        await Expect(page).ToHaveURLAsync(new Regex("/admin/members/[0-9]{8}$"));
        await Expect(page.Locator(".mc-pay")).ToHaveCountAsync(2);
        await page.GotoAsync("/admin/members/duplicates");
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("^Отменить объединение") }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Разъединить" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = $"Сравнить: {FullName} и {FullName}" })).ToBeVisibleAsync();

        // And told apart they are proposed no more.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Разные люди: {FullName} и {FullName}" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = $"Сравнить: {FullName} и {FullName}" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Отмечены как разные люди" })).ToBeVisibleAsync();
    }

    /// <summary>Somebody who has just said that this month is paid.</summary>
    private static async Task RegisterAsync(PortalHost portal, string phone)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var visitor = new Actor(null, "127.0.0.1", "tests");
        var form = new RegisterForm { FullName = FullName, Phone = phone, City = "Тараз", Password = "три кота и гранат", Consent = true };
        var member = visitor with { MemberId = (await services.GetRequiredService<RegistrationService>().RegisterAsync(visitor, form, "ru"))!.MemberId };
        var rules = services.GetRequiredService<CurrentSettings>().Rules;
        var month = rules.PeriodOf(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        await services.GetRequiredService<PaymentService>().StartAsync(member, new StartPaymentForm { Periods = [month], SeenTotal = rules.FeeOf(month) });
    }
}
