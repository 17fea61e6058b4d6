using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Diaspora.Data.Demo;
using Diaspora.Web.Shell;

namespace Diaspora.Bench;

/// <summary>Very many open pages, each of which is pressed once in ten seconds: how long a press takes, and what they cost the portal.</summary>
internal static class CrowdBench
{
    private const int SignInsAtOnce = 4;
    private const int OpenedAtOnce = 8;
    private static readonly TimeSpan BetweenPresses = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    /// <param name="published">A folder with the published portal; without one it is published as for a server.</param>
    public static async Task<int> RunAsync(int pages, string? published)
    {
        using var made = published is null ? new Scratch() : null;
        published ??= await StartBench.PublishAsync(made!.Folder);
        await using var portal = await Portal.StartAsync(published, isAsked: true, settings: ["--Limits:SignInPerAddress=100000", "--Limits:Pages=100000"]);
        Figures.Machine();
        var load = StartBench.Load();
        var clock = Stopwatch.StartNew();
        var visitors = await SignInAsync(portal, pages);
        var signedIn = clock.Elapsed;
        var (emptyHeap, emptySet) = (await portal.AskAsync(Inside.Heap), portal.WorkingSet);
        clock.Restart();
        var circuits = await OpenAsync(portal, visitors, pages);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{circuits.Count} pages of {visitors.Count} members; signing in {signedIn.TotalSeconds:0} s, opening {clock.Elapsed.TotalSeconds:0} s ({circuits.Average(circuit => circuit.Down) / 1000:0} KB down each)"));
        Console.WriteLine("| pages | presses | median, ms | p95, ms | p99, ms | slowest, ms | portal, % of a core | bench, % of a core | load |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        await PressAsync(portal, circuits, "in the background", isLookedAt: false);
        await PressAsync(portal, circuits, "looked at, each beats every second", isLookedAt: true);
        var workingSet = portal.WorkingSet;
        var heap = await portal.AskAsync(Inside.Heap);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Working set {Megabytes(workingSet):0} MiB ({Megabytes(emptySet):0} before they were opened), heap after a collection {Megabytes(heap):0} MiB ({Megabytes(emptyHeap):0}): {Megabytes(heap - emptyHeap) * 1024 / circuits.Count:0} KiB a page. Load {load} before, {StartBench.Load()} after."));
        await Parallel.ForEachAsync(circuits, async (circuit, _) => await circuit.DisposeAsync());
        visitors.ForEach(visitor => visitor.Dispose());
        return 0;
    }

    private static double Megabytes(long bytes) => bytes / 1024.0 / 1024;

    private static async Task<List<Visitor>> SignInAsync(Portal portal, int pages)
    {
        var signedIn = new ConcurrentBag<Visitor>();
        var phones = await Visitor.PhonesAsync(portal);
        await Parallel.ForEachAsync(phones.Take(pages), new ParallelOptions { MaxDegreeOfParallelism = SignInsAtOnce }, async (phone, _) =>
        {
            var visitor = new Visitor(portal.Address);
            await visitor.KnockAsync();
            var status = await visitor.SignInAsync(phone, DemoData.Accounts[0].Password);
            if (status != HttpStatusCode.Found)
            {
                throw new InvalidOperationException($"{phone} could not sign in: {(int)status}");
            }

            if (PayPage.MonthsOf(await visitor.ReadAsync(Urls.Pay)).Count < 2)
            {
                visitor.Dispose();
                return;
            }

            signedIn.Add(visitor);
        });
        return [.. signedIn];
    }

    private static async Task<List<PayPage>> OpenAsync(Portal portal, List<Visitor> visitors, int pages)
    {
        var opened = new ConcurrentBag<PayPage>();
        await Parallel.ForAsync(0, pages, new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce }, async (index, _) => opened.Add(await PayPage.OpenAsync(portal.Address, visitors[index % visitors.Count])));
        return [.. opened];
    }

    private static async Task PressAsync(Portal portal, List<PayPage> circuits, string what, bool isLookedAt)
    {
        using var end = new CancellationTokenSource();
        var from = Stopwatch.GetTimestamp();
        var times = new ConcurrentBag<double>();
        var beating = isLookedAt ? circuits.Select((circuit, index) => circuit.BeatAsync(BetweenBeats * ((double)index / circuits.Count), BetweenBeats, end.Token)).ToArray() : [];
        var pressing = circuits.Select((circuit, index) => Task.Run(async () =>
        {
            // As many in each moment as in any other, and in no step with the next page.
            var at = BetweenPresses * ((double)index / circuits.Count);
            for (; at < WarmUp + Measured; at += BetweenPresses)
            {
                if (at - Stopwatch.GetElapsedTime(from) is { Ticks: > 0 } early)
                {
                    await Task.Delay(early);
                }

                var took = await circuit.PressAsync();
                if (at >= WarmUp)
                {
                    times.Add(took);
                }
            }
        })).ToArray();
        await Task.Delay(WarmUp);
        var (cpu, own, clock) = (portal.Cpu, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        await Task.WhenAll(pressing);
        var (spent, ownSpent, took) = (portal.Cpu - cpu, Environment.CpuUsage.TotalTime - own, clock.Elapsed);
        await end.CancelAsync();
        await Task.WhenAll(beating);
        double[] sorted = [.. times.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {sorted.Length} | {At(.5):0} | {At(.95):0} | {At(.99):0} | {sorted[^1]:0} | {spent / took * 100:0} | {ownSpent / took * 100:0} | {StartBench.Load()} |"));

        double At(double share) => sorted[(int)(sorted.Length * share)];
    }
}
