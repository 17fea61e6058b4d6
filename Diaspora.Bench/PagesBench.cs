using System.Globalization;

namespace Diaspora.Bench;

/// <summary>Processor time of one public page, client not counted: the portal runs in a process of its own.</summary>
internal static class PagesBench
{
    private const int WarmUp = 300;
    private const int Requests = 1000;

    private static readonly string[] Pages = ["/", "/about", "/rules", "/contacts", "/privacy", "/auth/login", "/auth/register"];

    public static async Task<int> RunAsync()
    {
        await using var portal = await Portal.StartAsync();
        using var client = new HttpClient { BaseAddress = portal.Address };
        Figures.Machine();
        Console.WriteLine("| page | requests | CPU a request, ms | bytes |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var page in Pages)
        {
            var address = new Uri(page, UriKind.Relative);
            var bytes = (await client.GetByteArrayAsync(address)).Length;
            await GetAsync(client, address, WarmUp);
            var before = portal.Cpu;
            await GetAsync(client, address, Requests);
            var each = (portal.Cpu - before).TotalMilliseconds / Requests;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {page} | {Requests} | {each:0.00} | {bytes} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"working set afterwards: {portal.WorkingSet / 1024.0 / 1024.0:0} MiB"));
        return 0;
    }

    private static async Task GetAsync(HttpClient client, Uri address, int times)
    {
        for (var index = 0; index < times; index++)
        {
            using var answer = await client.GetAsync(address);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
        }
    }
}
