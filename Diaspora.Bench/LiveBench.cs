using Diaspora.Data.Demo;
using Diaspora.Web.Shell;
using Microsoft.Playwright;

namespace Diaspora.Bench;

/// <summary>From the press of «Подтвердить» in one browser to the row's leaving in another, by the browsers' own clocks.</summary>
internal static class LiveBench
{
    private const string Press =
        "id => { const row = document.querySelector(`[data-intent='${id}']`); const at = Date.now(); row.querySelector('button.ok').click(); return at; }";

    private const string Watch =
        """
        () => {
          const there = new Set([...document.querySelectorAll('[data-intent]')].map(row => row.dataset.intent));
          window.goneAt = {};
          new MutationObserver(() => {
            for (const id of there) {
              if (document.querySelector(`[data-intent='${id}']`)) continue;
              window.goneAt[id] = Date.now();
              there.delete(id);
            }
          }).observe(document.body, { childList: true, subtree: true });
          return [...there];
        }
        """;

    public static async Task<int> RunAsync()
    {
        await using var portal = await Portal.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await LaunchAsync(playwright);
        var times = await TimesAsync(chromium, portal.Address, portal.Address);

        Figures.Machine();
        Figures.Header("ms");
        Figures.Line("press → gone in another browser", times);
        return 0;
    }

    /// <summary>One after the other, for each payment of the queue.</summary>
    /// <param name="pressed">The portal where somebody presses.</param>
    /// <param name="seen">The portal where another browser looks.</param>
    public static async Task<List<double>> TimesAsync(IBrowser chromium, Uri pressed, Uri seen)
    {
        var presses = await OpenAsync(chromium, pressed, DemoData.Accounts[1], Urls.AdminPayments);
        var sees = await OpenAsync(chromium, seen, DemoData.Accounts[0], Urls.AdminPayments);
        var ids = await sees.EvaluateAsync<string[]>(Watch);
        List<double> times = [];
        foreach (var id in ids)
        {
            var at = await presses.EvaluateAsync<double>(Press, id);
            var gone = await sees.WaitForFunctionAsync("id => window.goneAt[id]", id);
            times.Add(await gone.JsonValueAsync<double>() - at);
        }

        return times;
    }

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
    });

    /// <summary>Signs in on a page of staff and waits until it is alive.</summary>
    public static async Task<IPage> OpenAsync(IBrowser chromium, Uri portal, DemoAccount who, string path)
    {
        var context = await chromium.NewContextAsync(new BrowserNewContextOptions { BaseURL = portal.ToString(), ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(Urls.SignIn(path));
        await page.FillAsync("input[type=tel]", who.Phone);
        await page.FillAsync("input[type=password]", who.Password);
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForURLAsync($"**{path}");
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.line === 'live'");
        return page;
    }
}
