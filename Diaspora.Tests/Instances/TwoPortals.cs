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
        await PortalHost.LayAsync(_data);
        North = Another($"--Redis:ConnectionString={Redis.ConnectionString}");
        await North.ListensAsync();
        South = Another($"--Redis:ConnectionString={Redis.ConnectionString}");
        await South.ListensAsync();
    }
}
