using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Diaspora.Tests.Hosting;

/// <summary>A real Redis on a port of its own that keeps nothing. Where there is none the tests skip and say so; on CI that is a failure.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly string _program;
    private readonly int _port = FreePort();
    private Process? _process;

    private RedisServer(string program) => _program = program;

    public string ConnectionString => $"127.0.0.1:{_port}";

    public static async Task<RedisServer> StartAsync()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);
        const string missing = "No redis-server here: install one (apt-get install redis-server).";
        Assert.SkipUnless(program is not null || Environment.GetEnvironmentVariable("CI") == "true", missing);
        var server = new RedisServer(program ?? throw new InvalidOperationException(missing));
        await server.BeginAsync();
        return server;
    }

    /// <summary>At the same address as before.</summary>
    public async Task BeginAsync()
    {
        var start = new ProcessStartInfo(_program, ["--bind", "127.0.0.1", "--port", $"{_port}", "--save", "", "--appendonly", "no", "--daemonize", "no"]) { RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        List<string> lines = [];
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return;
            }
        }

        Assert.Fail(string.Join('\n', lines));
    }

    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
