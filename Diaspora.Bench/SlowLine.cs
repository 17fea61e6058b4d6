using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Diaspora.Bench;

/// <summary>
/// A slow line between a browser and the portal. What browsers slow down by themselves leaves out new connections and WebSockets, which
/// are most of what a page waits for; so this one carries every byte, whatever it belongs to, and counts it.
/// </summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private const int Packet = 1460;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Uri _portal;
    private readonly TimeSpan _roundTrip;
    private readonly Way _up;
    private readonly Way _down;
    private readonly Task _accepting;

    /// <param name="portal">Where the line leads.</param>
    /// <param name="upBits">Bits a second towards the portal, shared by all connections.</param>
    /// <param name="downBits">The same towards the browser.</param>
    /// <param name="roundTrip">There and back; a new connection costs one before its first byte.</param>
    public SlowLine(Uri portal, int upBits, int downBits, TimeSpan roundTrip)
    {
        (_portal, _roundTrip, _up, _down) = (portal, roundTrip, new Way(upBits / 8.0), new Way(downBits / 8.0));
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public long Up => _up.Bytes;

    public long Down => _down.Bytes;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> carried = [];
        try
        {
            while (!_ended.IsCancellationRequested)
            {
                carried.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The line is taken down.
        }

        await Task.WhenAll(carried);
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var far = new TcpClient();
        using (browser)
        {
            try
            {
                browser.NoDelay = far.NoDelay = true;
                await Task.Delay(_roundTrip, _ended.Token);
                await far.ConnectAsync(_portal.Host, _portal.Port, _ended.Token);
                await Task.WhenAny(CarryAsync(browser, far, _up), CarryAsync(far, browser, _down));
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException)
            {
                // One end hung up.
            }
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to, Way way)
    {
        // What is under way. No more is read than the line has room for, so that connections share it.
        var air = Channel.CreateUnbounded<(DateTime At, byte[] Bytes)>();
        var arriving = ArriveAsync(to, air.Reader);
        try
        {
            var buffer = new byte[Packet];
            while (await from.GetStream().ReadAsync(buffer, _ended.Token) is > 0 and var read)
            {
                var left = way.Send(read);
                await UntilAsync(left);
                air.Writer.TryWrite((left + _roundTrip / 2, buffer[..read]));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One end hung up.
        }

        air.Writer.Complete();
        await arriving;
    }

    private async Task ArriveAsync(TcpClient to, ChannelReader<(DateTime At, byte[] Bytes)> air)
    {
        try
        {
            await foreach (var (at, bytes) in air.ReadAllAsync(_ended.Token))
            {
                await UntilAsync(at);
                await to.GetStream().WriteAsync(bytes, _ended.Token);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody listens any more.
        }
    }

    private async Task UntilAsync(DateTime at)
    {
        if (at - DateTime.UtcNow is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _ended.Token);
        }
    }

    /// <summary>One direction: a packet leaves when those before it have left.</summary>
    private sealed class Way(double bytesPerSecond)
    {
        private readonly Lock _lock = new();
        private DateTime _free = DateTime.UtcNow;

        public long Bytes { get; private set; }

        /// <returns>When the last of the bytes has left.</returns>
        public DateTime Send(int bytes)
        {
            lock (_lock)
            {
                Bytes += bytes;
                _free = (_free > DateTime.UtcNow ? _free : DateTime.UtcNow) + TimeSpan.FromSeconds(bytes / bytesPerSecond);
                return _free;
            }
        }
    }
}
