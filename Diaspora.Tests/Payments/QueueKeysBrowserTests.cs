using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Payments;

/// <summary>A cashier without a mouse, a tenth of a second away from the portal: keys act on what is shown, and the focus is never nowhere.</summary>
[Trait("needs", "browser")]
public sealed partial class QueueKeysBrowserTests(Chromium chromium, SlowQueue queue) : IClassFixture<SlowQueue>
{
    [Fact]
    public async Task Keys_AfterAClickAndAnArrow_DecideWhatThePanelShows()
    {
        await using var laptop = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        var page = await queue.OpenAsync(laptop);
        var ids = await IdsAsync(page);
        await page.Locator(".q-row .name").Nth(1).ClickAsync();
        await ShowsAsync(page, ids[1]);
        await page.Keyboard.PressAsync("ArrowDown");
        await ShowsAsync(page, ids[2]);

        // At once, while the panel still shows the row above: the key waits for the panel.
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Control+Enter");
        await GoneAsync(page, ids[3]);
        await ShowsAsync(page, ids[4]);
        await Expect(Row(page, ids[4])).ToBeFocusedAsync();
        await Expect(Row(page, ids[2])).ToHaveCountAsync(1);
        var seen = await page.EvaluateAsync<string[]>("() => window.seen");
        Assert.InRange(Array.IndexOf(seen, $"open {ids[3]}"), 0, Array.IndexOf(seen, $"gone {ids[3]}"));

        // Whoever walks on has not decided.
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.GetByText("Ничего не решено")).ToBeVisibleAsync();
        await ShowsAsync(page, ids[1]);
        await Expect(Row(page, ids[2])).ToHaveCountAsync(1);
        await NeverLostAsync(page);
    }

    [Fact]
    public async Task Decide_TheLastRowAndTheOnlyOne_TheFocusGoesToTheOneBeforeAndToTheMessage()
    {
        await using var laptop = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        var page = await queue.OpenAsync(laptop);
        var ids = await IdsAsync(page);
        await page.Keyboard.PressAsync("ArrowUp");
        await Row(page, ids[^1]).FocusAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await GoneAsync(page, ids[^1]);
        await Expect(Row(page, ids[^2])).ToBeFocusedAsync();
        await NeverLostAsync(page);

        var code = await queue.CodeOfAsync(ids[0]);
        await using var another = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        page = await queue.OpenAsync(another, $"/admin/payments?q={code}");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Ничего не нашлось")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-empty]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(Row(page, ids[0])).ToBeFocusedAsync();
        await NeverLostAsync(page);
    }

    [Fact]
    public async Task Reject_WithKeysAlone_BeginsInTheReasonAndComesBackToTheRow()
    {
        await using var laptop = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        var page = await queue.OpenAsync(laptop);
        var ids = await IdsAsync(page);
        await page.Keyboard.PressAsync("Delete");
        await Expect(page.Locator("#reject-reason")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page.Locator($"[data-intent='{ids[0]}']:focus-within, [data-intent='{ids[0]}']:focus")).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("Delete");
        await Expect(page.Locator("#reject-reason")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Напишите причину")).ToBeVisibleAsync();
        await Expect(page.Locator("#reject-reason")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Деньги не пришли");
        await page.Keyboard.PressAsync("Control+Enter");
        await GoneAsync(page, ids[0]);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(Row(page, ids[1])).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(Row(page, ids[0])).ToBeFocusedAsync();
        await NeverLostAsync(page);
    }

    [Fact]
    public async Task Undo_StepAfterStep_SaysWhatAndCountsInOneSnackbar()
    {
        await using var laptop = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        var page = await queue.OpenAsync(laptop);
        var ids = await IdsAsync(page);
        var names = await page.Locator(".q-row .name").AllInnerTextsAsync();
        for (var row = 0; row < 4; row++)
        {
            await Expect(Row(page, ids[row])).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Control+Enter");
            await GoneAsync(page, ids[row]);
        }

        await Expect(page.Locator(".mud-snackbar")).ToHaveCountAsync(1);
        await Expect(page.Locator(".mud-snackbar")).ToContainTextAsync(new Regex($"Подтверждено 4.*{Regex.Escape(names[3])}.*Вернуть", RegexOptions.Singleline));

        // A live change between the steps takes no step away.
        await queue.AsColleagueAsync((moderation, admin) => moderation.ConfirmAsync(admin, Guid.Parse(ids[5])));
        await GoneAsync(page, ids[5]);
        for (var row = 3; row >= 0; row--)
        {
            await page.Keyboard.PressAsync("Control+z");
            await Expect(Row(page, ids[row])).ToBeFocusedAsync();
            await Expect(page.Locator(".mud-snackbar")).ToContainTextAsync($"Снова на проверке: {names[row]}");
            await Expect(page.Locator(".mud-snackbar")).ToHaveCountAsync(1);
        }

        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.GetByText("Отменять больше нечего")).ToBeVisibleAsync();
        await NeverLostAsync(page);
    }

    [Fact]
    public async Task Focus_OnARowThatAColleagueDecides_GoesOnAndAKeyInThatMomentDecidesNothing()
    {
        await using var laptop = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        var page = await queue.OpenAsync(laptop);
        var ids = await IdsAsync(page);
        await page.Keyboard.PressAsync("ArrowDown");
        await queue.AsColleagueAsync((moderation, admin) => moderation.ConfirmAsync(admin, Guid.Parse(ids[1])));
        await Expect(Row(page, ids[2])).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("уже решена")).ToBeVisibleAsync();
        await queue.ArriveAsync(1);
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("^Ещё 1 ") })).ToBeVisibleAsync();
        await Expect(Row(page, ids[2])).ToBeFocusedAsync();
        await NeverLostAsync(page);
    }

    [Fact]
    public async Task Arrive_OnAnIdleQueue_ShowsItselfAndTakesNoFocus()
    {
        await using var laptop = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        var page = await queue.OpenAsync(laptop);
        var ids = await IdsAsync(page);
        await Expect(Row(page, ids[0])).ToBeFocusedAsync();
        await queue.ArriveAsync(1);
        await Expect(page.Locator(".q-row > .new")).ToHaveCountAsync(1);
        await Expect(Row(page, ids[0])).ToBeFocusedAsync();

        // To a payment's own page and back: the row one came from.
        await page.Locator($".q-row:has([data-intent='{ids[2]}']) .name").ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Вся история оплаты" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/admin/payments/{ids[2]}"));
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "К очереди" }).ClickAsync();
        await Expect(Row(page, ids[2])).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Arrow_HeldDown_ReadsThePanelAtItsBeginningAndAtItsEnd()
    {
        await using var laptop = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        _ = queue.Queries;
        var page = await queue.OpenAsync(laptop);
        var ids = await IdsAsync(page);
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, ids[0]);
        await page.Keyboard.PressAsync("ArrowDown");
        await ShowsAsync(page, ids[1]);
        queue.Queries.Restart(queue.Portal.Folder);

        // Quicker than any keyboard, and in one go: a browser that is busy for a while between two presses makes a rest of it.
        await page.EvaluateAsync("() => { for (let row = 0; row < 8; row++) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', code: 'ArrowDown', repeat: row > 0, bubbles: true, cancelable: true })); }");
        await ShowsAsync(page, ids[9]);

        // Eight rows, and a panel is read for two of them: its log is what nobody else asks, while the pictures of rows ask who is there.
        Assert.Equal(2, queue.Queries.Queries.Count(query => query.Contains("\"AfterJson\"", StringComparison.Ordinal)));
        Assert.Equal([$"open {ids[0]}", $"open {ids[1]}", $"open {ids[2]}", $"open {ids[9]}"], await page.EvaluateAsync<string[]>("() => window.seen"));
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1440, 900)]
    public async Task Snackbars_OverTheRejectDialog_CoverNothingThatCanBePressed(int width, int height)
    {
        await using var browser = await chromium.OpenAsync(queue.Line.Address, (width, height));
        var page = await queue.OpenAsync(browser);
        var ids = await IdsAsync(page);
        for (var row = 0; row < 2; row++)
        {
            await Button(page, ids[row], "Подтвердить").ClickAsync();
            await GoneAsync(page, ids[row]);
        }

        // Twice too late: told twice, one after the other.
        for (var row = 2; row < 4; row++)
        {
            await Button(page, ids[row], "Отклонить").ClickAsync();
            await page.Locator("#reject-reason").FillAsync("Деньги не пришли");
            await queue.AsColleagueAsync((moderation, admin) => moderation.ConfirmAsync(admin, Guid.Parse(ids[row])));
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Отклонить" }).ClickAsync();
            await Expect(page.GetByText(new Regex("уже подтвердил"))).ToBeVisibleAsync();
            // What was decided leaves once the hand rests; the next row would move while it is being pressed.
            await Expect(Row(page, ids[row])).ToHaveCountAsync(0);
        }

        await Button(page, ids[4], "Подтвердить").ClickAsync();
        await GoneAsync(page, ids[4]);
        await Button(page, ids[5], "Отклонить").ClickAsync();
        await Expect(page.Locator("#reject-reason")).ToBeFocusedAsync();
        if (Environment.GetEnvironmentVariable("DIASPORA_SCREENS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"snackbars-{width}.png") });
        }

        await Expect(page.Locator(".mud-snackbar")).ToHaveCountAsync(2);
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            () => {
              const bars = [...document.querySelectorAll(".mud-snackbar")].map(bar => bar.getBoundingClientRect());
              const controls = document.querySelectorAll("[role=dialog], [role=dialog] :is(button, a, input, select, textarea), .dock button, .nav a");
              return [...controls].filter(control => {
                const at = control.getBoundingClientRect();
                return at.width && bars.some(bar => at.left < bar.right && bar.left < at.right && at.top < bar.bottom && bar.top < at.bottom);
              }).map(control => control.id || control.textContent.trim());
            }
            """));
        await NeverLostAsync(page);
    }

    private static ILocator Row(IPage page, string id) => page.Locator($".q-row [data-intent='{id}']");

    private static ILocator Button(IPage page, string id, string name) => Row(page, id).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name });

    private static Task<string[]> IdsAsync(IPage page) => page.Locator(".q-row [data-intent]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.intent)");

    private static Task ShowsAsync(IPage page, string id) => Expect(page.Locator("#queue")).ToHaveAttributeAsync("data-open", id);

    private static Task GoneAsync(IPage page, string id) => Expect(Row(page, id).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Отклонить" })).ToHaveCountAsync(0);

    private static async Task NeverLostAsync(IPage page) => Assert.Empty(await page.EvaluateAsync<string[]>("() => window.lost"));
}
