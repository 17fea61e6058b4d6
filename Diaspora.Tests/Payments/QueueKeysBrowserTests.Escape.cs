using Diaspora.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Payments;

public sealed partial class QueueKeysBrowserTests
{
    /// <summary>Closed while the next one was on its way, it is not there a moment later.</summary>
    [Fact]
    public async Task Escape_WhileAPanelIsOnItsWay_LeavesNone()
    {
        await using var laptop = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        var asked = new TaskCompletionSource();
        laptop.Page += (_, opened) => opened.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => _ = frame.Binary.AsSpan().IndexOf("Follow"u8) >= 0 && asked.TrySetResult();
        var page = await queue.OpenAsync(laptop);
        var ids = await IdsAsync(page);
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, ids[0]);
        await page.Keyboard.PressAsync("ArrowDown");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await page.Keyboard.PressAsync("Escape");
        await page.WaitForFunctionAsync("id => window.seen.includes(`open ${id}`)", ids[1]);
        await Expect(page.Locator("[data-panel]")).ToHaveCountAsync(0);
        await NeverLostAsync(page);
    }
}
