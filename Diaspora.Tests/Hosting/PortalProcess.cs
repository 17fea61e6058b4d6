using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Diaspora.Tests.Hosting;

/// <summary>A published portal in a process of its own.</summary>
public sealed partial class PortalProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private Task _rest = Task.CompletedTask;

    /// <param name="settings">Words of a command first, where it is one.</param>
    public PortalProcess(string published, string data, params string[] settings) : this(published, data, settings, [])
    {
    }

    /// <param name="environment">What it finds in its environment besides.</param>
    public PortalProcess(string published, string data, IReadOnlyList<string> settings, params (string Name, string Value)[] environment)
    {
        var words = settings.TakeWhile(word => !word.StartsWith('-')).ToList();
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(published, "Diaspora.Web.dll"), .. words, "--urls=http://127.0.0.1:0", $"--Storage:Directory={data}", $"--contentRoot={published}", "--Passwords:MemoryKiB=8192", "--Passwords:Iterations=1",
            "--Limits:SignInPerAddress=10000", .. settings.Skip(words.Count),
        ])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        Id = _process.Id;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public int Id { get; }

    public bool HasEnded => _process.HasExited;

    public Uri Address { get; private set; } = default!;

    /// <summary>What is done with the lines it says once it listens.</summary>
    public Action<string> Heard { get; init; } = _ => { };

    public async Task ListensAsync()
    {
        List<string> lines = [];
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                Address = new Uri(match.Value);

                _rest = HearAsync();
                return;
            }
        }

        Assert.Fail(string.Join('\n', lines.Append(await _errors)));
    }

    public Task SayAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>For one that does not start: with what code it ends, and what it says.</summary>
    public async Task<(int Code, string Errors)> EndsAsync()
    {
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _errors);
    }

    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            await _rest;
        }
    }

    /// <summary>What it says of Redis.</summary>
    public async Task<string> RedisHealthAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var said = JsonDocument.Parse(await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
        return said.RootElement.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "redis").GetProperty("status").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    /// <summary>Unread it would stop at a full pipe.</summary>
    private async Task HearAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Heard(line);
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
