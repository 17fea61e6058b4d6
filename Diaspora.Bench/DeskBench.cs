using System.Diagnostics;
using System.Globalization;
using System.Net;
using Diaspora.Data.Demo;
using Diaspora.Web.Shell;
using Microsoft.Playwright;

namespace Diaspora.Bench;

/// <summary>
/// Twenty desks over two hundred claims: a confirm seen by the others, a claim that arrives, a burst of changes, and a panel with its receipt after an arrow. Two of the desks
/// are pages of Chromium; the others are circuits that nobody draws, since eighteen more browsers on the portal's own cores would be what is measured.
/// </summary>
internal static class DeskBench
{
    private const int Circuits = 18;
    private const int Desks = Circuits + 2;
    private const int Confirms = 40;
    private const int Arrivals = 20;
    private const int Bursts = 5;
    private const int Steps = 30;
    private const int WarmUp = 5;
    private const int Moments = 9;

    /// <summary>Code that has run thirty times is compiled once more.</summary>
    private const int Often = 35;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    /// <summary>From the key to the next panel, and to its receipt: a picture that is drawn, or a frame that is there, or that there is none.</summary>
    private const string Step =
        """
        () => new Promise(resolve => {
          const queue = document.getElementById("queue");
          const before = queue.dataset.open;
          const at = performance.now();
          let opened;
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", code: "ArrowDown", bubbles: true, cancelable: true }));
          const look = () => {
            const panel = queue.querySelector("[data-panel]");
            const isOpen = queue.dataset.open !== before && panel.dataset.panel === queue.dataset.open;
            if (isOpen) opened ??= performance.now() - at;
            const picture = panel?.querySelector(".paper img");
            const isThere = picture ? picture.complete && picture.naturalWidth > 0 : panel?.querySelector("iframe.paper") || !panel?.querySelector("[data-viewer]");
            if (isOpen && isThere) resolve([opened, performance.now() - at]);
            else requestAnimationFrame(look);
          };
          look();
        })
        """;

