using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Bench;

/// <summary>A page, open without a browser: it speaks to the portal as a browser does, answers what is asked and draws nothing.</summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    /// <summary>The end of a drawing says where its parts are: the components, their frames, those that went, their handlers, the words.</summary>
    private const int Parts = 5 * sizeof(int);
    private const int Gone = 2 * sizeof(int);

    /// <summary>What a call of a script is to answer with: an object of the script, for instance a module.</summary>
    private const int ScriptObject = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HubConnection _hub;
    private readonly Uri _portal;
    private readonly TaskCompletionSource<long> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Awaited? _awaited;
    private TaskCompletionSource? _answered;
    private volatile Exception? _fault;
    private long _calls;
    private long _down;
    private int _drawings;

    private Circuit(Uri portal, Visitor who)
    {
        _portal = portal;
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
        _hub.On<string, bool, string>("JS.EndInvokeDotNet", (_, _, _) => _answered?.TrySetResult());
        _hub.On<long, byte[]>("JS.RenderBatch", DrawAsync);
        _hub.On<long, string, string, int, long, int>("JS.BeginInvokeJS", AnswerAsync);
    }

    /// <summary>Bytes of the render batches so far.</summary>
    public long Down => Interlocked.Read(ref _down);

    /// <summary>How many render batches that were.</summary>
    public int Drawings => Volatile.Read(ref _drawings);

    /// <param name="path">What is opened.</param>
    /// <param name="page">The page as it was fetched from there; fetched now where it is missing.</param>
    public static async Task<Circuit> OpenAsync(Uri portal, Visitor who, string path, string? page = null)
    {
        page ??= await who.ReadAsync(path);
        var circuit = new Circuit(portal, who);
        try
        {
            await circuit.StartAsync(path, page);
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    /// <summary>What has ended is told nothing more, and would be counted as a page that costs nothing.</summary>
    public void EnsureAlive()
    {
        if (_fault is { } fault)
        {
            throw new InvalidOperationException("A circuit has ended.", fault);
        }
    }

    /// <summary>The next drawing that is the awaited one.</summary>
    /// <returns>When it arrived, by the clock of <see cref="Stopwatch"/>.</returns>
    public Task<long> NextAsync(Predicate<byte[]> isIt)
    {
        var awaited = _awaited = new Awaited(isIt);
        return awaited.Arrived.Task.WaitAsync(Patience);
    }

    /// <summary>Something that was shown is taken away by this drawing.</summary>
    public static bool TakesAway(byte[] drawing) =>
        BinaryPrimitives.ReadInt32LittleEndian(drawing.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(drawing.AsSpan(drawing.Length - Parts + Gone)))) > 0;

    /// <summary>The browser has gone to this address.</summary>
    public Task GoAsync(string path) => _hub.SendAsync("OnLocationChanged", Absolute(path), null, false);

    /// <summary>Calls what the line of the page offers to its script.</summary>
    public async Task CallLineAsync(string method, string arguments)
    {
        _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _hub.SendAsync("BeginInvokeDotNetFromJS", (++_calls).ToString(CultureInfo.InvariantCulture), null, method, await _line.Task, arguments);
        await _answered.Task.WaitAsync(Patience);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private string Absolute(string path) => new Uri(_portal, path).ToString();

    private async Task StartAsync(string path, string page)
    {
        await _hub.StartAsync();
        var secret = await _hub.InvokeAsync<string?>("StartCircuit", _portal.ToString(), Absolute(path), "[]", "");
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
        var at = Stopwatch.GetTimestamp();
        if (_awaited is { } awaited && awaited.IsIt(drawn))
        {
            awaited.Arrived.TrySetResult(at);
        }

        Interlocked.Add(ref _down, drawn.Length);
        Interlocked.Increment(ref _drawings);
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
            await _hub.SendAsync("EndInvokeJSFromDotNet", call, true, $$"""[{{call}},true,{{(result == ScriptObject ? $$"""{"__jsObjectId":{{call}}}""" : "null")}}]""");
        }
    }

    private Task Fail(string why)
    {
        var fault = new InvalidOperationException(WebUtility.HtmlDecode(why));
        _fault = fault;
        _line.TrySetException(fault);
        _awaited?.Arrived.TrySetException(fault);
        _answered?.TrySetException(fault);
        return Task.CompletedTask;
    }

    [GeneratedRegex("""<!--Blazor:(?<marker>\{"type":"server".*?\})-->""")]
    private static partial Regex Root();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^-]+)-->")]
    private static partial Regex State();

    private sealed record Awaited(Predicate<byte[]> IsIt)
    {
        public TaskCompletionSource<long> Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
