using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Diaspora.Bench;

/// <summary>The portal as a process of its own, with demo data in a folder that goes with it.</summary>
internal sealed class Portal : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly bool _ownsFolder;
    private Socket? _door;

    private Portal(Process process, string folder, bool ownsFolder, Uri address)
    {
        _process = process;
        _folder = folder;
        _ownsFolder = ownsFolder;
        Address = address;
    }

    public Uri Address { get; }

    public string Database => Path.Combine(_folder, "diaspora.db");

    /// <summary>Processor time spent so far, by all threads.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="published">A folder with the published portal; without one that of the bench itself is taken.</param>
    /// <param name="isAsked">Whether <see cref="AskAsync"/> will be called. Such a portal compiles its busy code a second time as soon as it can, so that it is warm within a minute.</param>
    /// <param name="beside">A portal whose folder this one shares.</param>
    /// <param name="settings">More of them, as <c>--Limits:SignInPerAddress=100000</c>.</param>
    public static async Task<Portal> StartAsync(string? published = null, bool isAsked = false, Portal? beside = null, string? redis = null, params string[] settings)
    {
        var program = published ?? AppContext.BaseDirectory;
        var folder = beside?._folder ?? Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        var address = FreeAddress();
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = program, RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(program, "Diaspora.Web.dll"));
        start.ArgumentList.Add($"--urls={address}");
        start.ArgumentList.Add($"--Storage:Directory={folder}");
        start.ArgumentList.Add("--Serilog:MinimumLevel:Default=Warning");

        if (redis is not null)
        {
            start.ArgumentList.Add($"--Redis:ConnectionString={redis}");
        }

        settings.ToList().ForEach(start.ArgumentList.Add);

        // A crowd signs in as one.
        start.ArgumentList.Add("--Limits:PagesPerMember=100000");
        start.ArgumentList.Add("--Limits:PagesPerAddress=100000");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        if (isAsked)
        {
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(Inside).Assembly.Location;
            start.Environment[Inside.Door] = DoorIn(folder);
            start.Environment["DOTNET_TieredPGO"] = "0";
            start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The portal did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var portal = new Portal(process, folder, beside is null, address);
        await ReadyAsync(address, () => process.HasExited ? process.ExitCode : null);
        return portal;
    }

    /// <summary>Asks the portal from within, see <see cref="Inside"/>.</summary>
    public async Task<long> AskAsync(string what)
    {
        if (_door is null)
        {
            _door = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await _door.ConnectAsync(new UnixDomainSocketEndPoint(DoorIn(_folder)));
        }

        await using var stream = new NetworkStream(_door);
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(what + "\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadLineAsync();
        return long.TryParse(answer, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidOperationException($"{what}: {answer}");
    }

    public async ValueTask DisposeAsync()
    {
        _door?.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string DoorIn(string folder) => Path.Combine(folder, "bench.sock");

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <param name="ended">The exit code of a portal that ended instead.</param>
    public static async Task ReadyAsync(Uri address, Func<int?> ended)
    {
        using var client = new HttpClient { BaseAddress = address };
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (ended() is { } code)
            {
                throw new InvalidOperationException($"The portal ended with {code}.");
            }

            try
            {
                if ((await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(200);
        }

        throw new TimeoutException("The portal was not ready within a minute.");
    }
}
