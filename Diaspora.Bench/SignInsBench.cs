using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Diaspora.Data.Demo;
using Diaspora.Web.Shell;
using Microsoft.Playwright;

namespace Diaspora.Bench;

/// <summary>A hundred people sign in at the same moment, again and again, while somebody ticks months on an open page: how long a tick takes then, and how long without them.</summary>
internal static class SignInsBench
{
    private const int AtOnce = 100;
    private const int Rounds = 10;
    private const int KnockAtOnce = 4;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Ticks a month every tenth of a second, whether the tick before was answered or not. Two or three months are chosen, always others, so each choice has a line of its own
    /// under the list, which is learnt first: a line that appears answers the oldest tick that waits for it, and those before, which it overtook. Times are those of the page.
    /// </summary>
    private const string Tick =
        """
        async () => {
          const boxes = () => [...document.querySelectorAll("input[name=months]:enabled")].slice(1);
          const line = () => document.getElementById("choice-sum").textContent;
          const size = boxes().length, choices = 2 * size, choiceOf = new Map();
          let count = 0, shown = line(), waiting = [], told = () => {};
          const tick = () => { count++; boxes()[(count % 2 ? (count + 1) / 2 : count / 2 - 1) % size].click(); };
          new MutationObserver(() => {
            if (line() === shown) return;
            shown = line();
            const now = performance.now(), answered = waiting.findIndex(tick => tick.choice === choiceOf.get(shown));
            for (const tick of waiting.splice(0, answered + 1)) window.ticks.push([performance.timeOrigin + tick.at, now - tick.at]);
            told();
          }).observe(document.body, { childList: true, subtree: true, characterData: true });
          window.ticks = [];
          boxes()[0].click();
          await new Promise(resolve => told = resolve);
          for (let learnt = 0; learnt < choices; learnt++) {
            const next = new Promise(resolve => told = resolve);
            tick();
            await next;
            choiceOf.set(shown, count % choices);
          }
          const ticking = setInterval(() => { waiting.push({ at: performance.now(), choice: (count + 1) % choices }); tick(); }, 100);
          window.endTicks = () => { clearInterval(ticking); return waiting.length; };
          return choices - choiceOf.size;
        }
        """;

    /// <param name="published">A folder with the published portal; without one it is published as for a server.</param>
    public static async Task<int> RunAsync(string? published)
    {
        using var made = published is null ? new Scratch() : null;
        published ??= await StartBench.PublishAsync(made!.Folder);
        await using var portal = await Portal.StartAsync(published, settings: ["--Limits:SignInPerAddress=100000"]);
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await LiveBench.LaunchAsync(playwright);
        var (who, load) = (DemoData.Accounts[4], StartBench.Load());
        var page = await LiveBench.OpenAsync(chromium, portal.Address, who, Urls.Pay);
        var phones = (await Visitor.PhonesAsync(portal)).Except([who.Phone]).ToList();
        await RoundAsync(portal, phones, -1);
        await page.GotoAsync($"{Urls.Pay}?all=true");
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.line === 'live'");
        if (await page.EvaluateAsync<int>(Tick) > 0)
        {
            throw new InvalidOperationException("Two choices have the same line, so a line does not tell which tick it answers.");
        }

        await Task.Delay(Quiet);
        var without = await TicksAsync(page);
        List<Round> rounds = [];
        for (var round = 0; round < Rounds; round++)
        {
            rounds.Add(await RoundAsync(portal, phones, round));
            await Task.Delay(Pause);
        }

        await Task.Delay(Pause);
        var unanswered = await page.EvaluateAsync<int>("async () => { window.endTicks(); await new Promise(resolve => setTimeout(resolve, 1000)); return window.endTicks(); }");
        var during = (await TicksAsync(page)).Where(tick => rounds.Exists(round => round.From <= tick[0] && tick[0] <= round.To)).ToList();
        Figures.Machine();
        Console.WriteLine($"load {load} before, {StartBench.Load()} after; {Rounds} rounds of {AtOnce} sign-ins at once, {rounds.Sum(round => round.To - round.From) / Rounds / 1000:0.0} s each");
        Console.WriteLine($"of {AtOnce * Rounds}: {Said(HttpStatusCode.Found)} signed in, {Said(HttpStatusCode.TooManyRequests)} were told to come again (429), {rounds.Sum(round => round.Answers.Count) - Said(HttpStatusCode.Found) - Said(HttpStatusCode.TooManyRequests)} were answered otherwise");
        Console.WriteLine("| a tick, until the sum is there | ticks | median, ms | p95, ms | p99, ms | slowest, ms |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Line("nobody signs in", without);
        Line($"{AtOnce} sign in", during);
        Console.WriteLine($"{unanswered} ticks were not answered.");
        return 0;

        int Said(HttpStatusCode status) => rounds.Sum(round => round.Answers.Count(answer => answer == status));
    }

    private static void Line(string what, IEnumerable<double[]> ticks)
    {
        double[] sorted = [.. ticks.Select(tick => tick[1]).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {sorted.Length} | {At(.5):0} | {At(.95):0} | {At(.99):0} | {sorted[^1]:0} |"));

        double At(double share) => sorted[(int)(sorted.Length * share)];
    }

    /// <summary>What was answered since the last time.</summary>
    private static Task<double[][]> TicksAsync(IPage page) => page.EvaluateAsync<double[][]>("() => window.ticks.splice(0)");

    /// <summary>Each has the form open; then all send it together. Everyone has their turn before somebody comes again: who was refused was counted as a try.</summary>
    private static async Task<Round> RoundAsync(Portal portal, List<string> phones, int round)
    {
        List<Visitor> visitors = [.. Enumerable.Range(0, AtOnce).Select(_ => new Visitor(portal.Address))];
        await Parallel.ForEachAsync(visitors, new ParallelOptions { MaxDegreeOfParallelism = KnockAtOnce }, async (visitor, _) => await visitor.KnockAsync());
        await Task.Delay(Pause);
        var from = Now();
        var answers = await Task.WhenAll(visitors.Select((visitor, index) => visitor.SignInAsync(phones[((round + 1) * AtOnce + index) % phones.Count], DemoData.Accounts[0].Password)));
        var to = Now();
        visitors.ForEach(visitor => visitor.Dispose());
        return new Round(from, to, [.. answers]);

        static double Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds;
    }

    /// <param name="From">By the clock, as a browser counts it.</param>
    private sealed record Round(double From, double To, List<HttpStatusCode> Answers);
}
