using Diaspora.Data;
using Diaspora.Data.Demo;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog.Core;

namespace Diaspora.Tests.Hosting;

/// <summary>The real portal on a real port of the loopback, with demo data in a folder of its own.</summary>
public sealed class PortalHost : WebApplicationFactory<Program>
{
    /// <summary>What the first start leaves behind, made once a run: three hundred people with two years take it a second and a half.</summary>
    private static readonly Lazy<IReadOnlyList<KeptFile>> AfterFirstStart = new(StartFirst);

    private readonly string _folder;
    private readonly string _environment;
    private readonly string _database;
    private readonly Dictionary<string, string> _settings;
    private readonly ILogEventSink? _log;
    private bool _isFolderKept;

    public PortalHost() : this(Environments.Development, [], AfterFirstStart.Value)
    {
    }

    private PortalHost(string environment, (string Key, string Value)[] settings, IReadOnlyList<KeptFile> files, string? folder = null, ILogEventSink? log = null)
    {
        _log = log;
        _folder = folder ?? Directory.CreateTempSubdirectory("diaspora-test-").FullName;
        _environment = environment;
        _settings = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        foreach (var file in files)
        {
            file.WriteAsync(_folder).GetAwaiter().GetResult();
        }

        // Without a port here: the factory would set it on a host whose program is already running, and may have started it by then.
        UseKestrel();

        // Nothing in it ends by itself where the portal's own start does not.
        Task.Run(StartServer).WaitAsync(FactAttribute.SharedPatience).GetAwaiter().GetResult();
        _database = Services.GetRequiredService<IContextFactory>().FileOf();
    }

    /// <summary>A portal of one's own, for what would disturb the others.</summary>
    public static PortalHost Start(string environment, params (string Key, string Value)[] settings) =>
        new(environment, settings, environment == Environments.Development ? AfterFirstStart.Value : []);

    /// <summary>The same, and it writes its log there too.</summary>
    public static PortalHost Start(ILogEventSink log, string environment, params (string Key, string Value)[] settings) =>
        new(environment, settings, environment == Environments.Development ? AfterFirstStart.Value : [], log: log);

    /// <summary>What a portal with demo data leaves behind, for a process of its own.</summary>
    internal static async Task LayAsync(string folder)
    {
        foreach (var file in AfterFirstStart.Value)
        {
            await file.WriteAsync(folder);
        }

        // The one that made it was of this process, which lives on.
        await using var connection = new SqliteConnection($"Data Source={new StorageFolders(folder).Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM PortalInstances; DELETE FROM TaskRuns";
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Over a folder of somebody else's, who removes it.</summary>
    public static PortalHost OnFolder(string folder) => new(Environments.Development, [], [], folder) { _isFolderKept = true };

    /// <summary>Stops this portal and starts another one over the same files, at another address: circuits are gone, sessions are not.</summary>
    public PortalHost Restart()
    {
        _isFolderKept = true;
        Dispose();
        return new PortalHost(_environment, [.. _settings.Select(setting => (setting.Key, setting.Value))], [], _folder);
    }

    public Uri Address => ClientOptions.BaseAddress;

    public string Folder => _folder;

    public static DemoAccount Admin => DemoData.Accounts[0];

    public static DemoAccount Cashier => DemoData.Accounts[1];

    /// <summary>Owes months.</summary>
    public static DemoAccount Debtor => DemoData.Accounts[2];

    /// <summary>Until the log has what the door has noted: it is written behind everybody's back.</summary>
    public async Task TrailWrittenAsync()
    {
        var (trail, service) = (Services.GetRequiredService<SignInTrail>(), Services.GetRequiredService<SignInTrailService>());
        while (trail.Waiting().Count > 0)
        {
            await service.WriteAsync(TestContext.Current.CancellationToken);
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        builder.UseUrls("http://127.0.0.1:0").PreferHostingUrls(true);
        builder.UseStaticWebAssets();
        builder.UseSetting("Storage:Directory", _folder);

        // A tenth of the work: what the parameters cost is not what these tests are about.
        builder.UseSetting("Passwords:MemoryKiB", "8192");
        builder.UseSetting("Passwords:Iterations", "1");
        builder.UseSetting("Serilog:MinimumLevel:Default", "Warning");

        // A run of the tests may be under way at ten past three in Almaty.
        builder.UseSetting("Backups:Enabled", "false");

        // All tests come from one address, and are few people.
        foreach (var limit in (string[])["RegisterPerAddress", "SignInPerAddress", "PagesPerMember", "PagesPerAddress", "UploadsPerHour", "ExportsPerHour"])
        {
            builder.UseSetting($"Limits:{limit}", "10000");
        }

        builder.UseSetting("Limits:Pages", "100000");

        // Bills would be sent behind the backs of tests that count what happens.
        builder.UseSetting("Kaspi:Simulator", "false");

        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        if (_log is not null)
        {
            builder.ConfigureServices(services => services.AddSingleton(_log));
        }
    }

    /// <summary>The real first start of a new portal, on an empty folder; its files as they stand then, whatever else it has begun to do.</summary>
    private static List<KeptFile> StartFirst()
    {
        using var first = new PortalHost(Environments.Development, [], []);
        var folders = first.Services.GetRequiredService<StorageFolders>();
        var copy = Path.Combine(first._folder, "copy.db");
        using (var context = first.Services.GetRequiredService<IContextFactory>().Create())
        {
            context.Database.ExecuteSql($"VACUUM INTO {copy}");
        }

        return
        [
            KeptFile.Read(first._folder, copy) with { Name = Path.GetRelativePath(first._folder, folders.Database), Mode = KeptFile.Read(first._folder, folders.Database).Mode },
            .. Directory.EnumerateFiles(folders.Receipts, "*", SearchOption.AllDirectories).Select(file => KeptFile.Read(first._folder, file)),
        ];
    }

    public override ValueTask DisposeAsync() => new(base.DisposeAsync().AsTask().WaitAsync(FactAttribute.SharedPatience));

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && !_isFolderKept && Directory.Exists(_folder))
        {
            SqliteFiles.Close(_database);
            Directory.Delete(_folder, recursive: true);
        }
    }
}
