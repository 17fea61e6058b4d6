using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Diaspora.Tests.Hosting;

/// <summary>
/// A line between browser and portal that is as bad as a test wants it: every byte takes a tenth of a second each way, and the line can freeze (bytes
/// wait, nobody is told), be cut (connections end, new ones are refused) and be restored. The browser opens <see cref="Address"/> instead of the portal's own;
/// that address stays when <see cref="Lead"/> joins the line to a portal that was started again.
/// <code>
/// await using var line = SlowLine.To(portal.Address);
/// await using var phone = await chromium.OpenAsync(line.Address, Chromium.Phone);
/// line.Freeze();
/// line.Restore();
/// </code>
/// </summary>
public sealed class SlowLine : IAsyncDisposable
{
    /// <summary>How long a byte is on its way where a test names nothing else.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(100);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _sockets = [];
    private readonly Task _accepting;

    private TaskCompletionSource _open = Opened();
    private Uri _portal;
    private bool _isCut;

    private SlowLine(Uri portal, TimeSpan delay)
    {
        _portal = portal;
        Delay = delay;
        _listener.Start();
        Address = new UriBuilder(portal) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    /// <summary>What the browser opens.</summary>
    public Uri Address { get; }

    /// <summary>How long a byte is on its way, in either direction. It may be changed at any time.</summary>
    public TimeSpan Delay { get; set; }

    public static SlowLine To(Uri portal, TimeSpan? delay = null) => new(portal, delay ?? Usual);

    /// <summary>To another portal from now on: the one that was started again.</summary>
    public void Lead(Uri portal)
    {
        lock (_lock)
        {
            _portal = portal;
        }
    }

    /// <summary>Nothing arrives any more, in either direction, and no connection ends: what is sent arrives after <see cref="Restore"/>.</summary>
    public void Freeze()
    {
        lock (_lock)
        {
            if (_open.Task.IsCompleted)
            {
                _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Every connection ends, with what was on its way, and no new one is taken.</summary>
    public void Cut()
    {
        Socket[] ended;
        lock (_lock)
        {
            _isCut = true;
            ended = [.. _sockets];
            _sockets.Clear();
        }

        foreach (var socket in ended)
        {
            End(socket);
        }
    }

    /// <summary>As it was before <see cref="Freeze"/> or <see cref="Cut"/>.</summary>
    public void Restore()
    {
        lock (_lock)
        {
            _isCut = false;
            _open.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    /// <summary>Ended with a reset, as a line that breaks does, not with a farewell.</summary>
    private static void End(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception fault) when (IsBroken(fault))
        {
            // It has just ended by itself.
        }

        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var browser = await _listener.AcceptSocketAsync(_end.Token);
                if (Keep(browser))
                {
                    _ = JoinAsync(browser);
                }
                else
                {
                    End(browser);
                }
            }
            catch (Exception fault) when (IsBroken(fault))
            {
                // The line is given up, or a browser thought better of it.
            }
        }
    }

    private async Task JoinAsync(Socket browser)
    {
        using var portal = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        browser.NoDelay = true;
        try
        {
            if (Keep(portal))
            {
                await Task.Delay(Delay, _end.Token);
                await OpenAsync();
                Uri to;
                lock (_lock)
                {
                    to = _portal;
                }

                await portal.ConnectAsync(IPAddress.Loopback, to.Port, _end.Token);
                await Task.WhenAny(CarryAsync(browser, portal), CarryAsync(portal, browser));
            }
        }
        catch (Exception fault) when (IsBroken(fault))
        {
            // The portal is gone, or the line was cut; the browser is told below.
        }

        lock (_lock)
        {
            _sockets.Remove(browser);
            _sockets.Remove(portal);
        }

        browser.Dispose();
    }

    private async Task CarryAsync(Socket from, Socket to)
    {
        var underWay = Channel.CreateUnbounded<(byte[] Bytes, DateTime DueAt)>();
        await Task.WhenAll(ReadAsync(), WriteAsync());

        async Task ReadAsync()
        {
            var buffer = new byte[64 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var count)
                {
                    underWay.Writer.TryWrite((buffer[..count], DateTime.UtcNow + Delay));
                }
            }
            finally
            {
                underWay.Writer.Complete();
            }
        }

        async Task WriteAsync()
        {
            await foreach (var (bytes, dueAt) in underWay.Reader.ReadAllAsync(_end.Token))
            {
                if (dueAt - DateTime.UtcNow is var left && left > TimeSpan.Zero)
                {
                    await Task.Delay(left, _end.Token);
                }

                await OpenAsync();
                for (var sent = 0; sent < bytes.Length;)
                {
                    sent += await to.SendAsync(bytes.AsMemory(sent), _end.Token);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
    }

    private Task OpenAsync()
    {
        lock (_lock)
        {
            return _open.Task.WaitAsync(_end.Token);
        }
    }

    private bool Keep(Socket socket)
    {
        lock (_lock)
        {
            return !_isCut && _sockets.Add(socket);
        }
    }

    private static bool IsBroken(Exception fault) => fault is SocketException or ObjectDisposedException or OperationCanceledException;
}
