using System.Diagnostics;
using System.Globalization;
using System.Net;
using Diaspora.Data.Demo;
using Diaspora.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Tests.Fuzz;

/// <summary>
/// Requests that no page sends, to every address there is, by everybody there is: none may end in an error of the portal. The same seed makes the same requests; a failure names its own.
/// <c>DIASPORA_FUZZ</c> says how many, <c>DIASPORA_FUZZ_SEED</c> with which seed.
/// </summary>
public sealed class FuzzTests(PortalHost portal)
{
    private const int Requests = 1500;
    private const int Seed = 20_261_127;
    private const int MostFaults = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Ask_Anything_NeverEndsInAnError()
    {
        var seed = Setting("DIASPORA_FUZZ_SEED", Seed);
        var count = Setting("DIASPORA_FUZZ", Requests);
        var readers = await ReadersAsync();
        var requests = new FuzzRequests(new Random(seed), Routes(), portal.Address);
        List<string> faults = [];
        Dictionary<HttpStatusCode, int> answers = [];
        for (var number = 0; number < count && faults.Count < MostFaults; number++)
        {
            var reader = readers[number % readers.Count];
            var asked = requests.Next(reader);
            var (status, fault) = await SendAsync(reader, asked);
            answers[status] = answers.GetValueOrDefault(status) + 1;
            if (fault is not null)
            {
                faults.Add($"seed {seed}, request {number}, {reader.Name}: {asked.Says}\n  {fault}");
            }

            if (reader.Is401After(status, asked.IsSignOut))
            {
                await reader.SignInAsync();
            }
        }

        TestContext.Current.SendDiagnosticMessage(string.Join(", ", answers.OrderBy(pair => pair.Key).Select(pair => $"{(int)pair.Key}: {pair.Value}")));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(answers.Keys.Count >= 5, "The requests were all answered alike: they reached nothing.");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>Nobody, a member, a cashier, an admin.</summary>
    private async Task<IReadOnlyList<FuzzReader>> ReadersAsync()
    {
        IReadOnlyList<FuzzReader> readers =
        [
            new("nobody", null, portal), new("member", DemoData.Accounts[4], portal), new("cashier", PortalHost.Cashier, portal), new("admin", PortalHost.Admin, portal),
        ];
        foreach (var reader in readers)
        {
            await reader.SignInAsync();
        }

        return readers;
    }

    private IReadOnlyList<RouteEndpoint> Routes()
    {
        RouteEndpoint[] routes =
        [
            .. portal.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.All(item => item.GetType().Name is not "StaticAssetDescriptor"))
                .DistinctBy(endpoint => endpoint.RoutePattern.RawText).OrderBy(endpoint => endpoint.RoutePattern.RawText, StringComparer.Ordinal),
        ];
        Assert.Contains(routes, route => route.RoutePattern.RawText == "/auth/register");
        return routes;
    }

    private static async Task<(HttpStatusCode Status, string? Fault)> SendAsync(FuzzReader reader, FuzzRequest asked)
    {
        using var request = asked.Make();
        var clock = Stopwatch.StartNew();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        time.CancelAfter(Patience);
        try
        {
            using var answer = await reader.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token);
            reader.Keep(answer);
            if ((int)answer.StatusCode < 500)
            {
                return (answer.StatusCode, null);
            }

            var page = await answer.Content.ReadAsStringAsync(time.Token);
            return (answer.StatusCode, $"{(int)answer.StatusCode}: {string.Join(" | ", page.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).Take(6).Select(line => line.Trim()))}");
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return (HttpStatusCode.RequestTimeout, asked.MayWait ? null : $"no answer within {clock.Elapsed.TotalSeconds:0} s");
        }
        catch (HttpRequestException fault)
        {
            // The server hangs up on what is no HTTP, or more than it takes.
            return (0, asked.IsBroken ? null : $"the connection broke: {fault.GetBaseException().Message}");
        }
    }
}
