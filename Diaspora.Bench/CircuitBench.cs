using System.Diagnostics;
using System.Globalization;
using Diaspora.Data.Demo;
using Diaspora.Web.Shell;
using Microsoft.Playwright;

namespace Diaspora.Bench;

/// <summary>
/// What open pages cost the portal: the memory of a circuit, opening it, a cell of the members' list edited, and a change that somebody else made. Of published
/// portals, so that an older one is measured beside the one of today, in one run and on the same machine.
/// </summary>
internal static class CircuitBench
{
    private const int WarmUp = 40;
    private const int Edits = 40;
    private const int EditsAlone = 10;
    private const int Desks = 12;
    private const int DesksToWarmUp = 4;
    private const int Changes = 20;
    private const int ChangesOfTheList = 6;

    /// <summary>The list listens at most every two seconds; the queue ten times a second.</summary>
    private static readonly TimeSpan ListPause = TimeSpan.FromSeconds(2.4);
    private static readonly TimeSpan QueuePause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(400);

    /// <param name="published">Folders with published portals, a column each. With less than two the portal of these sources is published and comes last.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> published)
    {
        string[] folders = published.Count > 1 ? [.. published] : [.. published, await PhoneBench.PublishAsync()];
        try
        {
            using var playwright = await Playwright.CreateAsync();
            List<List<Figure>> columns = [];
            var load = Load();
            foreach (var folder in folders)
            {
                await using var chromium = await LiveBench.LaunchAsync(playwright);
                await using var portal = await Portal.StartAsync(Path.GetFullPath(folder), isAsked: true);
                columns.Add(await MeasureAsync(portal, chromium));
            }

            Figures.Machine();
            Console.WriteLine($"load before {load}, after {Load()} (1, 5 and 15 minutes); {Desks} desks");
            Console.WriteLine($"| what | {string.Join(" | ", folders.Select(folder => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))))} |");
            Console.WriteLine($"|---{string.Concat(folders.Select(_ => "|---"))}|");
            for (var line = 0; line < columns[0].Count; line++)
            {
                Console.WriteLine($"| {columns[0][line].What} | {string.Join(" | ", columns.Select(column => column[line].Shown))} |");
            }
        }
        finally
        {
            if (published.Count < 2)
            {
                Directory.Delete(folders[^1], recursive: true);
            }
        }

        return 0;

        static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";
    }

    private static async Task<List<Figure>> MeasureAsync(Portal portal, IBrowser chromium)
    {
        await portal.AskAsync(Inside.FillQueue);
        List<Figure> figures = [];
        figures.AddRange(await EditAsync(portal, chromium));
        var alone = await ChangeAsync(portal, Changes, QueuePause, desks: 0);
        foreach (var (path, who) in ((string, DemoAccount)[])[(Urls.Cabinet, DemoData.Accounts[2]), (Urls.AdminMembers, DemoData.Accounts[0]), (Urls.AdminPayments, DemoData.Accounts[1])])
        {
            await using var pages = await OpenPages.OpenAsync(portal, chromium, who, path, DesksToWarmUp, Desks - DesksToWarmUp, Settled);
            figures.Add(new Figure($"`{path}`: heap of its circuit, MiB", pages.Heap / 1024 / 1024));
            if (path == Urls.Cabinet)
            {
                continue;
            }

            figures.Add(new Figure($"`{path}`: HTML, KB", pages.Html / 1000));
            figures.Add(new Figure($"`{path}`: socket down, KB", pages.Down / 1000));
            figures.Add(new Figure($"`{path}`: socket up, KB", pages.Up / 1000));
            figures.Add(new Figure($"`{path}`: opened, CPU, ms", pages.Milliseconds));
            figures.Add(new Figure($"`{path}`: opened, allocated, MiB", pages.Allocated / 1024 / 1024));
            var isQueue = path == Urls.AdminPayments;
            var watched = await ChangeAsync(portal, isQueue ? Changes : ChangesOfTheList, isQueue ? QueuePause : ListPause, Desks);
            figures.Add(new Figure($"`{path}`: a change, CPU for each desk that watches, ms", (watched - alone) / Desks));
        }

        return figures;
    }

