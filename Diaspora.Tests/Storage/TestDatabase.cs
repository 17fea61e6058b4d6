using Diaspora.Data;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Storage.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Diaspora.Tests.Storage;

/// <summary>
/// A real SQLite file with all migrations and the real services, on a clock that stands still until it is moved. A second one over
/// the same folder is a second process as far as locks go. Where a SQL Server is named it is a database there, but for classes that speak SQLite.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime
{
    /// <summary>An empty file with all migrations, made once a run: migrating takes a tenth of a second, and there are hundreds of databases.</summary>
    private static readonly Lazy<Task<KeptFile>> Migrated = new(MigrateOnceAsync);

    private static int _lastPhone;
    private readonly bool _ownsFolder;
    private readonly List<TestDatabase> _others = [];
    private (string Key, string Value)[] _server = [];
    private WebApplication? _app;

    public TestDatabase() : this(Directory.CreateTempSubdirectory("diaspora-test-").FullName, new FakeTimeProvider(Noon(2026, 3, 8)), true)
    {
    }

    private TestDatabase(string folder, FakeTimeProvider clock, bool ownsFolder)
    {
        Folder = folder;
        Clock = clock;
        _ownsFolder = ownsFolder;
        Settings.Use(new SettingsSnapshot(Rules));
    }

    public string Folder { get; }

    /// <summary>Begins at noon of 8 March 2026 in Almaty: before the deadline.</summary>
    public FakeTimeProvider Clock { get; }

    public RecordedFeed Feed { get; } = new();

    public DuesRules Rules { get; } = new(FeeSchedule.Always(new Money(2000)), 10, 12, 14, TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty"));

    public CurrentSettings Settings { get; } = new();

    public static Type[] ServiceTypes { get; } =
        [.. typeof(IStore).Assembly.GetTypes().Where(type => type is { IsClass: true, IsPublic: true, IsAbstract: false } && type.Name.EndsWith("Service", StringComparison.Ordinal)).OrderBy(type => type.Name)];

    public static DateTimeOffset Noon(int year, int month, int day) => new(year, month, day, 12, 0, 0, TimeSpan.FromHours(5));

    public async ValueTask InitializeAsync()
    {
        if (ServerStorage.IsMeant(TestContext.Current.TestClass?.TestClassName))
        {
            _server = ServerStorage.NewDatabase();
            _app = Build([], null);
            Get<StorageFolders>().Prepare();
            await Get<DatabaseStartup>().MigrateAsync();
            return;
        }

        await (await Migrated.Value.WaitAsync(FactAttribute.SharedPatience)).WriteAsync(Folder);
        _app = Build([], null);
        Get<StorageFolders>().Prepare();
    }

    /// <summary>A process over a folder that is thrown away after it; nothing is made there before it is asked to.</summary>
    public static TestDatabase OnFolder(string folder, FakeTimeProvider clock, params (string Key, string Value)[] settings)
    {
        var database = new TestDatabase(folder, clock, ownsFolder: true);
        database._app = database.Build(settings, null);
        return database;
    }

    /// <summary>Another process on the same file, with settings of its own.</summary>
    public async Task<TestDatabase> AnotherAsync(params (string Key, string Value)[] settings)
    {
        var other = new TestDatabase(Folder, Clock, ownsFolder: false) { _server = _server };
        other._app = other.Build(settings, null);
        _others.Add(other);
        await other.Get<DatabaseStartup>().MigrateAsync();
        return other;
    }

    /// <summary>Another process on the same file that keeps its data in another way.</summary>
    public TestDatabase Over(IContextFactory contexts)
    {
        var other = new TestDatabase(Folder, Clock, ownsFolder: false);
        other._app = other.Build([], contexts);
        _others.Add(other);
        return other;
    }

    public T Get<T>() where T : notnull => (_app ?? throw new InvalidOperationException("Not initialized.")).Services.GetRequiredService<T>();

    public IServiceProvider Services => _app!.Services;

    public object Get(Type type) => _app!.Services.GetRequiredService(type);

    /// <summary>A new context; nothing in it is tracked.</summary>
    public DiasporaDbContext Context()
    {
        var context = Get<IContextFactory>().Create();
        context.ChangeTracker.QueryTrackingBehavior = Microsoft.EntityFrameworkCore.QueryTrackingBehavior.NoTracking;
        return context;
    }

    public async Task<Actor> AddAsync(string fullName, Role role = Role.Member, string? joinedOn = "2026-03-01", string? passwordHash = "no-password")
    {
        var count = Interlocked.Increment(ref _lastPhone);
        var now = Clock.GetUtcNow().UtcDateTime;
        var member = new Member(
            MemberNumber.FromBody(MemberNumber.First + count), fullName, PhoneNumber.Parse($"+7701{count:0000000}"), role,
            joinedOn is null ? null : DateOnly.Parse(joinedOn), now);
        await Get<IStore>().WriteAsync(async work =>
        {
            work.Members.Add(member);
            await work.Accounts.CreateAsync(member.Id, member.Phone, passwordHash);
            return true;
        });
        return new Actor(member.Id, "192.0.2.7", "test");
    }

    public Task<Actor> AddCashierAsync(string fullName = "Лейла Исмаилова") => AddAsync(fullName, Role.Cashier, joinedOn: null);

    public Task<Actor> AddAdminAsync() => AddAsync("Нигяр Керимова", Role.Admin, joinedOn: null);

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
        {
            await other.DisposeAsync();
        }

        if (_app is not null && _server.Length > 0)
        {
            if (_ownsFolder)
            {
                await using var context = Context();
                await context.Database.EnsureDeletedAsync();
            }

            await _app.DisposeAsync();
        }
        else if (_app is not null)
        {
            var file = Get<IContextFactory>().FileOf();
            await _app.DisposeAsync();
            SqliteFiles.Close(file);
        }

        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static async Task<KeptFile> MigrateOnceAsync()
    {
        await using var first = new TestDatabase();
        first._app = first.Build([], null);
        await first.Get<DatabaseStartup>().MigrateAsync();
        SqliteFiles.Close(first.Get<IContextFactory>().FileOf());
        return KeptFile.Read(first.Folder, first.Get<StorageFolders>().Database);
    }

    private WebApplication Build((string Key, string Value)[] settings, IContextFactory? contexts)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Directory"] = Folder,

            // As weak as is allowed: these tests are about who may sign in, not about how long a hash takes.
            ["Passwords:MemoryKiB"] = "8192",
            ["Passwords:Iterations"] = "1",
        });
        builder.Configuration.AddInMemoryCollection(_server.Concat(settings).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(Settings);
        builder.Services.AddSingleton(new Quotas(new QuotaLimits(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue), Clock));
        builder.Services.AddSingleton<IChangeFeed>(Feed);
        builder.Services.AddSingleton<RecordedMailbox>();
        builder.Services.AddSingleton<IMailbox>(provider => provider.GetRequiredService<RecordedMailbox>());
        builder.Services.AddSingleton<Diaspora.Domain.Import.ImportProgress>();
        foreach (var check in typeof(IStore).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IMessageCheck))))
            builder.Services.AddSingleton(typeof(IMessageCheck), check);
        builder.Services.AddLocalization().AddSingleton<IOwnTexts, Diaspora.Web.Notifications.OwnWordings>().AddSingleton<CurrentMessageTexts>().AddHttpClient().AddSingleton<Diaspora.Web.Notifications.SmsChannel>();
        foreach (var service in ServiceTypes)
        {
            builder.Services.AddSingleton(service);
        }

        builder.Services.AddSingleton(new PushServices([]));
        builder.Services.AddSingleton(new ConsentTerms(RegistrationService.ConsentVersion));
        builder.AddData();
        if (contexts is not null)
        {
            builder.Services.AddSingleton(contexts);
        }

        return builder.Build();
    }
}

/// <summary>Remembers what was announced.</summary>
public sealed class RecordedFeed : IChangeFeed
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<Change> _changes = new();
    private readonly Diaspora.Web.Shell.Live.ChangeFeed _live = new(Microsoft.Extensions.Logging.Abstractions.NullLogger<Diaspora.Web.Shell.Live.ChangeFeed>.Instance);

    public IReadOnlyList<Change> Changes => [.. _changes];

    /// <summary>Done right after a commit, before its verb goes on.</summary>
    public Action<Change>? Published { get; set; }

    long IChangeFeed.Published => _live.Published;

    public void Publish(Change change)
    {
        _changes.Enqueue(change);
        _live.Publish(change);
        Published?.Invoke(change);
    }

    public IDisposable Subscribe<TChange>(Action<TChange> onChange) where TChange : Change => _live.Subscribe(onChange);
}

/// <summary>Keeps the letters.</summary>
public sealed class RecordedMailbox : IMailbox
{
    public bool IsOpen { get; set; } = true;

    public List<(string Address, string Language, Guid MemberId, string Token)> Letters { get; } = [];

    public void SendLink(string address, string language, Guid memberId, string token) => Letters.Add((address, language, memberId, token));
}
