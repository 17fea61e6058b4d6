using System.Diagnostics;
using System.Globalization;

namespace Diaspora.Bench;

/// <summary>How long the published portal takes from the command to its first page, on an empty folder and on one that is there already, and how much memory it rests with.</summary>
internal static class StartBench
{
    private const int First = 3;
    private const int Again = 9;
    private const int Requests = 600;
    private const int AtOnce = 4;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private static readonly string[] Pages = ["/", "/about", "/rules", "/contacts", "/privacy", "/auth/login", "/auth/register"];

    /// <param name="published">A folder with the published portal; without one it is published as for a server.</param>
    public static async Task<int> RunAsync(string? published)
    {
        using var made = published is null ? new Scratch() : null;
        published ??= await PublishAsync(made!.Folder);
        var size = new DirectoryInfo(published).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Figures.Machine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"published: {Megabytes(size):0} MiB; load of the machine: {Load()}"));

        List<Start> first = [];
        for (var run = 0; run < First; run++)
        {
            using var data = new Scratch();
            first.Add(await StartAsync(published, data.Folder, isWorked: false));
        }

        using var kept = new Scratch();
        await StartAsync(published, kept.Folder, isWorked: false);
        List<Start> again = [];
        for (var run = 0; run < Again; run++)
        {
            again.Add(await StartAsync(published, kept.Folder, isWorked: run >= Again - First));
        }

        Console.WriteLine("| start | runs | /health/live after, s | first page after, s | CPU till then, s | memory at rest, MiB | after work, MiB |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Line("on an empty folder", first);
        Line("on its own folder", again);
        Console.WriteLine($"Medians. Load of the machine at the end: {Load()}.");
        return 0;
    }

    private static void Line(string what, List<Start> starts) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {what} | {starts.Count} | {Median(starts, start => start.Live):0.00} | {Median(starts, start => start.Page):0.00} | {Median(starts, start => start.Cpu):0.00} | {Megabytes(Median(starts, start => start.Rest)):0} | {(starts.Exists(start => start.Worked > 0) ? $"{Megabytes(Median([.. starts.Where(start => start.Worked > 0)], start => start.Worked)):0}" : "–")} |"));

    private static double Median(List<Start> starts, Func<Start, double> of) => starts.Select(of).Order().ElementAt(starts.Count / 2);

    private static double Megabytes(double bytes) => bytes / 1024 / 1024;

    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static async Task<Start> StartAsync(string published, string data, bool isWorked)
    {
        var address = Portal.FreeAddress();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(published, "Diaspora.Web.dll"), $"--urls={address}", $"--Storage:Directory={data}", "--Serilog:MinimumLevel:Default=Warning"]) { WorkingDirectory = published, RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The portal did not start.");
        try
        {
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            using var client = new HttpClient { BaseAddress = address };
            await AnswersAsync(client, process);
            var live = clock.Elapsed;
            (await client.GetAsync(new Uri("/", UriKind.Relative))).EnsureSuccessStatusCode();
            var page = clock.Elapsed;
            process.Refresh();
            var cpu = process.TotalProcessorTime;
            await Task.Delay(Idle);
            process.Refresh();
            var rest = process.WorkingSet64;
            long worked = 0;
            if (isWorked)
            {
                await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, cancel) =>
                    (await client.GetAsync(new Uri(Pages[index % Pages.Length], UriKind.Relative), cancel)).EnsureSuccessStatusCode());
                await Task.Delay(Idle);
                process.Refresh();
                worked = process.WorkingSet64;
            }

            return new Start(live.TotalSeconds, page.TotalSeconds, cpu.TotalSeconds, rest, worked);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static async Task AnswersAsync(HttpClient client, Process process)
    {
        while (true)
        {
            try
            {
                (await client.GetAsync(new Uri("/health/live", UriKind.Relative))).EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // Not listening yet.
                await Task.Delay(10);
            }
        }
    }

    /// <summary>Publishes the portal of these sources as for a server.</summary>
    public static async Task<string> PublishAsync(string folder)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Diaspora.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("No Diaspora.sln above the bench: name a published folder.");
        }

        using var publish = Process.Start("dotnet", ["publish", Path.Combine(root.FullName, "Diaspora.Web"), "--configuration", "Release", "--runtime", "linux-x64", "--output", folder, "--nologo", "-v", "q"]);
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? folder : throw new InvalidOperationException("The portal was not published.");
    }

    private sealed record Start(double Live, double Page, double Cpu, long Rest, long Worked);
}