    /// <param name="published">A folder with the published portal; without one that of these sources is published.</param>
    public static async Task<int> RunAsync(string? published)
    {
        var folder = published ?? await PhoneBench.PublishAsync();
        try
        {
            using var playwright = await Playwright.CreateAsync();
            await using var chromium = await LiveBench.LaunchAsync(playwright);
            await using var portal = await Portal.StartAsync(folder, isAsked: true);
            await MeasureAsync(portal, chromium);
        }
        finally
        {
            if (published is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return 0;
    }

    private static async Task MeasureAsync(Portal portal, IBrowser chromium)
    {
        var waiting = await portal.AskAsync(Inside.FillDesk);
        var alone = Median(await SpentAsync(Inside.Arrive, Arrivals));
        var load = StartBench.Load();
        var pressing = await LiveBench.OpenAsync(chromium, portal.Address, DemoData.Accounts[1], Urls.AdminPayments);
        var sees = await LiveBench.OpenAsync(chromium, portal.Address, DemoData.Accounts[0], Urls.AdminPayments);
        using var colleague = await SignInAsync(portal);
        List<Circuit> desks = [];
        for (var desk = 0; desk < Circuits; desk++)
        {
            desks.Add(await Circuit.OpenAsync(portal.Address, colleague, Urls.AdminPayments));
        }

        var (down, drawings) = (0L, 0);
        var watched = Median(await SpentAsync(Inside.Arrive, Arrivals, () => (down, drawings) = (desks.Sum(desk => desk.Down), desks.Sum(desk => desk.Drawings))));
        (down, drawings) = (desks.Sum(desk => desk.Down) - down, desks.Sum(desk => desk.Drawings) - drawings);
        List<double> bursts = [.. (await SpentAsync(Inside.Burst, Bursts)).Select(spent => spent / Desks)];

        desks.ForEach(desk => desk.EnsureAlive());
        Figures.Machine();
        Console.WriteLine($"{waiting} claims, {Desks} desks, {Circuits} of them without a browser; load {load} before they were opened, {StartBench.Load()} now");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"an arriving claim: {(watched - alone) / Desks:0.00} ms of CPU for each desk ({watched:0.0} with them, {alone:0.0} without), {down / 1000.0 / Arrivals / Circuits:0.0} KB in {(double)drawings / Arrivals / Circuits:0.0} drawings down its socket"));
        Figures.Header("ms");
        Figures.Line("200 changes at once, CPU for each desk", bursts);
        var steps = await StepAsync(sees);
        Figures.Line("↓ → the next panel", steps.Select(step => step[0]));
        Figures.Line("↓ → the same with its receipt drawn", steps.Select(step => step[1]));
        var (others, browsers) = await ConfirmAsync(pressing, sees, desks);
        Figures.Line("press on «Подтвердить» → taken away at each other desk", others.Concat(browsers));
        Figures.Line("of these, arrived at a circuit", others);
        Figures.Line("of these, gone in the other browser", browsers);
        await Parallel.ForEachAsync(desks, async (desk, _) => await desk.DisposeAsync());

        // What the portal spends while nobody does anything is taken off.
        async Task<List<double>> SpentAsync(string what, int times, Action? begin = null)
        {
            var idle = 0.0;
            await TimesAsync(Often, Short);

            // The median, since code that has become warm is compiled a second time in one or two of these moments.
            List<double> moments = [];
            for (var moment = 0; moment < Moments; moment++)
            {
                moments.Add(await CircuitBench.SpentAsync(portal, () => Task.Delay(Moment)) / Moment.TotalMilliseconds);
            }

            idle = Median(moments);
            begin?.Invoke();
            return await TimesAsync(times, Pause);

            async Task<List<double>> TimesAsync(int count, TimeSpan pause)
            {
                List<double> spent = [];
                for (var time = 0; time < count; time++)
                {
                    var clock = Stopwatch.GetTimestamp();
                    var all = await CircuitBench.SpentAsync(portal, async () =>
                    {
                        await portal.AskAsync(what);
                        await Task.Delay(pause);
                    });
                    spent.Add(all - idle * Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
                }

                return spent;
            }
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<Visitor> SignInAsync(Portal portal)
    {
        var visitor = new Visitor(portal.Address);
        await visitor.KnockAsync(Urls.AdminLogin);
        var status = await visitor.SignInAsync(DemoData.Accounts[1].Phone, DemoData.Accounts[1].Password);
        return status == HttpStatusCode.Found ? visitor : throw new InvalidOperationException($"The cashier could not sign in: {(int)status}");
    }

    private static async Task<IReadOnlyList<double[]>> StepAsync(IPage page)
    {
        await page.BringToFrontAsync();
        await page.Locator("[data-intent]").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-panel]')");
        List<double[]> times = [];
        for (var step = 0; step < Steps; step++)
        {
            await page.WaitForTimeoutAsync(250);
            times.Add(await page.EvaluateAsync<double[]>(Step));
        }

        await page.Keyboard.PressAsync("Escape");
        await page.WaitForFunctionAsync("() => !document.querySelector('[data-panel]')");
        return [.. times.Skip(WarmUp)];
    }

    /// <returns>Milliseconds from the press till each circuit was told to take the row away, and till it was gone in the other browser.</returns>
    private static async Task<(List<double> Circuits, List<double> Browsers)> ConfirmAsync(IPage pressing, IPage sees, IReadOnlyList<Circuit> desks)
    {
        List<double> circuits = [];
        List<double> browsers = [];
        var ids = await LiveBench.WatchAsync(sees);
        var pressed = await pressing.Locator("[data-intent]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.intent)");
        foreach (var (number, id) in pressed.Intersect(ids).Take(Confirms).Index())
        {
            var taken = desks.Select(desk => desk.NextAsync(Circuit.TakesAway)).ToArray();
            var (at, gone) = await LiveBench.MomentsAsync(pressing, sees, id);
            var (now, here) = ((DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds, Stopwatch.GetTimestamp());
            var arrived = await Task.WhenAll(taken);
            if (number >= WarmUp)
            {
                browsers.Add(gone - at);
                circuits.AddRange(arrived.Select(moment => now + (moment - here) * 1000.0 / Stopwatch.Frequency - at));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        return (circuits, browsers);
    }
}
