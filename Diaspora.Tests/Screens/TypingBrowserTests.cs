using System.Text.RegularExpressions;
using Diaspora.Tests.Accounts;
using Diaspora.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Diaspora.Tests.Screens;

/// <summary>Every field of every live page, over a line as slow as a phone's: what was typed is what stands there.</summary>
[Trait("needs", "browser")]
public sealed partial class TypingBrowserTests(Chromium chromium, PortalHost portal)
{
    /// <summary>Milliseconds from key to key, of somebody who types well: the answer to a letter comes when the next one is there already.</summary>
    private const int Pace = 150;

    private const string Dialog = "[role=dialog]";

    /// <summary>Finds the text fields and marks them. What is typed into each: a month and a day by their parts, as the Russian locale has them.</summary>
    private const string Find =
        """
        fields => fields
          .filter(field => field.checkVisibility() && !field.readOnly && !field.disabled && !/^(hidden|checkbox|radio|file|submit|button)$/.test(field.type))
          .map((field, index) => {
            field.dataset.found = index;
            const text = field.type === "month" ? "2025" : field.type === "date" ? "05052025"
              : field.inputMode === "numeric" || field.type === "tel" ? "2400" : /email|url|password/.test(field.type) ? "a@kz" : "Эльч";
            return [field.type, field.id || field.name || field.type, text.slice(0, field.maxLength > 0 ? field.maxLength : 99)];
          })
        """;

    /// <summary>Pages that come without a field have none later: what opens when something is pressed is the other test's.</summary>
    [Fact]
    public async Task Type_IntoEveryTextFieldOverASlowLine_LosesNoLetter()
    {
        List<Scene> scenes = [];
        foreach (var pages in PortalPages.All.Where(page => PortalPages.IsLive(page.Page)).GroupBy(page => PortalPages.ReaderOf(page.Page)!))
        {
            using var visitor = new Visitor(portal);
            await visitor.SendAsync("/auth/login", ("Form.Phone", pages.Key.Phone), ("Form.Password", pages.Key.Password));
            foreach (var (_, template) in pages)
            {
                var html = await visitor.ReadAsync(await PortalPages.AddressAsync(template, portal));
                if (Field().IsMatch(html[html.IndexOf("<main", StringComparison.Ordinal)..]))
                {
                    scenes.Add(new(template, page => Task.FromResult(page.Locator("body"))));
                }
            }
        }

        await TypeAsync(scenes, least: 30);
    }

    [Fact]
    public Task Type_IntoWhatIsOpenedOverASlowLine_LosesNoLetter() => TypeAsync(Openers, least: 15);

    private async Task TypeAsync(IEnumerable<Scene> scenes, int least)
    {
        // Opened over a quick line; slow is only what answers to the letters.
        await using var line = SlowLine.To(portal.Address, TimeSpan.Zero);
        var readers = new Dictionary<string, IBrowserContext>();
        foreach (var reader in new[] { PortalHost.Debtor, PortalHost.Admin })
        {
            var browser = readers[reader.Phone] = await chromium.OpenAsync(line.Address, Chromium.Laptop);
            await browser.SendSignInAsync(reader);
        }

        List<(ILocator Place, string Template)> opened = [];
        foreach (var some in scenes.Chunk(4))
        {
            opened.AddRange(await Task.WhenAll(some.Select(async scene =>
            {
                var address = await PortalPages.AddressAsync(scene.Template, portal);
                var page = await readers[PortalPages.ReaderOf(PortalPages.All.Single(page => page.Template == scene.Template).Page)!.Phone].NewPageAsync();
                await page.GotoAsync(address);
                await page.AliveAsync();
                return (await scene.Open(page), scene.Template);
            })));
        }

        line.Delay = SlowLine.Usual;
        var typed = await Task.WhenAll(opened.Select(scene => TypeAsync(scene.Place, scene.Template)));
        foreach (var browser in readers.Values)
        {
            await browser.DisposeAsync();
        }

        var wrong = typed.SelectMany(each => each).Where(each => each.IsWrong).Select(each => each.Said).ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.InRange(typed.Sum(each => each.Count), least, int.MaxValue);
    }

    /// <summary>What is not on a page until something is pressed.</summary>
    private static IReadOnlyList<Scene> Openers =>
        [
            new("/admin/members", page => OpenAsync(page, page.Locator("[data-edit]").First, ".m-edit")),
            new("/admin/members", page => OpenAsync(page, page.Locator(".members-head .add"))),
            new("/admin/members/{Number}", page => OpenAsync(page, Button(page, "Приостановить"))),
            new("/admin/members/{Number}", page => OpenAsync(page, Button(page, "Месяц вступления"))),
            new("/admin/members/{Number}", page => OpenAsync(page, page.Locator(".mc-pay button").First)),
            new("/admin/members/{Number}", async page =>
            {
                await page.Locator("#member-menu button").ClickAsync();
                return await OpenAsync(page, page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Заблокировать" }));
            }),
            new("/admin/payments/{Id:guid}", page => OpenAsync(page, Button(page, "Отклонить"))),
            new("/admin/payments/{Id:guid}", page => OpenAsync(page, Button(page, "Пришла другая сумма"))),
            new("/admin/payments/new", async page =>
            {
                await page.Locator("#member-search").FillAsync("Алиев");
                return await OpenAsync(page, page.Locator(".found [role=option]").First, ".record-money");
            }),
        ];

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name }).First;

    private static async Task<ILocator> OpenAsync(IPage page, ILocator press, string opened = Dialog)
    {
        await press.ClickAsync();
        await Expect(page.Locator(opened)).ToBeVisibleAsync();
        if (opened == Dialog)
        {
            // It takes the focus a moment later; people do not type that fast.
            await page.WaitForFunctionAsync("dialog => { const dialogs = document.querySelector(dialog), at = document.activeElement; return at !== document.body && (dialogs.contains(at) || at.contains(dialogs)); }", opened);
        }

        return page.Locator(opened);
    }

    private static async Task<IReadOnlyList<(bool IsWrong, string Said)>> TypeAsync(ILocator place, string template)
    {
        List<(bool IsWrong, string Said)> said = [];
        var found = await place.Locator("input, textarea").EvaluateAllAsync<string[][]>(Find);
        for (var index = 0; index < found.Length; index++)
        {
            var (type, name, text) = (found[index][0], found[index][1], found[index][2]);
            var field = place.Locator($"[data-found='{index}']");
            await field.FocusAsync();
            if (type == "month")
            {
                await field.PressAsync("ArrowUp");
                await field.PressAsync("ArrowRight");
            }
            else if (type != "date")
            {
                await field.SelectTextAsync();
            }

            await field.PressSequentiallyAsync(text, new LocatorPressSequentiallyOptions { Delay = Pace });
            var value = await field.InputValueAsync();
            var isRight = type == "month" ? value.StartsWith(text, StringComparison.Ordinal) : value == (type == "date" ? "2025-05-05" : text);
            said.Add((!isRight, $"{template} {name}: {text} became {value}"));
        }

        return said;
    }

    [GeneratedRegex("<textarea|<input(?![^>]* type=\"(?:hidden|checkbox|radio|file|submit|button)\")")]
    private static partial Regex Field();

    /// <summary>A page, and what is opened on it to be typed into.</summary>
    private sealed record Scene(string Template, Func<IPage, Task<ILocator>> Open);
}
