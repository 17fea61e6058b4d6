using System.Diagnostics;
using Microsoft.Playwright;

namespace Diaspora.Bench;

/// <summary>From the press of «Подтвердить» at one portal to the row's leaving at another one over the same folder, with Redis between them.</summary>
internal static class InstancesBench
{
    public static async Task<int> RunAsync()
    {
        var redis = Portal.FreeAddress();
        using var server = Process.Start(new ProcessStartInfo(
            "redis-server", ["--bind", redis.Host, "--port", $"{redis.Port}", "--save", "", "--appendonly", "no", "--daemonize", "no"]) { RedirectStandardOutput = true })!;
        try
        {
            _ = server.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            await using var north = await Portal.StartAsync(redis: redis.Authority);
            await using var south = await Portal.StartAsync(beside: north, redis: redis.Authority);
            using var playwright = await Playwright.CreateAsync();
            await using var chromium = await LiveBench.LaunchAsync(playwright);
            var times = await LiveBench.TimesAsync(chromium, north.Address, south.Address);

            Figures.Machine();
            Figures.Header("ms");
            Figures.Line("press at one portal → gone at another", times);
            return 0;
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }
}
