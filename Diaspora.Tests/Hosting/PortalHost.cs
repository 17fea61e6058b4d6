using Diaspora.Data.Demo;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Tests.Hosting;

/// <summary>The real portal on a real port of the loopback, with demo data in a folder of its own.</summary>
public sealed class PortalHost : WebApplicationFactory<Program>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("diaspora-test-").FullName;
    private readonly string _environment;
    private readonly Dictionary<string, string> _settings;

    public PortalHost() : this(Environments.Development, [])
    {
    }

    private PortalHost(string environment, (string Key, string Value)[] settings)
    {
        _environment = environment;
        _settings = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        UseKestrel(0);
        StartServer();
    }

    /// <summary>A portal of one's own, for what would disturb the others.</summary>
    public static PortalHost Start(string environment, params (string Key, string Value)[] settings) => new(environment, settings);

    public Uri Address => ClientOptions.BaseAddress;

    public string Folder => _folder;

    public static DemoAccount Admin => DemoData.Accounts[0];

    public static DemoAccount Cashier => DemoData.Accounts[1];

    /// <summary>Owes months.</summary>
    public static DemoAccount Debtor => DemoData.Accounts[2];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        builder.UseStaticWebAssets();
        builder.UseSetting("Storage:Directory", _folder);

        // A tenth of the work: what the parameters cost is not what these tests are about.
        builder.UseSetting("Passwords:MemoryKiB", "8192");
        builder.UseSetting("Passwords:Iterations", "1");
        builder.UseSetting("Serilog:MinimumLevel:Default", "Warning");

        // All tests come from one address.
        builder.UseSetting("Limits:RegisterPerAddress", "10000");
        builder.UseSetting("Limits:SignInPerAddress", "100000");
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_folder))
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
