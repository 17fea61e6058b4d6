using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Rights;

/// <summary>A member is asked for a newer consent, asks that their data be deleted, and reads the answer without a reload.</summary>
[Trait("needs", "browser")]
public sealed class RightsBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Ask_ForANewerConsentThenForDeletion_IsAnsweredOnTheOpenPage()
    {
        using var portal = PortalHost.Start(Environments.Development, ("Consent:Version", "2026-12"));
        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var member = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/profile");
        await member.AliveAsync();
        await Expect(member.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("Нужно ваше согласие");

        // Neither a link in the page nor a plain page leads past it; one's own data may be seen.
        await member.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Платежи" }).Last.ClickAsync();
        await Expect(member).ToHaveURLAsync(new Regex("/cabinet/payments$"));
        await Expect(member.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("Нужно ваше согласие");
        await member.GotoAsync("/cabinet/password");
        Assert.EndsWith("/cabinet", member.Url, StringComparison.Ordinal);
        await member.AliveAsync();
        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Отказаться" }).ClickAsync();
        await LookAsync(member, "refuse");
        await member.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "К моим данным и удалению" }).ClickAsync();
        await Expect(member.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("Мои данные");

        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Попросить удалить" }).ClickAsync();
        var dialog = member.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("15 рабочих дней");
        await LookAsync(member, "ask");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Попросить удалить" }).ClickAsync();
        await Expect(member.Locator("#deletion")).ToContainTextAsync("Вы попросили удалить данные");
        await LookAsync(member, "waits");
        await member.MarkAsync();

        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var admin = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", "/admin");
        await admin.AliveAsync();
        await admin.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "1 просьба удалить данные" }).ClickAsync();
        await admin.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("^Отказать") }).ClickAsync();
        await LookAsync(admin, "refusal");
        var refusal = admin.GetByRole(AriaRole.Dialog);
        await refusal.GetByRole(AriaRole.Textbox).FillAsync("Закон требует хранить записи");
        await refusal.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Отказать" }).ClickAsync();
        await Expect(admin.GetByText("Никто не просит удалить данные")).ToBeVisibleAsync();
        await Expect(member.Locator("#deletion")).ToContainTextAsync("Закон требует хранить записи");
        await member.StayedAsync();

        await member.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Главная" }).Last.ClickAsync();
        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Согласен" }).ClickAsync();
        await Expect(member.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToContainTextAsync("Салам");
        await member.StayedAsync();
    }
    private static async Task LookAsync(IPage page, string what)
    {
        if (Environment.GetEnvironmentVariable("DIASPORA_SCREENS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"rights-{what}.png") });
        }
    }
}
