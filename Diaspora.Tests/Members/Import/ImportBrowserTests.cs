using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Members.Import;

/// <summary>The association's own spreadsheet through the screen, on a portal of its own.</summary>
[Trait("needs", "browser")]
public sealed class ImportBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Import_TheAssociationsList_GoesInThroughTheScreenAndOutAgain()
    {
        using var portal = PortalHost.Start(Environments.Development);
        await using var laptop = await chromium.OpenAsync(portal.Address, Chromium.Laptop);
        var page = await laptop.SignInAsync(PortalHost.Admin, "/admin/login", "/admin/members/import");
        await page.AliveAsync();

        // Not a spreadsheet: a sentence, and the page is there for the next try.
        await UploadAsync(page, "фото.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]);
        await Expect(page.GetByRole(AriaRole.Alert).GetByText("Это не таблица")).ToBeVisibleAsync();
        await page.AliveAsync();
        await UploadAsync(page, "участники.xlsx", Workbooks.OfTheAssociation());

        await Expect(page.GetByText("Заголовок нашли в строке 4. Месяцев: 14")).ToBeVisibleAsync();
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Дальше: проверить строки" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("С ошибками") })).ToContainTextAsync("2");
        await Expect(page.Locator(".import-rows tbody tr")).ToHaveCountAsync(2);

        // What only waits for an answer is no error.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("^1 Ждут ответа") }).ClickAsync();
        await Expect(page.Locator(".import-rows tbody tr")).ToHaveCountAsync(1);
        await Expect(page.GetByText("Не понимаем «потом отдаст»")).ToBeVisibleAsync();
        await Expect(page.GetByText("H «03.2025»").Or(page.GetByText(new Regex("^H «2025-03-01»")))).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Записать строк: 295" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameRegex = new Regex("^Записано") })).ToBeVisibleAsync();

        // The same file again: nothing to book.
        await page.GotoAsync("/admin/members/import");
        await page.AliveAsync();
        await UploadAsync(page, "участники.xlsx", Workbooks.OfTheAssociation());
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Дальше: проверить строки" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Записать строк: 0" })).ToBeDisabledAsync();

        // And back.
        await page.GotoAsync("/admin/members/import");
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { NameRegex = new Regex("участники.xlsx.*₸") }).ClickAsync();
        await UndoAsync(page);
        await AnswerAsync(page);
        await BoardAsync(page);
        await ColoursAsync(page);
        await KassaAsync(page);
    }

    /// <summary>A year over the months and thirteen ways to say paid: one word is asked.</summary>
    private static async Task BoardAsync(IPage page)
    {
        await CheckAsync(page, "1-board.xlsx", ImportFiles.Board);
        await Expect(page.GetByText("Вопросов без ответа: 1")).ToBeVisibleAsync();
        await ChooseAsync(page, 0, "Не оплачено");
        await BookAsync(page, 10);
        await UndoAsync(page);
    }

    /// <summary>Nothing but colours: nothing is booked before they are answered.</summary>
    private static async Task ColoursAsync(IPage page)
    {
        await CheckAsync(page, "2-colours-years.xlsx", ImportFiles.Colours);
        await Expect(page.GetByText("Лист «Черновик»: скрытый, не читаем")).ToBeVisibleAsync();
        await Expect(page.GetByText("Зелёный цвет (#92D050)")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Записать строк: 0" })).ToBeDisabledAsync();
        await ChooseAsync(page, 0, "Оплачено");
        await ChooseAsync(page, 1, "Не оплачено");
        await BookAsync(page, 6);
        await UndoAsync(page);
    }

    /// <summary>Words, sums and phones: answered, and mended cell by cell.</summary>
    private static async Task KassaAsync(IPage page)
    {
        await CheckAsync(page, "3-kassa-cp1251.csv", ImportFiles.Kassa);
        await Expect(page.GetByText("Вопросов без ответа: 8")).ToBeVisibleAsync();
        for (var question = 0; question < 8; question++)
        {
            var isSum = await Question(page, question).GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = "Один взнос", Exact = true }).CountAsync() > 0;
            await ChooseAsync(page, question, isSum ? "Один взнос" : "Не оплачено");
        }

        await Expect(page.GetByText("На все вопросы есть ответ")).ToBeVisibleAsync();
        foreach (var (row, cell, text) in new[] { (3, "B", "8 701 222 33 99"), (5, "B", "87012223302"), (10, "B", "87012223303") })
        {
            await MendAsync(page, row, async dialog => await Cell(dialog, row, cell).FillAsync(text));
        }

        // All cells of a row at once.
        await MendAsync(page, 9, async dialog =>
        {
            await dialog.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = "+7 777 000 11 22" }).CheckAsync();
            await Cell(dialog, 9, "D").FillAsync("2000");
        }, isLeft: true);

        // Mended once more.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("Все строки") }).ClickAsync();
        await MendAsync(page, 3, async dialog => await Cell(dialog, 3, "B").FillAsync("8 701 222 33 01"), isLeft: true);
        await Expect(page.GetByText("Исправлено здесь: строка 3, B")).ToContainTextAsync("8 701 222 33 01");
        await BookAsync(page, 8);
        await UndoAsync(page);
    }

    private static async Task CheckAsync(IPage page, string name, byte[] file)
    {
        await page.GotoAsync("/admin/members/import");
        await page.AliveAsync();
        await UploadAsync(page, name, file);
        await page.AliveAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Дальше: проверить строки" }).ClickAsync();
        await Expect(page.Locator(".import-dock")).ToBeVisibleAsync();
    }

    private static Task ChooseAsync(IPage page, int question, string meaning) =>
        Question(page, question).GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = meaning, Exact = true }).CheckAsync();

    private static ILocator Question(IPage page, int question) => page.Locator($"[role=radiogroup][aria-labelledby=question-{question}]");

    private static ILocator Cell(ILocator dialog, int row, string cell) => dialog.GetByLabel(new Regex($"^строка {row}, {cell} "));

    private static async Task MendAsync(IPage page, int row, Func<ILocator, Task> fill, bool isLeft = false)
    {
        var mend = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Исправить строку: строка {row}", Exact = true });
        await mend.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await fill(dialog);
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Исправить и проверить" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(mend).ToHaveCountAsync(isLeft ? 1 : 0);
    }

    private static async Task BookAsync(IPage page, int rows)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Записать строк: {rows}" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameRegex = new Regex("^Записано") })).ToBeVisibleAsync();
    }

    private static async Task UndoAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Отменить импорт" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Отменить импорт" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameRegex = new Regex("^Импорт отменён") })).ToBeVisibleAsync();

        // The dialog's entry leaves the history a moment after the dialog; a page asked for in between is not opened.
        await page.WaitForFunctionAsync("() => !history.state?.layer");
    }

    /// <summary>Heads that say more than a month are asked, and one answer holds for all of a kind.</summary>
    private static async Task AnswerAsync(IPage page)
    {
        await page.GotoAsync("/admin/members/import");
        await page.AliveAsync();
        var csv = "ФИО;Телефон;Долг за апрель 2026;Апрель 2026;Долг за май 2026;Май 2026\nГасанов Тимур;8 747 222 33 44;2000;;2000;да\n";
        await UploadAsync(page, "касса.csv", System.Text.Encoding.UTF8.GetBytes(csv));
        await page.AliveAsync();
        var next = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Дальше: проверить строки" });
        await Expect(page.GetByText("Вопросов о столбцах: 4")).ToBeVisibleAsync();
        await next.ClickAsync();
        await Expect(page.Locator(".import-map select[aria-invalid=true]")).ToHaveCountAsync(4);
        await page.Locator("#column-2").SelectOptionAsync("Skip");
        await Expect(page.GetByText("Вопросов о столбцах: 2")).ToBeVisibleAsync();
        await page.Locator("#column-5").SelectOptionAsync("Month");
        await Expect(page.Locator(".import-map input[type=month]")).ToHaveCountAsync(2);
        await next.ClickAsync();
        await Expect(page.GetByText("май 2026", new PageGetByTextOptions { Exact = false }).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Записать строк: 1" })).ToBeEnabledAsync();
    }

    private static async Task UploadAsync(IPage page, string name, byte[] file)
    {
        await page.Locator("#import-file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = file });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Загрузить и проверить" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("import(/[0-9a-f-]{36}|\\?problem)"));
    }
}
