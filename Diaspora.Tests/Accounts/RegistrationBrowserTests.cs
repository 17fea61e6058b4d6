using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Domain.Members;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Accounts;

/// <summary>Somebody whom the association knows from a list registers on a phone; an admin sees it without loading anything anew.</summary>
[Trait("needs", "browser")]
public sealed class RegistrationBrowserTests(Chromium chromium)
{
    private static readonly DemoAccount Newcomer = new("came with a list", "+77077000009", "три кота и гранат");

    [Fact]
    public async Task Register_WithThePhoneOfAList_IsLetInFromAnOpenPage()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await AddByHandAsync(portal);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var admin = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members");
        await admin.AliveAsync();
        await admin.GetByTitle("1 заявка на вход ждёт решения").ClickAsync();
        await Expect(admin.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Заявки на вход" })).ToBeVisibleAsync();
        await admin.AliveAsync();
        await admin.EvaluateAsync("() => { window.stayedHere = true; }");

        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await phone.NewPageAsync();
        await page.GotoAsync("/auth/register");
        await page.GetByLabel("ФИО").FillAsync("Совсем Другое Имя");
        await page.GetByLabel("Телефон").FillAsync(Newcomer.Phone);
        await page.GetByLabel("Пароль", new PageGetByLabelOptions { Exact = true }).FillAsync(Newcomer.Password);
        await page.GetByLabel("Я согласен(на)").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Зарегистрироваться" }).ClickAsync();
        await Expect(page.GetByText("Ждём подтверждения администратора")).ToBeVisibleAsync();
        var code = await page.Locator(".wait-code b").InnerTextAsync();
        await page.GotoAsync("/cabinet");
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Вход в кабинет" })).ToBeVisibleAsync();

        var card = admin.Locator("#main .mud-paper", new PageLocatorOptions { HasText = "Гасанов Эльчин" });
        await Expect(card).ToContainTextAsync("Имя не совпадает");
        await card.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Открыть вход" }).ClickAsync();
        var dialog = admin.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Код").FillAsync(code == "0000" ? "1111" : "0000");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Открыть вход" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Код не от этой заявки");
        await dialog.GetByLabel("Код").FillAsync(code);
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Открыть вход" }).ClickAsync();
        await Expect(admin.GetByText("Вход открыт: Гасанов Эльчин")).ToBeVisibleAsync();
        await Expect(card).ToHaveCountAsync(0);
        Assert.True(await admin.EvaluateAsync<bool>("() => window.stayedHere === true"), "The page was loaded again.");

        await Expect(await phone.FillSignInAsync(Newcomer)).ToHaveURLAsync(new Regex("/cabinet$"));
    }

    private static async Task AddByHandAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var adminId = await services.GetRequiredService<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(PortalHost.Admin.Phone)));
        var form = new AddMemberForm { FullName = "Гасанов Эльчин", Phone = Newcomer.Phone, JoinedIn = new Period(2026, 1) };
        await services.GetRequiredService<MemberEditService>().AddAsync(new Actor(adminId, "127.0.0.1", "tests"), form);
    }
}
