using System.Diagnostics;
using Diaspora.Data.Demo;
using Diaspora.Web.Shell;
using Microsoft.Playwright;

namespace Diaspora.Bench;

/// <summary>From the press of «Подтвердить» at one portal to the row's leaving at another one over the same folder, with Redis between them.</summary>
internal static class InstancesBench
{
    private const int WarmUp = 5;
    private const int Rounds = 40;

    public static async Task<int> RunAsync()
    {
        var redis = Portal.FreeAddress();
        using var server = Process.Start(new ProcessStartInfo(
            "redis-server", ["--bind", redis.Host, "--port", $"{redis.Port}", "--save", "", "--appendonly", "no", "--daemonize", "no"])
        { RedirectStandardOutput = true })!;
        try
        {
            _ = server.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            await using var north = await Portal.StartAsync(redis: redis.Authority);
            await using var south = await Portal.StartAsync(beside: north, redis: redis.Authority);
            using var playwright = await Playwright.CreateAsync();
            await using var chromium = await LiveBench.LaunchAsync(playwright);
            var presses = await LiveBench.OpenAsync(chromium, north.Address, DemoData.Accounts[1], Urls.AdminPayments);
            var sees = await LiveBench.OpenAsync(chromium, south.Address, DemoData.Accounts[0], Urls.AdminPayments);
            List<double> times = [];
            for (var round = -WarmUp; round < Rounds; round++)
            {
                var id = (await LiveBench.WatchAsync(sees))[0];
                var time = await LiveBench.TimeAsync(presses, sees, id);
                if (round >= 0)
                {
                    times.Add(time);
                }

                await presses.Keyboard.PressAsync("Control+z");
                await presses.WaitForSelectorAsync($"[data-intent='{id}']");
                await sees.WaitForSelectorAsync($"[data-intent='{id}']");
            }

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
