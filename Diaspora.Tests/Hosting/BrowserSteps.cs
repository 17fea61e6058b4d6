using Diaspora.Data.Demo;
using Microsoft.Playwright;

namespace Diaspora.Tests.Hosting;

/// <summary>What people do, in their words.</summary>
internal static class BrowserSteps
{
    /// <summary>Signs in and waits for the page that follows.</summary>
    public static async Task<IPage> SignInAsync(this IBrowserContext context, DemoAccount account, string path = "/auth/login")
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.GetByLabel("Телефон").FillAsync(account.Phone);
        await page.GetByLabel("Пароль", new PageGetByLabelOptions { Exact = true }).FillAsync(account.Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Войти", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/login", StringComparison.Ordinal));
        return page;
    }

    /// <summary>Waits until the page's circuit is open: before that, a press would go nowhere.</summary>
    public static Task AliveAsync(this IPage page) => page.WaitForFunctionAsync("() => window.portal?.isLive === true");

    /// <summary>Marks the page; the mark is gone when the page was loaded anew.</summary>
    public static Task MarkAsync(this IPage page) => page.EvaluateAsync("() => { window.stayedHere = true; }");

    /// <summary>Fails when the page was loaded anew or left since <see cref="MarkAsync"/>.</summary>
    public static async Task StayedAsync(this IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("() => window.stayedHere === true && performance.getEntriesByType('navigation').length === 1"), "The page was loaded again.");
}
