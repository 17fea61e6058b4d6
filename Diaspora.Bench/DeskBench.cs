using System.Globalization;
using Diaspora.Data.Demo;
using Diaspora.Web.Shell;
using Microsoft.Playwright;

namespace Diaspora.Bench;

/// <summary>Twenty desks over two hundred claims: a confirm seen by the others, a claim that arrives, a burst of changes, and a panel with its receipt after an arrow.</summary>
internal static class DeskBench
{
    private const int Desks = 20;
    private const int Confirms = 40;
    private const int Arrivals = 20;
    private const int Bursts = 5;
    private const int Steps = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4);

    /// <summary>From the key to the next receipt: a picture that is drawn, or a frame that is there, or that there is none.</summary>
    private const string Step =
        """
        () => new Promise(resolve => {
          const queue = document.getElementById("queue");
          const before = queue.dataset.open;
          const at = performance.now();
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", code: "ArrowDown", bubbles: true, cancelable: true }));
          const look = () => {
            const panel = queue.querySelector("[data-panel]");
            const picture = panel?.querySelector(".paper img");
            const isThere = picture ? picture.complete && picture.naturalWidth > 0 : panel?.querySelector("iframe.paper") || !panel?.querySelector("[data-viewer]");
            if (queue.dataset.open !== before && panel.dataset.panel === queue.dataset.open && isThere) resolve(performance.now() - at);
            else requestAnimationFrame(look);
          };
          look();
        })
        """;

    public static async Task<int> RunAsync()
    {
        var folder = await PhoneBench.PublishAsync();
        try
        {
            using var playwright = await Playwright.CreateAsync();
            await using var chromium = await LiveBench.LaunchAsync(playwright);
            await using var portal = await Portal.StartAsync(folder, isAsked: true);
            await MeasureAsync(portal, chromium);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(Portal portal, IBrowser chromium)
    {
        var waiting = await portal.AskAsync(Inside.FillDesk);
        await AloneAsync(3);
        var alone = await AloneAsync(Arrivals);
        var pressing = await LiveBench.OpenAsync(chromium, portal.Address, DemoData.Accounts[1], Urls.AdminPayments);
        var sees = await LiveBench.OpenAsync(chromium, portal.Address, DemoData.Accounts[0], Urls.AdminPayments);
        await using var pages = await OpenPages.OpenAsync(portal, chromium, DemoData.Accounts[0], Urls.AdminPayments, 2, Desks - 4, TimeSpan.FromMilliseconds(300));
        await AloneAsync(5);
        var before = pages.Received;
        var watched = await AloneAsync(Arrivals);
        var bytes = (double)(pages.Received - before) / Arrivals / pages.Count;
        List<double> bursts = [];
        for (var burst = 0; burst <= Bursts; burst++)
        {
            bursts.Add(await SpentAsync(() => portal.AskAsync(Inside.Burst), 1) / Desks);
        }

        Figures.Machine();
        Console.WriteLine($"{waiting} claims, {Desks} desks");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"an arriving claim: {(watched - alone) / Desks:0.00} ms of CPU for each desk ({watched:0.0} with them, {alone:0.0} without), {bytes / 1000:0.0} KB down its socket"));
        Figures.Header("ms");
        Figures.Line("200 changes at once, CPU for each desk", bursts.Skip(1));
        Figures.Line("↓ → the next panel with its receipt", await StepAsync(sees));
        List<double> times = [];
        var ids = await LiveBench.WatchAsync(sees);
        var pressed = await pressing.Locator("[data-intent]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.intent)");
        foreach (var id in pressed.Intersect(ids).Take(Confirms))
        {
            times.Add(await LiveBench.TimeAsync(pressing, sees, id));
            await Task.Delay(100);
        }

        Figures.Line("press on «Подтвердить» → gone at another desk", times.Skip(5));

        Task<double> AloneAsync(int times) => SpentAsync(() => portal.AskAsync(Inside.Arrive), times);

        async Task<double> SpentAsync(Func<Task> act, int times)
        {
            var idle = await CircuitBench.SpentAsync(portal, () => Task.Delay(Quiet)) / Quiet.TotalMilliseconds;
            var clock = System.Diagnostics.Stopwatch.GetTimestamp();
            var spent = await CircuitBench.SpentAsync(portal, async () =>
            {
                for (var time = 0; time < times; time++)
                {
                    await act();
                    await Task.Delay(Pause);
                }
            });
            return (spent - idle * System.Diagnostics.Stopwatch.GetElapsedTime(clock).TotalMilliseconds) / times;
        }
    }

    private static async Task<IEnumerable<double>> StepAsync(IPage page)
    {
        await page.BringToFrontAsync();
        await page.Locator("[data-intent]").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-panel]')");
        List<double> times = [];
        for (var step = 0; step < Steps; step++)
        {
            await page.WaitForTimeoutAsync(250);
            times.Add(await page.EvaluateAsync<double>(Step));
        }

        return times.Skip(3);
    }
}
