using Diaspora.Data;
using Diaspora.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Line;

/// <summary>What becomes of a press over a line that is slow, frozen or cut, and when the portal was started again meanwhile. Payments are counted in the database.</summary>
[Trait("needs", "browser")]
public sealed class BrokenLineTests(Chromium chromium)
{
    private const string Create = "Создать платёж";

    private readonly DateTime _beganAt = DateTime.UtcNow;

    [Fact]
    public async Task Tap_BeforeTheCircuitIsAlive_IsSaidAndChangesNothing()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Laptop);
        var script = new TaskCompletionSource();
        await phone.RouteAsync("**/_framework/blazor.web*.js", async route =>
        {
            await script.Task;
            await route.ContinueAsync();
        });
        await phone.SendSignInAsync(PortalHost.Admin, "/admin/login");
        var page = await phone.NewPageAsync();
        await page.GotoAsync("/admin/members", new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        var (tick, add) = (page.Locator("[data-member] .tick input").First, page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Добавить участника" }).First);
        await tick.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

        await tick.DispatchEventAsync("click");
        await Expect(Says(page)).ToContainTextAsync("Загружаем…");
        Assert.False(await tick.IsCheckedAsync());
        await add.DispatchEventAsync("click");
        await Expect(add).ToHaveAttributeAsync("aria-disabled", "true");

        // What was tapped does not happen later either; the same buttons work.
        script.SetResult();
        await page.AliveAsync();
        await Expect(page.Locator("[aria-disabled=true][data-not-ready]")).ToHaveCountAsync(0);
        Assert.False(await tick.IsCheckedAsync());
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await tick.DispatchEventAsync("click");
        await Expect(tick).ToBeCheckedAsync();
        await add.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Press_OverALineFrozenForTwelveSeconds_IsNotPerformedAndOfferedAgain()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        var page = await PayingAsync(phone);
        line.Freeze();
        var frozenAt = await page.EvaluateAsync<double>("() => Date.now()");
        await CreateOf(page).ClickAsync();
        await Expect(Says(page)).ToContainTextAsync("Нет связи");
        await page.WaitForFunctionAsync("from => Date.now() - from > 12000", frozenAt);
        line.Restore();

        var offer = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Повторить" });
        await Expect(Says(page)).ToContainTextAsync($"Нажатие «{Create}» не дошло.");
        Assert.Equal(0, await StartedAsync(portal));
        await offer.ClickAsync();
        await OnIntentAsync(page);
        await page.AliveAsync();
        Assert.Equal(1, await StartedAsync(portal));
        await Expect(offer).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Press_OverALineFrozenForTwoSeconds_IsPerformedOnce()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        var page = await PayingAsync(phone);
        line.Freeze();
        var frozenAt = await page.EvaluateAsync<double>("() => Date.now()");
        await CreateOf(page).ClickAsync();
        await page.WaitForFunctionAsync("from => Date.now() - from > 2000", frozenAt);
        line.Restore();
        await OnIntentAsync(page);
        Assert.Equal(1, await StartedAsync(portal));
        await page.AliveAsync();
        await Expect(page.Locator("#line[data-state]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Press_AnsweredByNobodyBeforeThePortalWasStartedAgain_IsOfferedByTheNextPage()
    {
        var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        var page = await PayingAsync(phone);
        line.Freeze();
        await CreateOf(page).ClickAsync();
        line.Cut();

        // Nothing can be pressed now, and that is said.
        await Expect(Says(page)).ToContainTextAsync("Восстанавливаем связь");
        await CreateOf(page).ClickAsync(new LocatorClickOptions { Force = true });
        await Expect(Says(page)).ToContainTextAsync("Нажмите, когда она появится: выбор сохранён.");

        using var next = portal.Restart();
        line.Lead(next.Address);
        line.Restore();
        await Expect(Says(page)).ToContainTextAsync($"Неизвестно, дошло ли нажатие «{Create}».");
        Assert.Equal(0, await StartedAsync(next));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Повторить" }).ClickAsync();
        await OnIntentAsync(page);
        Assert.Equal(1, await StartedAsync(next));
    }

    [Fact]
    public async Task Line_FrozenOrCut_IsToldWithinThreeSecondsAndTakenBackByItself()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address);
        await using var laptop = await chromium.OpenAsync(line.Address, Chromium.Laptop);
        await laptop.Clock.InstallAsync();
        var page = await laptop.SignInAsync(PortalHost.Debtor, to: "/cabinet/profile");
        await page.AliveAsync();
        foreach (var breaks in (Action[])[line.Freeze, line.Cut])
        {
            breaks();

            // Of the page's own time: a busy machine is not a silent one.
            await laptop.Clock.RunForAsync(3000);
            Assert.Equal(1, await page.Locator("#line[data-state]").CountAsync());
            line.Restore();
            await page.AliveAsync();
            await Expect(page.Locator("#line[data-state]")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Press_OverASlowLine_ShowsAtOnceThatItIsOnItsWay()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        var page = await PayingAsync(phone);
        var month = page.Locator("fieldset.picks").GetByRole(AriaRole.Checkbox).Last;
        Assert.Equal("true", await page.EvaluateAsync<string?>("() => { const more = [...document.querySelectorAll('button')].find(b => b.textContent.includes('месяцы')); more.click(); return more.getAttribute('aria-busy'); }"));
        await Expect(page.Locator("[data-pressed]")).ToHaveCountAsync(0);
        await Expect(month).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Type_WhileTheLineIsCut_IsKnownToTheCircuitAfterwards()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/profile");
        await page.AliveAsync();
        await page.MarkAsync();
        line.Cut();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-line", "down");
        await page.GetByLabel("Город").FillAsync("Тараз");
        line.Restore();
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Сохранить" }).ClickAsync();
        await Expect(page.GetByText("Сохранено").First).ToBeVisibleAsync();
        await page.StayedAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Город")).ToHaveValueAsync("Тараз");
    }

    [Fact]
    public async Task Attach_OverAFrozenLine_IsGivenUpAndOfferedAgain()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var line = SlowLine.To(portal.Address);
        await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
        await phone.Clock.InstallAsync();
        var page = await PayingAsync(phone);
        await CreateOf(page).ClickAsync();
        var files = page.Locator("form[data-receipts] input[type=file]");
        await files.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        line.Freeze();
        await files.SetInputFilesAsync(new FilePayload { Name = "чек.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n% a receipt\n%%EOF\n"u8.ToArray() });
        await Expect(page.Locator("form[data-receipts][aria-busy]")).ToHaveCountAsync(1);
        await phone.Clock.FastForwardAsync(31_000);
        var again = page.Locator("[data-errors] [data-sends-again]");
        await Expect(again).ToHaveTextAsync("Повторить");
        line.Restore();
        await page.AliveAsync();
        await again.ClickAsync();
        await Expect(page.Locator("[data-listed] .filerow")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-errors] li")).ToHaveCountAsync(0);
    }

    private static async Task<IPage> PayingAsync(IBrowserContext phone)
    {
        var page = await phone.SignInAsync(PortalHost.Debtor, to: "/cabinet/pay");
        await page.AliveAsync();
        return page;
    }

    private static ILocator CreateOf(IPage page) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = Create });

    private static ILocator Says(IPage page) => page.Locator("#line [data-when]:not([hidden])");

    private static Task OnIntentAsync(IPage page) => Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cabinet/pay/[0-9a-f-]{36}"));

    /// <summary>How many payments the debtor has begun since the test began.</summary>
    private async Task<int> StartedAsync(PortalHost portal)
    {
        await using var context = portal.Services.GetRequiredService<IContextFactory>().Create();
        var phone = PhoneNumber.Parse(PortalHost.Debtor.Phone);
        var member = await context.Members.Where(person => person.Phone == phone).Select(person => person.Id).SingleAsync(TestContext.Current.CancellationToken);
        return await context.Intents.CountAsync(intent => intent.PayerId == member && intent.CreatedAt >= _beganAt, TestContext.Current.CancellationToken);
    }
}
