using System.Net;
using System.Text.RegularExpressions;
using Diaspora.Data.Demo;
using Diaspora.Tests.Accounts;
using Microsoft.Playwright;

namespace Diaspora.Tests.Hosting;

/// <summary>What people do, in their words.</summary>
internal static class BrowserSteps
{
    /// <summary>
    /// Signs in as the form would, without showing it, and opens the page that follows or the one that is asked for. Each call is a
    /// session of its own.
    /// </summary>
    public static async Task<IPage> SignInAsync(this IBrowserContext context, DemoAccount account, string path = "/auth/login", string? to = null)
    {
        var follows = await context.SendSignInAsync(account, path);
        var page = await context.NewPageAsync();
        await page.GotoAsync(to ?? follows);
        return page;
    }

    /// <summary>The cookies of a signed-in person, and no page yet.</summary>
    /// <returns>Where the portal leads from here.</returns>
    public static async Task<string> SendSignInAsync(this IBrowserContext context, DemoAccount account, string path = "/auth/login")
    {
        var (action, hidden) = Visitor.FormOf(await (await context.APIRequest.GetAsync(path)).TextAsync(), path);
        var form = context.APIRequest.CreateFormData();
        foreach (var (name, value) in hidden.Append(new("Form.Phone", account.Phone)).Append(new("Form.Password", account.Password)))
        {
            form.Set(name, value);
        }

        var answer = await context.APIRequest.PostAsync(action, new APIRequestContextOptions { Form = form, MaxRedirects = 0 });
        Assert.Equal((int)HttpStatusCode.Redirect, answer.Status);
        return answer.Headers["location"];
    }

    /// <summary>Signs in by the form itself, and waits for the page that follows.</summary>
    public static async Task<IPage> FillSignInAsync(this IBrowserContext context, DemoAccount account, string path = "/auth/login")
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.GetByLabel("Телефон").FillAsync(account.Phone);
        await page.GetByLabel("Пароль", new PageGetByLabelOptions { Exact = true }).FillAsync(account.Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Войти", Exact = true }).ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("/login"));
        return page;
    }

    /// <summary>Waits until the page's circuit is open: before that, a press would go nowhere.</summary>
    public static Task AliveAsync(this IPage page) => page.WaitForFunctionAsync("() => document.documentElement.dataset.line === 'live'");

    /// <summary>Opens the first line of the members' list for an edit. What is filled in before its first field has the focus would land in that one.</summary>
    public static async Task EditFirstAsync(this IPage page)
    {
        await page.Locator("[data-edit]").First.ClickAsync();
        await Assertions.Expect(page.Locator("#edit-FullName")).ToBeFocusedAsync();
    }

    /// <summary>Opens one of MudBlazor's lists and chooses in it.</summary>
    public static async Task ChooseAsync(this IPage page, string label, string option)
    {
        await page.GetByLabel(label).ClickAsync();
        await page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Name = option, Exact = true }).ClickAsync();
    }

    /// <summary>Marks the page; the mark is gone when the page was loaded anew.</summary>
    public static Task MarkAsync(this IPage page) => page.EvaluateAsync("() => { window.stayedHere = true; }");

    /// <summary>Fails when the page was loaded anew or left since <see cref="MarkAsync"/>.</summary>
    public static async Task StayedAsync(this IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("() => window.stayedHere === true && performance.getEntriesByType('navigation').length === 1"), "The page was loaded again.");
}
