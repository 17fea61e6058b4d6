using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Payments;

/// <summary>A morning's work without a mouse: one key each for what is confirmed, a reason for what is not.</summary>
[Trait("needs", "browser")]
public sealed class TenDecisionsBrowserTests(Chromium chromium, SlowQueue queue) : IClassFixture<SlowQueue>
{
    [Fact]
    public async Task Keys_Alone_DecideTenPaymentsOneAfterTheOther()
    {
        await using var laptop = await chromium.OpenAsync(queue.Line.Address, Chromium.Laptop);
        var page = await queue.OpenAsync(laptop);
        var ids = await page.Locator(".q-row [data-intent]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.intent)");
        PaymentStatus[] wanted = [.. Enumerable.Range(0, 10).Select(row => row is 3 or 5 ? PaymentStatus.Rejected : PaymentStatus.Confirmed)];
        for (var row = 0; row < wanted.Length; row++)
        {
            await Expect(Row(page, ids[row])).ToBeFocusedAsync();
            if (wanted[row] == PaymentStatus.Rejected)
            {
                await page.Keyboard.PressAsync("Delete");
                await Expect(page.Locator("#reject-reason")).ToBeFocusedAsync();
                await page.Keyboard.TypeAsync("Деньги не пришли");
            }

            await page.Keyboard.PressAsync("Control+Enter");
            await Expect(Row(page, ids[row])).ToHaveCountAsync(0);
        }

        await Expect(Row(page, ids[10])).ToBeFocusedAsync();
        List<PaymentStatus> decided = [];
        await queue.AsColleagueAsync(async (moderation, admin) =>
        {
            foreach (var id in ids.Take(wanted.Length))
            {
                decided.Add((await moderation.IntentAsync(admin, Guid.Parse(id))).Row.Status);
            }
        });
        Assert.Equal(wanted, decided);
        Assert.Empty(await page.EvaluateAsync<string[]>("() => window.lost"));
    }

    private static ILocator Row(IPage page, string id) => page.Locator($".q-row [data-intent='{id}']");
}
