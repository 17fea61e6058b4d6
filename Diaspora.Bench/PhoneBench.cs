using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Diaspora.Data.Demo;
using Diaspora.Web.Shell;
using Microsoft.Playwright;

namespace Diaspora.Bench;

/// <summary>What a page costs a cold phone: the published portal, a slow line, a slow processor, an empty cache.</summary>
internal static class PhoneBench
{
    private const int Runs = 5;
    private const int DownBits = 1_600_000;
    private const int UpBits = 750_000;
    private const int Slowdown = 4;
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(400);

    /// <summary>What still comes after the page is alive belongs to it.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    private const string Pressable = "() => document.documentElement.dataset.line === 'live' && performance.now()";

    private const string Painted =
        """
        () => new Promise(done => new PerformanceObserver(list => done([
          performance.getEntriesByName('first-contentful-paint')[0].startTime, list.getEntries().at(-1).startTime,
        ])).observe({ type: 'largest-contentful-paint', buffered: true }))
        """;

    /// <param name="published">A folder that is published already; without one the portal is published first.</param>
    public static async Task<int> RunAsync(string? published = null)
    {
        var folder = published ?? await PublishAsync();
        try
        {
            await using var portal = await Portal.StartAsync(folder);
            using var playwright = await Playwright.CreateAsync();
            await using var chromium = await LiveBench.LaunchAsync(playwright);
            var member = await SignedInAsync(chromium, portal);
            Figures.Machine();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DownBits / 1e6} Mbit/s down, {UpBits / 1e3} kbit/s up, {RoundTrip.TotalMilliseconds} ms there and back, processor ÷ {Slowdown}, empty cache, http/1.1; median of {Runs}"));
            Console.WriteLine("| page | requests | KB down | KB up | first paint, s | largest paint, s | pressable, s |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            foreach (var (path, state, isLive) in ((string, string?, bool)[])[(Urls.Cabinet, member, true), (Urls.Home, null, false), (Urls.Login, null, false)])
            {
                List<Visit> visits = [];
                for (var run = 0; run < Runs; run++)
                {
                    visits.Add(await VisitAsync(chromium, portal, path, state, isLive));
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {path} | {Of(visit => visit.Requests):0} | {Of(visit => visit.Down) / 1000:0} | {Of(visit => visit.Up) / 1000:0} | {Of(visit => visit.First) / 1000:0.0} | {Of(visit => visit.Largest) / 1000:0.0} | {Of(visit => visit.Pressable) / 1000:0.0} |"));

                double Of(Func<Visit, double> what) => visits.Select(what).Order().ElementAt(Runs / 2);
            }
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

    private static async Task<Visit> VisitAsync(IBrowser chromium, Portal portal, string path, string? state, bool isLive)
    {
        await using var line = new SlowLine(portal.Address, UpBits, DownBits, RoundTrip);
        await using var context = await chromium.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = line.Address.ToString(),
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            IsMobile = true,
            HasTouch = true,
            StorageState = state,
        });
        var page = await context.NewPageAsync();
        await (await context.NewCDPSessionAsync(page)).SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = Slowdown });
        var requests = 0;
        page.Request += (_, _) => requests++;
        page.WebSocket += (_, _) => requests++;
        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Commit, Timeout = 120_000 });

        // A plain page hears a press as soon as it is seen: its links and forms need no script.
        var pressable = isLive ? await (await page.WaitForFunctionAsync(Pressable, null, new PageWaitForFunctionOptions { Timeout = 120_000 })).JsonValueAsync<double>() : 0;
        await page.WaitForLoadStateAsync(LoadState.Load);
        await Task.Delay(Settled);
        var painted = await page.EvaluateAsync<double[]>(Painted);
        return new Visit(requests, line.Down, line.Up, painted[0], painted[1], Math.Max(pressable, painted[0]));
    }

    /// <summary>A member's cookies; and every page once, since a portal that has just started still compiles.</summary>
    private static async Task<string> SignedInAsync(IBrowser chromium, Portal portal)
    {
        var page = await LiveBench.OpenAsync(chromium, portal.Address, DemoData.Accounts[2], Urls.Cabinet);
        foreach (var path in (string[])[Urls.Home, Urls.Login, Urls.Cabinet, Urls.Cabinet])
        {
            await page.GotoAsync(path);
        }

        var state = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return state;
    }

    public static async Task<string> PublishAsync([CallerFilePath] string here = "")
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-published-").FullName;
        var project = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(here))!, "Diaspora.Web");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "-v", "quiet", "--nologo", "-o", folder]))!;
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? folder : throw new InvalidOperationException("The portal could not be published.");
    }

    private sealed record Visit(int Requests, long Down, long Up, double First, double Largest, double Pressable);
}