    /// <summary>
    /// One edit after the other, of which the list hears only every two seconds; and edits with time between, each of which is followed by its own announcement. What
    /// the portal spends while nobody does anything is taken off.
    /// </summary>
    private static async Task<List<Figure>> EditAsync(Portal portal, IBrowser chromium)
    {
        var page = await LiveBench.OpenAsync(chromium, portal.Address, DemoData.Accounts[0], Urls.AdminMembers);
        var (edited, idle) = (0, 0.0);
        await EditsAsync(WarmUp, TimeSpan.Zero);
        idle = await SpentAsync(portal, () => Task.Delay(Quiet)) / Quiet.TotalMilliseconds;
        var (saved, inARow) = await EditsAsync(Edits, TimeSpan.Zero);
        await Task.Delay(ListPause);
        var (_, alone) = await EditsAsync(EditsAlone, ListPause);
        await page.Context.CloseAsync();
        return
        [
            new Figure("a cell: from Enter to the list that shows it, CPU, ms", saved),
            new Figure("a cell: line opened, typed, saved, shown, one after the other, CPU, ms", inARow),
            new Figure("a cell: the same, and its own announcement heard, CPU, ms", alone),
        ];

        async Task<(double Saved, double Whole)> EditsAsync(int times, TimeSpan pause)
        {
            var (saved, clock) = (0.0, Stopwatch.GetTimestamp());
            var whole = await SpentAsync(portal, async () =>
            {
                for (var time = 0; time < times; time++)
                {
                    saved += await EditOnceAsync(edited++);
                    await Task.Delay(pause);
                }
            });
            return (saved / times, (whole - idle * Stopwatch.GetElapsedTime(clock).TotalMilliseconds) / times);
        }

        async Task<double> EditOnceAsync(int index)
        {
            var city = $"Ауыл {index}";
            await page.Locator("[data-members] [data-member]").Nth(index % 20).PressAsync("F2");
            await page.FillAsync("#edit-City", city);
            return await SpentAsync(portal, async () =>
            {
                await page.PressAsync("#edit-City", "Enter");
                await page.Locator("[data-members]").GetByText(city, new LocatorGetByTextOptions { Exact = true }).First.WaitForAsync();
            });
        }
    }

    /// <summary>Payments are decided and taken back, by a verb and not by a page.</summary>
    /// <returns>Milliseconds a change, the verb included; without what open pages spend while nothing changes.</returns>
    private static async Task<double> ChangeAsync(Portal portal, int times, TimeSpan pause, int desks)
    {
        await ChangesAsync(desks > 0 ? 4 : Changes);
        var idle = await SpentAsync(portal, () => Task.Delay(Quiet)) / Quiet.TotalMilliseconds;
        var clock = Stopwatch.GetTimestamp();
        var spent = await SpentAsync(portal, () => ChangesAsync(times));
        return (spent - idle * Stopwatch.GetElapsedTime(clock).TotalMilliseconds) / times;

        async Task ChangesAsync(int count)
        {
            for (var change = 0; change < count; change++)
            {
                await portal.AskAsync(Inside.Decide);
                await Task.Delay(pause);
            }
        }
    }

    /// <returns>The portal's processor time meanwhile, in milliseconds.</returns>
    public static async Task<double> SpentAsync(Portal portal, Func<Task> act)
    {
        var before = await portal.AskAsync(Inside.Cpu);
        await act();
        return (await portal.AskAsync(Inside.Cpu) - before) / 1000.0;
    }

    private sealed record Figure(string What, double Value)
    {
        public string Shown => Value.ToString(Value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
    }
}
