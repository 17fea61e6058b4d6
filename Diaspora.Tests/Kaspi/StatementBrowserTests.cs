using System.Text.RegularExpressions;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Kaspi;

/// <summary>A month's money as a cashier takes it in, on a portal of its own: it changes what others count.</summary>
[Trait("needs", "browser")]
public sealed class StatementBrowserTests(Chromium chromium)
{
    private const int Formats = 4;

    [Fact]
    public async Task TakeIn_AMonthInEachFormat_ConfirmsWhatIsSure_TakesOneBack_AndASecondTimeAddsNothing()
    {
        using var portal = PortalHost.Start(Environments.Development);
        var claims = await ClaimsAsync(portal);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Cashier, "/admin/login", "/admin/statements");
        var files = FilesOf(claims);

        foreach (var (name, file, lines) in files)
        {
            await HandInAsync(page, name, file);
            if (name == "table.csv")
            {
                // A table nobody knows is asked about once.
                await page.ChooseAsync("Дата", "A · Когда");
                await page.ChooseAsync("Сумма, одним столбцом", "C · Сколько");
                await page.ChooseAsync("Плательщик", "D · Кто");
                await page.ChooseAsync("Сообщение", "E · Зачем");
                await page.ChooseAsync("Номер операции", "F · Код");
                await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Прочитать таблицу" }).ClickAsync();
            }

            await page.Locator("[data-book]").ClickAsync();
            await Expect(page.Locator("[data-evidence]")).ToHaveCountAsync(lines);
            if (name != "gold.pdf")
            {
                // There the code stands in the message.
                await Expect(page.Locator("[data-confirm-sure]")).ToHaveTextAsync(new Regex($@"\({lines}\)"));
            }
        }

        await page.GotoAsync("/admin/statements/lines?show=sure");
        await page.AliveAsync();
        var sure = await page.Locator("[data-sure]").CountAsync();
        Assert.InRange(sure, files.Skip(1).Sum(file => file.Lines), claims.Count);
        await page.Locator("[data-confirm-sure]").ClickAsync();
        await Expect(page.Locator("[data-bulk-done]")).ToContainTextAsync(new Regex($"Подтвержден.? {sure} "));
        await Expect(page.Locator("[data-bulk-undo]")).ToBeVisibleAsync();

        // One of them is taken back, and waits again.
        await page.GotoAsync($"/admin/statements/lines?show=matched&q={claims[1].Code}");
        await page.AliveAsync();
        await page.Locator("[data-undo-line]").ClickAsync();
        await Expect(page.Locator("[data-evidence]")).ToHaveAttributeAsync("data-state", nameof(EvidenceState.Open));

        foreach (var (name, file, _) in files)
        {
            await HandInAsync(page, name, file);
            await Expect(page.Locator("[data-book]")).ToHaveTextAsync(new Regex("Новых строк нет"));
        }
    }

    [Fact]
    public async Task Decide_WithKeysAlone_AndOnAPhone_AndAWrongFileIsASentence()
    {
        using var portal = PortalHost.Start(Environments.Development);
        var claims = await ClaimsAsync(portal);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Cashier, "/admin/login", "/admin/statements");

        await HandInAsync(page, "wrong.pdf", new GoldFile { WrongTopUps = 100_000 }.Draw([Entry(claims[0], 1)]), waits: false);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Строки не сходятся с итогом выписки");

        await HandInAsync(page, "pay.csv", StatementFiles.PayCsv([.. claims.Select(Entry), StatementEntry.Of("2026-03-01", "10:00", 150_000, "ТОО Зал", "аренда", "990001")]));
        await page.Locator("[data-book]").ClickAsync();
        await Expect(page.Locator("[data-confirm-sure]")).ToBeVisibleAsync();
        await page.GotoAsync("/admin/statements/lines?show=sure");
        await page.AliveAsync();
        await Expect(page.Locator("[data-sure]")).ToHaveCountAsync(claims.Count);
        await Expect(page.Locator("[data-evidence]").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-evidence]").First).ToHaveAttributeAsync("data-state", nameof(EvidenceState.Matched));
        await Expect(page.Locator("[data-evidence]").First).ToBeFocusedAsync();

        await page.GotoAsync("/admin/statements/lines?show=nobody&q=Зал");
        await page.AliveAsync();
        await Expect(page.Locator("[data-evidence]").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("n");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Expect(page.Locator("#not-dues-note")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("аренда");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-evidence]").First).ToHaveAttributeAsync("data-state", nameof(EvidenceState.NotDues));

        await using var hand = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var phone = await hand.SignInAsync(PortalHost.Cashier, "/admin/login", "/admin/statements/lines?show=sure");
        await phone.AliveAsync();
        await phone.Locator("[data-sure]").First.TapAsync();
        await Expect(phone.Locator("[data-evidence]").First).ToHaveAttributeAsync("data-state", nameof(EvidenceState.Matched));
        Assert.True(await phone.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }

    private sealed record Claim(string Code, string Payer, long Tenge, DateTime At);

    /// <summary>What waits in the demonstration's queue and was claimed.</summary>
    private static async Task<IReadOnlyList<Claim>> ClaimsAsync(PortalHost portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<Data.DiasporaDbContext>();
        var intents = await context.Intents.Include(intent => intent.Payments).Where(intent => intent.ClaimedAt != null && intent.Payments.Any(payment => payment.Status == PaymentStatus.Pending)).ToListAsync();
        var names = await context.Members.ToDictionaryAsync(member => member.Id, member => member.FullName);
        Assert.True(intents.Count >= Formats);
        return [.. intents.OrderBy(intent => intent.Code, StringComparer.Ordinal).Select(intent => new Claim(
            intent.Code, names[intent.PayerId], Money.Sum(intent.Payments.Where(payment => payment.Status == PaymentStatus.Pending).Select(payment => payment.Amount)).Tenge, intent.ClaimedAt!.Value.AddHours(5)))];
    }

    /// <summary>Each claim's money stands in one of the four.</summary>
    private static List<(string Name, byte[] File, int Lines)> FilesOf(IReadOnlyList<Claim> claims)
    {
        var parts = claims.Select(Entry).Index().GroupBy(entry => entry.Index % Formats, entry => entry.Item).Select(part => part.ToList()).ToList();
        return
        [
            ("gold.pdf", StatementFiles.Gold(parts[0]), parts[0].Count), ("pay.xlsx", StatementFiles.PayXlsx(parts[1]), parts[1].Count), ("bank.txt", StatementFiles.OneC(parts[2]), parts[2].Count),
            ("table.csv", StatementFiles.Table(parts[3], "Когда;Во;Сколько;Кто;Зачем;Код"), parts[3].Count),
        ];
    }

    private static StatementEntry Entry(Claim claim, int number) =>
        new(DateOnly.FromDateTime(claim.At), TimeOnly.FromDateTime(claim.At), claim.Tenge * 100, claim.Payer, claim.Code, $"{88000 + number}");

    private static async Task HandInAsync(IPage page, string name, byte[] file, bool waits = true)
    {
        await page.GotoAsync("/admin/statements");
        await page.AliveAsync();
        await page.Locator("#statement-file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = file });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Загрузить" }).ClickAsync();
        if (waits)
        {
            await Expect(page).ToHaveURLAsync(new Regex("/admin/statements/[0-9a-f-]{36}"));
            await page.AliveAsync();
        }
    }
}
