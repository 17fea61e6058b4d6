using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Diaspora.Data.Demo;
using Diaspora.Web.Shell;
using Microsoft.Playwright;

namespace Diaspora.Bench;

/// <summary>What the open list of members costs: the memory of a circuit with fifty rows, and the processor time of one cell that is edited by keyboard.</summary>
internal static class CircuitBench
{
    private const int Circuits = 12;
    private const int WarmUp = 15;
    private const int Edits = 25;
    private static readonly TimeSpan AndAfter = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await LiveBench.LaunchAsync(playwright);
        Figures.Machine();
        Console.WriteLine("| what | measured |");
        Console.WriteLine("|---|---|");
        await using (var portal = await Portal.StartAsync())
        {
            await EditAsync(portal, chromium);
        }

        await MemoryAsync(chromium);
        return 0;
    }

    /// <summary>
    /// From Enter in the field to the list that has the new value; and then what the portal does in the two seconds after which open lists read again. What
    /// it spends while nobody does anything is taken off.
    /// </summary>
    private static async Task EditAsync(Portal portal, IBrowser chromium)
    {
        var page = await LiveBench.OpenAsync(chromium, portal.Address, DemoData.Accounts[0], Urls.AdminMembers);
        var (saved, after, waited) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        for (var index = 0; index < WarmUp + Edits; index++)
        {
            if (index == WarmUp)
            {
                (saved, after, waited) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
            }

            await page.Locator("[data-members] .m-row").Nth(1 + index % 20).FocusAsync();
            await page.Keyboard.PressAsync("F2");
            await page.FillAsync("#edit-City", $"Ауыл {index}");
            await page.FocusAsync("#edit-City");
            var (start, clock) = (portal.Cpu, Stopwatch.GetTimestamp());
            await page.Keyboard.PressAsync("Enter");
            await page.Locator("[data-members]").GetByText($"Ауыл {index}", new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
            var shown = portal.Cpu;
            await Task.Delay(AndAfter);
            (saved, after, waited) = (saved + shown - start, after + portal.Cpu - shown, waited + Stopwatch.GetElapsedTime(clock));
        }

        var idle = portal.Cpu;
        await Task.Delay(Quiet);
        idle = portal.Cpu - idle;
        Line("saved and shown", saved.TotalMilliseconds / Edits);
        Line("saved, shown, and every open list read again", (saved + after - idle * (waited / Quiet)).TotalMilliseconds / Edits);

        static void Line(string what, double milliseconds) =>
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| processor time of a cell edited, mean of {Edits}: {what} | {milliseconds:0.0} ms |"));
    }

    /// <summary>The portal in this very process, so that its heap can be collected before it is looked at.</summary>
    private static async Task MemoryAsync(IBrowser chromium)
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        var address = Portal.FreeAddress();
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Development");
        string[] arguments = [$"--urls={address}", $"--Storage:Directory={folder}", "--Serilog:MinimumLevel:Default=Warning", "--Limits:PagesPerMember=100000", "--Limits:PagesPerAddress=100000", "--applicationName=Diaspora.Web", $"--contentRoot={AppContext.BaseDirectory}"];
        new Thread(() => typeof(Urls).Assembly.EntryPoint!.Invoke(null, BindingFlags.Default, null, [arguments], null)) { IsBackground = true }.Start();
        await Portal.ReadyAsync(address, () => null);

        // The first ones compile and fill caches that all share.
        for (var index = 0; index < 3; index++)
        {
            await OpenAsync();
        }

        var before = Alive();
        for (var index = 0; index < Circuits; index++)
        {
            await OpenAsync();
        }

        var each = (Alive() - before) / 1024.0 / 1024 / Circuits;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| memory of a circuit of the list, 50 rows, mean of {Circuits} | {each:0.00} MiB |"));

        async Task OpenAsync() => await LiveBench.OpenAsync(chromium, address, DemoData.Accounts[0], Urls.AdminMembers);

        static long Alive()
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }
}
