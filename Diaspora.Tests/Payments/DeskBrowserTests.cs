using System.Text.RegularExpressions;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Kaspi;
using Diaspora.Tests.Screens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Payments;

/// <summary>A morning at the desk without a mouse, with a colleague at the next one: receipts are looked at, one is refused, one taken back, five go at once.</summary>
[Trait("needs", "browser")]
public sealed class DeskBrowserTests(Chromium chromium, SlowQueue queue) : IClassFixture<SlowQueue>
{
    private const int Claims = 30;
    private const int Refused = 7;
    private const int TakenBack = 9;
    private const int Together = 20;

    private int _keys;

    [Fact]
    public async Task Keys_Alone_DecideThirtyPaymentsWithTheirReceiptsAndBothDesksAgree()
    {
        await ArriveAsync();
        await using var laptop = await chromium.OpenAsync(queue.Portal.Address, Chromium.Laptop);
        await using var other = await chromium.OpenAsync(queue.Portal.Address, Chromium.Laptop);
        await using var phone = await chromium.OpenAsync(queue.Portal.Address, Chromium.Phone);
        var page = await queue.OpenAsync(laptop);
        var colleague = await other.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/payments");
        var member = await phone.SignInAsync(PortalHost.Debtor, to: $"/cabinet/pay/{await ExampleData.IntentOfDebtorAsync(queue.Portal)}");
        foreach (var open in new[] { colleague, member })
        {
            await open.AliveAsync();
        }

        foreach (var open in new[] { page, colleague, member })
        {
            await open.MarkAsync();
        }

        string[] ids = [.. (await page.Locator(".q-row [data-intent]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.intent)")).Take(Claims)];
        Assert.Equal(Claims, ids.Length);
        await AttachAsync(ids);
        await KeyAsync(page, "Enter");
        for (var row = 0; row < Claims; row++)
        {
            await Expect(Row(page, ids[row])).ToBeFocusedAsync();
            await Expect(page.Locator("#queue")).ToHaveAttributeAsync("data-open", ids[row]);
            await LookAsync(page, row);
            if (row == 1)
            {
                await Expect(colleague.Locator($".q-row:has([data-intent='{ids[row]}'])")).ToContainTextAsync("смотрит Лейла");
            }

            if (row == Together)
            {
                await KeyAsync(page, "Space");
                for (var more = 1; more < 5; more++)
                {
                    await KeyAsync(page, "Shift+ArrowDown");
                }

                await Expect(page.Locator("[data-bulk-confirm]")).ToContainTextAsync("Подтвердить 5");
                await KeyAsync(page, "Control+Shift+Enter");
                await Expect(page.Locator("[data-bulk-done]")).ToContainTextAsync("Подтверждено 5 оплат");
                row += 4;
                continue;
            }

            if (row == Refused)
            {
                await KeyAsync(page, "Delete");
                await Expect(page.Locator("#reject-reason")).ToBeFocusedAsync();
                await page.Keyboard.TypeAsync("чек");
                _keys += "чек".Length;
            }

            await KeyAsync(page, "Control+Enter");
            await Expect(Row(page, ids[row])).ToHaveCountAsync(0);
            if (row == TakenBack)
            {
                await KeyAsync(page, "Control+z");
                await Expect(Row(page, ids[row])).ToBeFocusedAsync();
                await KeyAsync(page, "ArrowDown");
            }
        }

        Assert.InRange(_keys, Claims, Claims * 2);
        await AgreeAsync(page, colleague, ids);
        await Expect(member.Locator("main")).ToContainTextAsync(new Regex("Оплачено|подтвержд", RegexOptions.IgnoreCase));
        foreach (var open in new[] { page, colleague, member })
        {
            await open.StayedAsync();
        }

        Assert.Empty(await page.EvaluateAsync<string[]>("() => window.lost"));
    }

