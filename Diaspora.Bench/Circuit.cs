using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Bench;

/// <summary>
/// The page of payment, open without a browser: it speaks to the portal as a browser does, answers what is asked and draws nothing. Its ticks are told as js/choice.js tells
/// them, and every second it beats as js/line.js does on a page that is looked at.
/// </summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    /// <summary>All that a change of the sum brings has a sum in it.</summary>
    private static readonly byte[] Sum = "₸"u8.ToArray();
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HubConnection _hub;
    private readonly Uri _portal;
    private readonly TaskCompletionSource<long> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string[] _choices;
    private TaskCompletionSource<long>? _pressed;
    private TaskCompletionSource? _beaten;
    private int _presses;
    private long _beats;

    private Circuit(Uri portal, Visitor who, string[] choices)
    {
        (_portal, _choices) = (portal, choices);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(portal, "_blazor"), HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            options.Cookies = who.Cookies;
            options.Headers["Origin"] = portal.GetLeftPart(UriPartial.Authority);
        });
        builder.Services.AddSingleton<IHubProtocol, BlazorPack>();
        _hub = builder.Build();
        _hub.Closed += fault => Fail(fault?.Message ?? "The portal closed the connection.");
        _hub.On<string>("JS.Error", Fail);
        _hub.On<int, string>("JS.AttachComponent", (_, _) => { });
        _hub.On<int>("JS.EndUpdateRootComponents", _ => { });
        _hub.On<string, bool, string>("JS.EndInvokeDotNet", (_, _, _) => _beaten?.TrySetResult());
        _hub.On<long, byte[]>("JS.RenderBatch", DrawAsync);
        _hub.On<long, string, string, int, long, int>("JS.BeginInvokeJS", AnswerAsync);
    }

    /// <summary>Bytes of the render batches so far.</summary>
    public long Down { get; private set; }

    /// <summary>The months that the page of payment offers.</summary>
    public static IReadOnlyList<string> MonthsOf(string page) =>
        [.. Box().Matches(page).Select(box => box.Value).Where(box => !box.Contains(" disabled", StringComparison.Ordinal)).Select(box => Month().Match(box).Value).Where(month => month.Length > 0)];

    /// <param name="who">Has at least two months to choose from.</param>
    public static async Task<Circuit> OpenAsync(Uri portal, Visitor who)
    {
        var page = await who.ReadAsync(Urls.Pay);
        var months = MonthsOf(page);
        var circuit = new Circuit(portal, who, [$"{Urls.Pay}?months={months[0]},{months[1]}", $"{Urls.Pay}?months={months[0]}"]);
        try
        {
            await circuit.StartAsync(page);
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    /// <summary>A tick: from its being told until the sum that it changes is here.</summary>
    /// <returns>Milliseconds.</returns>
    public async Task<double> PressAsync()
    {
        var pressed = _pressed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var from = Stopwatch.GetTimestamp();
        await _hub.SendAsync("OnLocationChanged", Absolute(_choices[_presses++ % _choices.Length]), null, false);
        return Stopwatch.GetElapsedTime(from, await pressed.Task.WaitAsync(Patience)).TotalMilliseconds;
    }

    /// <summary>Beats until it is told to end.</summary>
    /// <param name="first">When the first beat comes: pages were not opened at the same moment.</param>
    public async Task BeatAsync(TimeSpan first, TimeSpan every, CancellationToken end)
    {
        await Task.Delay(first, CancellationToken.None);
        while (!end.IsCancellationRequested)
        {
            _beaten = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var madeAt = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds;
            var beat = ++_beats;
            await _hub.SendAsync("BeginInvokeDotNetFromJS", beat.ToString(CultureInfo.InvariantCulture), null, "Beat", await _line.Task, string.Create(CultureInfo.InvariantCulture, $"[{beat},{madeAt:0.###}]"), CancellationToken.None);
            await _beaten.Task.WaitAsync(Patience, CancellationToken.None);
            await Task.Delay(every, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private string Absolute(string path) => new Uri(_portal, path).ToString();

    private async Task StartAsync(string page)
    {
        await _hub.StartAsync();
        var secret = await _hub.InvokeAsync<string?>("StartCircuit", _portal.ToString(), Absolute(Urls.Pay), "[]", "");
        if (string.IsNullOrEmpty(secret))
        {
            throw new InvalidOperationException("The portal started no circuit.");
        }

        var operations = Root().Matches(page).Select((root, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{root.Groups["marker"].Value}}}""");
        await _hub.SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", State().Match(page).Groups["state"].Value);
        await _line.Task.WaitAsync(Patience);
    }

    private Task DrawAsync(long batch, byte[] drawn)
    {
        if (drawn.AsSpan().IndexOf(Sum) >= 0)
        {
            _pressed?.TrySetResult(Stopwatch.GetTimestamp());
        }

        Down += drawn.Length;
        return _hub.SendAsync("OnRenderCompleted", batch, null);
    }

    /// <summary>Nobody waits for a value that matters: nothing is measured here, and nothing was stored in the browser.</summary>
    private async Task AnswerAsync(long call, string name, string arguments, int result, long target, int kind)
    {
        if (name == "line.live")
        {
            using var told = JsonDocument.Parse(arguments);
            _line.TrySetResult(told.RootElement[0].GetProperty("__dotNetObject").GetInt64());
        }

        if (call != 0)
        {
            await _hub.SendAsync("EndInvokeJSFromDotNet", call, true, $"[{call},true,null]");
        }
    }

    private Task Fail(string why)
    {
        var fault = new InvalidOperationException(WebUtility.HtmlDecode(why));
        _line.TrySetException(fault);
        _pressed?.TrySetException(fault);
        _beaten?.TrySetException(fault);
        return Task.CompletedTask;
    }

    [GeneratedRegex("""<!--Blazor:(?<marker>\{"type":"server".*?\})-->""")]
    private static partial Regex Root();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^-]+)-->")]
    private static partial Regex State();

    [GeneratedRegex("""<input[^>]*name="months"[^>]*>""")]
    private static partial Regex Box();

    [GeneratedRegex(@"(?<=value="")\d{4}-\d{2}(?="")")]
    private static partial Regex Month();
}
