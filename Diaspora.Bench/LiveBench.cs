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
        var presses = await OpenAsync(chromium, portal.Address, DemoData.Accounts[1], Urls.AdminPayments);
        var sees = await OpenAsync(chromium, portal.Address, DemoData.Accounts[0], Urls.AdminPayments);
        List<double> times = [];
        foreach (var id in await WatchAsync(sees))
        {
            times.Add(await TimeAsync(presses, sees, id));
        }

        Figures.Machine();
        Figures.Header("ms");
        Figures.Line("press → gone in another browser", times);
        return 0;
    }

    /// <returns>What stands in the queue.</returns>
    public static Task<string[]> WatchAsync(IPage sees) => sees.EvaluateAsync<string[]>(Watch);

    /// <summary>From the press in one browser to the row's leaving in the one that watches.</summary>
    public static async Task<double> TimeAsync(IPage presses, IPage sees, string id)
    {
        var (pressed, gone) = await MomentsAsync(presses, sees, id);
        return gone - pressed;
    }

    /// <summary>Both moments by the clock of the machine.</summary>
    public static async Task<(double Pressed, double Gone)> MomentsAsync(IPage presses, IPage sees, string id)
    {
        var at = await presses.EvaluateAsync<double>(Press, id);
        var gone = await sees.WaitForFunctionAsync("id => window.goneAt[id]", id);
        return (at, await gone.JsonValueAsync<double>());
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
