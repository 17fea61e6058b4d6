using Diaspora.Data.Demo;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Journeys;

/// <summary>A payment that nobody has to confirm: the bank tells of it, and the open page turns green by itself.</summary>
[Trait("needs", "browser")]
public sealed class BankJourneyTests(Chromium chromium, BankPortal bank)
{
    [Fact]
    public async Task Member_PaysInTheTestBank_AndTheOpenPageTurnsGreenByItself()
    {
        const string Name = "Мамедова Айгүн Тестқызы";
        await using var phone = await chromium.OpenAsync(bank.Portal.Address, Chromium.Phone);
        var (member, intentId) = await StartAsync(phone, Name, "8 (701) 777-56-78");

        var other = await phone.RunAndWaitForPageAsync(() => member.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Тестовый банк" }).ClickAsync());
        await other.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Оплатить, банк звонит дважды" }).ClickAsync();
        await Expect(other.GetByText("Айгүн М.").First).ToBeVisibleAsync();
        await Expect(other.Locator("pre")).ToHaveCountAsync(3);

        await Expect(member.GetByText("Оплачено").First).ToBeVisibleAsync();
        await member.StayedAsync();

        // Nobody had to be asked: it was never claimed, and no cashier has touched it.
        var (claimed, matches, actors) = await bank.ReadAsync(async context => (
            await context.Intents.Where(intent => intent.Id == intentId).Select(intent => intent.ClaimedAt).SingleAsync(),
            await context.Matches.Where(match => match.IntentId == intentId && match.Source == EvidenceSource.Biller && match.CreatedBy == null).CountAsync(),
            await context.AuditEntries.Where(entry => entry.EntityId == intentId && entry.Action == AuditAction.PaymentConfirmed).Select(entry => entry.UserAgent).ToListAsync()));
        Assert.Equal((null, 1, BillerService.Name), (claimed, matches, Assert.Single(actors)));

        await using var laptop = await chromium.OpenAsync(bank.Portal.Address, Chromium.Laptop);
        var log = await laptop.SignInAsync(DemoData.Accounts[0], to: "/admin/audit");
        await Expect(log.GetByText("Банк (Kaspi)").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Member_PaysTheBillOfTheAggregator_AndTheOpenPageTurnsGreenByItself()
    {
        await using var phone = await chromium.OpenAsync(bank.Portal.Address, Chromium.Phone);
        var (member, intentId) = await StartAsync(phone, "Гасымова Лала Тестқызы", "8 (701) 777-56-79");
        await Expect(member.GetByText("Счёт пришёл в приложение Kaspi").First).ToBeVisibleAsync();

        var other = await phone.NewPageAsync();
        await other.GotoAsync($"/kaspi/simulator/{intentId}");
        await other.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Отменить счёт" }).ClickAsync();
        await Expect(other.Locator("pre")).ToHaveCountAsync(1);
        await other.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Оплатить счёт, вебхук дважды" }).ClickAsync();
        await Expect(other.Locator("pre")).ToHaveCountAsync(2);

        await Expect(member.GetByText("Оплачено").First).ToBeVisibleAsync();
        await member.StayedAsync();
        Assert.Equal(1, await bank.ReadAsync(context => context.Matches.CountAsync(match => match.IntentId == intentId && match.Source == EvidenceSource.Webhook)));
    }

    /// <summary>Registers and sets out to pay the month.</summary>
    private static async Task<(IPage Page, Guid IntentId)> StartAsync(IBrowserContext phone, string name, string number)
    {
        var page = await phone.NewPageAsync();
        await page.GotoAsync("/auth/register");
        await page.GetByLabel("ФИО").FillAsync(name);
        await page.GetByLabel("Телефон").FillAsync(number);
        await page.GetByLabel("Пароль", new PageGetByLabelOptions { Exact = true }).FillAsync("xəzər-dənizi-7");
        await page.GetByLabel("Я согласен(на) на обработку персональных данных и принимаю правила").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Зарегистрироваться" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cabinet$"));
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Оплатить 2000₸", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cabinet/pay/[0-9a-f-]{36}"));
        await page.AliveAsync();
        await page.MarkAsync();
        return (page, Guid.Parse(new Uri(page.Url).Segments[^1]));
    }
}