    [Fact]
    public async Task Sound_SwitchedOn_RingsForAnArrivalAndIsRemembered()
    {
        await using var laptop = await chromium.OpenAsync(queue.Portal.Address, Chromium.Laptop);
        var page = await queue.OpenAsync(laptop);
        var sound = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Звук при новой оплате" });
        await Expect(sound).ToHaveAttributeAsync("aria-pressed", "false");
        await sound.ClickAsync();
        await Expect(sound).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator("#queue")).ToHaveAttributeAsync("data-rang", "1");
        await queue.ArriveAsync(1);
        await Expect(page.Locator("#queue")).ToHaveAttributeAsync("data-rang", "2");
        await page.ReloadAsync();
        await page.AliveAsync();
        await Expect(sound).ToHaveAttributeAsync("aria-pressed", "true");
    }

    /// <summary>The rows are read together, and the figures once when it is quiet again.</summary>
    [Fact]
    public async Task Change_TwoHundredTimesAtOnce_ReadsTheFiguresOnce()
    {
        _ = queue.Queries;
        await using var laptop = await chromium.OpenAsync(queue.Portal.Address, Chromium.Laptop);
        var page = await queue.OpenAsync(laptop);
        var ids = await page.Locator(".q-row [data-intent]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.intent)");
        await Expect(page).ToHaveTitleAsync(new Regex("^[(]"));
        var waiting = int.Parse(Regex.Match(await page.TitleAsync(), "^[(]([0-9]+)[)] ").Groups[1].Value, null);

        queue.Queries.Restart(queue.Portal.Folder);
        var feed = queue.Portal.Services.GetRequiredService<Domain.Kernel.IChangeFeed>();
        for (var change = 0; change < 200; change++)
        {
            feed.Publish(new PaymentsChanged(Guid.Parse(ids[1 + change % (ids.Length - 1)]), []));
        }

        // The title follows the figures: when it says the next number, all that went before is read.
        await queue.AsColleagueAsync((moderation, admin) => moderation.ConfirmAsync(admin, Guid.Parse(ids[1])));
        await Expect(page).ToHaveTitleAsync(new Regex($"^[(]{waiting - 1}[)] "));
        Assert.InRange(queue.Queries.Queries.Count(query => query.Contains("AuditTail", StringComparison.Ordinal) && query.Contains("COUNT(", StringComparison.Ordinal)), 1, 2);
    }

    /// <summary>Three kinds of receipts are looked at: each is drawn in its place.</summary>
    private async Task LookAsync(IPage page, int row)
    {
        var panel = page.Locator("[data-panel]");
        switch (row)
        {
            case 0:
                await Expect(panel.Locator("iframe.paper")).ToHaveAttributeAsync("src", new Regex("^/receipts/.+/document#"));
                await Expect(panel.Locator("[data-paper-text]")).ToContainTextAsync("2 000 ₸");
                break;
            case 1 or 2:
                var picture = panel.Locator(".paper img");
                await Expect(picture).ToHaveAttributeAsync("style", new Regex("rotate: 0deg"));

                // Fetched while the one before was looked at, and not once more.
                Assert.Equal(1, await picture.EvaluateAsync<int>("image => performance.getEntriesByName(image.src).length"));
                var width = (await picture.BoundingBoxAsync())!.Width;
                await KeyAsync(page, row == 1 ? "+" : "r");
                await Expect(picture).ToHaveAttributeAsync("style", new Regex($"rotate: {(row == 1 ? 0 : 90)}deg"));
                Assert.True(row == 2 || (await picture.BoundingBoxAsync())!.Width > width);
                break;
        }
    }

    private async Task AgreeAsync(IPage page, IPage colleague, string[] ids)
    {
        List<PaymentStatus> decided = [];
        await queue.AsColleagueAsync(async (moderation, admin) =>
        {
            foreach (var id in ids)
            {
                // A payment may have months that were decided before: what was refused now bears the reason.
                var row = (await moderation.IntentAsync(admin, Guid.Parse(id))).Row;
                decided.Add(row.Months.Any(month => month is { Status: PaymentStatus.Rejected, Reason: "чек" }) && !row.CanDecide ? PaymentStatus.Rejected : row.Status);
            }
        });
        Assert.Equal(ids.Select((_, row) => row switch { Refused => PaymentStatus.Rejected, TakenBack => PaymentStatus.Pending, _ => PaymentStatus.Confirmed }), decided);
        foreach (var desk in new[] { page, colleague })
        {
            await Expect(Row(desk, ids[^1])).ToHaveCountAsync(0);
            await Expect(Row(desk, ids[TakenBack])).ToHaveCountAsync(1);
            var left = await desk.Locator(".q-row [data-intent]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.intent)");
            Assert.Equal([ids[TakenBack]], ids.Intersect(left));
        }
    }

    /// <summary>The first is the debtor's own, whose page stands open.</summary>
    private async Task ArriveAsync()
    {
        await using (var scope = queue.Portal.Services.CreateAsyncScope())
        {
            var intent = await ExampleData.IntentOfDebtorAsync(queue.Portal);
            var payments = scope.ServiceProvider.GetRequiredService<PaymentService>();
            var payer = (await scope.ServiceProvider.GetRequiredService<Domain.Kernel.IStore>().ReadAsync(work => work.Payments.RowAsync(intent)))!.PayerId;
            await payments.ClaimAsync(new Actor(payer, "127.0.0.1", "tests"), intent);
        }

        await queue.ArriveAsync(Claims);
    }

    private async Task AttachAsync(string[] ids)
    {
        await using var scope = queue.Portal.Services.CreateAsyncScope();
        var payments = scope.ServiceProvider.GetRequiredService<PaymentService>();
        var cashier = new Actor(await ExampleData.IdOfAsync(queue.Portal, PortalHost.Cashier), "127.0.0.1", "tests");
        using var bitmap = new SKBitmap(390, 844);
        bitmap.Erase(SKColors.White);
        byte[][] files = [ReceiptReaderTests.Pdf("Перевод успешно совершен", "2 000 ₸", "№ квитанции 7712300001"), bitmap.Encode(SKEncodedImageFormat.Png, 90).ToArray(), TestPictures.Jpeg(1200, 900)];
        foreach (var (file, id) in files.Zip(ids))
        {
            // What the demo's people sent is taken off, so that this one is the first.
            await queue.WithoutReceiptsAsync(Guid.Parse(id));
            await payments.AttachAsCashierAsync(cashier, Guid.Parse(id), "чек", new MemoryStream(file));
        }
    }

    private async Task KeyAsync(IPage page, string key)
    {
        _keys++;
        await page.Keyboard.PressAsync(key);
    }

    private static ILocator Row(IPage page, string id) => page.Locator($".q-row [data-intent='{id}']");
}
