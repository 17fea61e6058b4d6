using System.Text;
using Diaspora.Data.Demo;
using Microsoft.Playwright;

namespace Diaspora.Bench;

/// <summary>The same page in many tabs of one browser, and what opening each of them took, on average.</summary>
internal sealed class OpenPages : IAsyncDisposable
{
    private readonly IBrowserContext _browser;
    private long _down;
    private long _up;
    private long _html;

    private OpenPages(IBrowserContext browser) => _browser = browser;

    /// <summary>Bytes of the circuit that are alive after a collection.</summary>
    public double Heap { get; private set; }

    /// <summary>Bytes of the page itself, unpacked.</summary>
    public double Html { get; private set; }

    /// <summary>Bytes of the socket's messages until the page is alive and quiet, as the browser tells them.</summary>
    public double Down { get; private set; }

    public double Up { get; private set; }

    /// <summary>Processor time of the portal.</summary>
    public double Milliseconds { get; private set; }

    /// <summary>Bytes.</summary>
    public double Allocated { get; private set; }

    /// <param name="warmUp">Tabs that are opened first and not counted: they fill what all share.</param>
    /// <param name="settled">What comes within this time of the page's being alive belongs to it.</param>
    public static async Task<OpenPages> OpenAsync(Portal portal, IBrowser chromium, DemoAccount who, string path, int warmUp, int counted, TimeSpan settled)
    {
        var pages = new OpenPages((await LiveBench.OpenAsync(chromium, portal.Address, who, path)).Context);
        for (var tab = 1; tab < warmUp; tab++)
        {
            await pages.OpenAsync(path, settled);
        }

        (pages._down, pages._up, pages._html) = (0, 0, 0);
        var (heap, allocated) = (await portal.AskAsync(Inside.Heap), await portal.AskAsync(Inside.Allocated));
        var spent = await CircuitBench.SpentAsync(portal, async () =>
        {
            for (var tab = 0; tab < counted; tab++)
            {
                await pages.OpenAsync(path, settled);
            }
        });
        pages.Allocated = (double)(await portal.AskAsync(Inside.Allocated) - allocated) / counted;
        pages.Heap = (double)(await portal.AskAsync(Inside.Heap) - heap) / counted;
        (pages.Down, pages.Up, pages.Html, pages.Milliseconds) = ((double)pages._down / counted, (double)pages._up / counted, (double)pages._html / counted, spent / counted);
        return pages;
    }

    public async ValueTask DisposeAsync() => await _browser.CloseAsync();

    private async Task OpenAsync(string path, TimeSpan settled)
    {
        var page = await _browser.NewPageAsync();
        page.WebSocket += (_, socket) =>
        {
            socket.FrameReceived += (_, frame) => Interlocked.Add(ref _down, BytesOf(frame));
            socket.FrameSent += (_, frame) => Interlocked.Add(ref _up, BytesOf(frame));
        };
        var answer = await page.GotoAsync(path);
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.line === 'live'");
        await Task.Delay(settled);
        _html += (await answer!.BodyAsync()).Length;
    }

    private static int BytesOf(IWebSocketFrame frame) => frame.Binary?.Length ?? Encoding.UTF8.GetByteCount(frame.Text ?? "");
}
