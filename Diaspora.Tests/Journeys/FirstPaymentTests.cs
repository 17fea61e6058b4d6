using System.Text;
using Diaspora.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Journeys;

/// <summary>Section 13 of the specification as two people live it: a member on a phone and a cashier on a laptop.</summary>
[Trait("needs", "browser")]
public sealed class FirstPaymentTests(Chromium chromium, PortalHost portal)
{
    private const string Name = "Гасымова Әминә Тестқызы";

    [Fact]
    public async Task Member_RegistersPaysAndIsConfirmed_WithoutAnyReload()
    {
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var queue = await laptop.FillSignInAsync(PortalHost.Cashier, "/admin/login");
        await Expect(queue).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/admin/payments"));
        await queue.AliveAsync();
        await queue.MarkAsync();

        await using var phone = await chromium.OpenAsync(portal.Address, Chromium.Phone);
        var member = await RegisterAsync(phone);
        await member.AliveAsync();
        var pay = member.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Оплатить 2000₸", Exact = true });
        await pay.ClickAsync();
        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Создать платёж" }).ClickAsync();
        await Expect(member).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cabinet/pay/[0-9a-f-]{36}"));
        await member.MarkAsync();

        // The queue shows it by itself; the receipt and the claim change the same row.
        await Expect(queue.GetByText(Name).First).ToBeVisibleAsync();
        await member.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "чек.pdf", MimeType = "application/pdf", Buffer = Encoding.ASCII.GetBytes("%PDF-1.4\n% a receipt\n%%EOF\n") });
        await Expect(member.GetByText("чек.pdf").First).ToBeVisibleAsync();
        await member.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Я оплатил(а)" }).ClickAsync();
        await Expect(member.GetByText("На проверке").First).ToBeVisibleAsync();

        var row = queue.Locator("tr, article, li, [role=row]").Filter(new LocatorFilterOptions { HasText = Name }).First;
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new("Подтвердить") }).First.ClickAsync();
        await Expect(queue.GetByText("Оплата подтверждена").First).ToBeVisibleAsync();
        await queue.StayedAsync();

        await Expect(member.GetByText("Оплачено").First).ToBeVisibleAsync();
        await member.StayedAsync();

        await member.GotoAsync("/cabinet/payments");
        await Expect(member.GetByText("чек.pdf").First).ToBeVisibleAsync();
        await Expect(member.GetByText("Оплачено").First).ToBeVisibleAsync();

        await queue.GotoAsync("/admin/reports");
        await queue.AliveAsync();
        var download = await queue.RunAndWaitForDownloadAsync(() => queue.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Скачать CSV" }).ClickAsync());
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal<byte>([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal("ФИО;телефон;период;статус;дата подтверждения", lines[0]);
        Assert.Contains(lines, line => line.StartsWith(Name, StringComparison.Ordinal) && line.Contains(";Подтверждён;", StringComparison.Ordinal));
    }

    private static async Task<IPage> RegisterAsync(IBrowserContext phone)
    {
        var page = await phone.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Зарегистрироваться" }).First.ClickAsync();
        await page.GetByLabel("ФИО").FillAsync(Name);
        await page.GetByLabel("Телефон").FillAsync("8 (701) 777-12-34");
        await page.GetByLabel("Пароль", new PageGetByLabelOptions { Exact = true }).FillAsync("xəzər-dənizi-7");
        await page.GetByLabel("Я согласен(на) на обработку персональных данных и принимаю правила").CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Зарегистрироваться" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cabinet$"));
        return page;
    }
}
