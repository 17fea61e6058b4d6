using Diaspora.Tests.Hosting;
using Diaspora.Tests.Screens;
using Microsoft.Playwright;

namespace Diaspora.Tests.Accounts;

/// <summary>What only a browser shows: where the focus goes, what the script adds, and how a refused form reads.</summary>
[Trait("needs", "browser")]
public sealed class SignInBrowserTests(Chromium chromium, PortalHost portal)
{
    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "kk")]
    public async Task Register_Refused_IsReadFirstAndAccessible(bool isDark, string? language)
    {
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Phone, isDark, language);
        var page = await browser.NewPageAsync();
        await page.GotoAsync("/auth/register");
        await page.FillAsync("#phone", "+7 701 555 01");
        await page.ClickAsync("button[type=submit]");

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#phone")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("#phone")).ToHaveAccessibleDescriptionAsync(await page.Locator("#phone-problem").InnerTextAsync());
        await page.FreeOfViolationsAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
    }

    [Fact]
    public async Task Password_Shown_CanBeCoveredAgain()
    {
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await browser.NewPageAsync();
        await page.GotoAsync("/auth/login");
        var password = page.GetByLabel("Пароль", new PageGetByLabelOptions { Exact = true });
        await password.FillAsync("тайна");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Показать пароль" }).ClickAsync();
        await Assertions.Expect(password).ToHaveAttributeAsync("type", "text");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Скрыть пароль" }).ClickAsync();
        await Assertions.Expect(password).ToHaveAttributeAsync("type", "password");
    }

    [Fact]
    public async Task Fields_AreFoundByTheWordsPeopleSee()
    {
        await using var browser = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var page = await browser.NewPageAsync();
        await page.GotoAsync("/auth/register");

        foreach (var name in new[] { "ФИО", "Телефон", "Пароль", "E-mail", "Город" })
            await Assertions.Expect(page.GetByLabel(name, new PageGetByLabelOptions { Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = "Я согласен(на) на обработку персональных данных и принимаю правила", Exact = true }).CheckAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Зарегистрироваться", Exact = true })).ToBeEnabledAsync();
    }
}
