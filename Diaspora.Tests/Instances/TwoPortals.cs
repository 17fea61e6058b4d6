using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diaspora.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace Diaspora.Tests.Instances;

/// <summary>Two published portals in processes of their own over one folder with demo data, and a real Redis. Started by the first test that wants them; who breaks something mends it.</summary>
public sealed class TwoPortals(PublishedCopy copy) : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("diaspora-test-").FullName;
    private string _published = "";
    private Task? _start;
    private RedisServer? _redis;

    public RedisServer Redis => _redis!;

    public PortalProcess North { get; private set; } = default!;

    public PortalProcess South { get; private set; } = default!;

    /// <summary>The tests of one class ask one after the other.</summary>
    public Task StartAsync() => _start ??= StartAllAsync();

    /// <summary>One more over the same folder.</summary>
    public PortalProcess Another(params string[] settings) => new(_published, _data, settings);

    public async Task StartSouthAgainAsync()
    {
        await South.DisposeAsync();
        South = Another($"--Redis:ConnectionString={Redis.ConnectionString}");
        await South.ListensAsync();
    }

    /// <summary>Asked of the file, behind both portals' backs.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_data, "diaspora.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        List<string> values = [];
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var portal in (PortalProcess?[])[North, South])
        {
            if (portal is not null)
            {
                await portal.DisposeAsync();
            }
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        if (Directory.Exists(_data))
        {
            Directory.Delete(_data, recursive: true);
        }
    }

    private async Task StartAllAsync()
    {
        _redis = await RedisServer.StartAsync();
        _published = await copy.FolderAsync();
        North = Another($"--Redis:ConnectionString={Redis.ConnectionString}");
        await North.ListensAsync();
        South = Another($"--Redis:ConnectionString={Redis.ConnectionString}");
        await South.ListensAsync();
    }
}

/// <summary>A published portal in a process of its own.</summary>
public sealed partial class PortalProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    public PortalProcess(string published, string data, params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(published, "Diaspora.Web.dll"), "--urls=http://127.0.0.1:0", $"--Storage:Directory={data}", $"--contentRoot={published}", "--Passwords:MemoryKiB=8192", "--Passwords:Iterations=1",
            "--Limits:SignInPerAddress=10000", .. settings,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        _process = Process.Start(start)!;
        Id = _process.Id;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public int Id { get; }

    public Uri Address { get; private set; } = default!;

    public async Task ListensAsync()
    {
        List<string> lines = [];
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                Address = new Uri(match.Value);

                // What it says from now on is not looked at; unread it would stop at a full pipe.
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return;
            }
        }

        Assert.Fail(string.Join('\n', lines.Append(await _errors)));
    }

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

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
