using Diaspora.Data.Accounts;
using Diaspora.Data.Backups;
using Diaspora.Data.Cards;
using Diaspora.Data.Notifications;
using Diaspora.Data.Operations;
using Diaspora.Data.Payments;
using Diaspora.Domain.Cards;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diaspora.Data;

/// <summary>The database, files, accounts and keys.</summary>
public static class DataFeature
{
    public static WebApplicationBuilder AddData(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var folders = builder.ReadSection<StorageOptions>(StorageOptions.Section).FoldersBeside(builder.Environment.ContentRootPath);
        var database = builder.ReadSection<DatabaseOptions>(DatabaseOptions.Section);
        services.AddSingleton(folders);
        services.AddSingleton<PortalLock>();
        services.AddSingleton(StartReasons.Of(builder));
        AddDatabase(services, database, folders, StartReasons.Of(builder));
        services.AddScoped(provider => provider.GetRequiredService<IContextFactory>().Create());
        services.AddSingleton<StorageState>();
        services.AddSingleton(database);
        services.AddSingleton<Store>();
        services.AddSingleton<IStore>(provider => provider.GetRequiredService<Store>());
        services.AddSingleton<HeldRights>();
        services.AddSingleton<SharedAnswers>();
        services.AddSingleton<OutboxRules>();
        services.AddSingleton<IPushKeys, PushKeyFile>();
        services.AddSingleton<IReceiptFiles, ReceiptFiles>();
        services.AddSingleton<ICardKeyFiles, CardKeyFiles>();
        services.AddSingleton<DeletionBrake>();
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<DatabaseStartup>();
        services.AddSingleton<DatabaseCare>();
        services.AddSingleton<TaskTurns>();
        services.AddSingleton<Portals>();
        builder.AddBackupStorage(folders);
        services.AddSingleton<DatabaseMarker>();
        services.AddSingleton<DatabaseFile>();
        services.AddSingleton<DatabaseGuard>();
        builder.AddSection<PasswordOptions>("Passwords")
            .Validate(options => options.MemoryKiB >= 8192, "Passwords:MemoryKiB must be at least 8192.")
            .Validate(options => options.Iterations >= 1, "Passwords:Iterations must be at least 1.")
            .Validate(options => options.Parallelism >= 1, "Passwords:Parallelism must be at least 1.")
            .Validate(options => options.QueueLength >= 1, "Passwords:QueueLength must be at least 1.");
        builder.AddAccountStorage();
        services.AddDataProtection().SetApplicationName("Diaspora").PersistKeysToFileSystem(new DirectoryInfo(folders.Keys));
        services.AddHealthChecks().AddCheck<DatabaseCheck>(DatabaseCheck.Name, tags: ["ready"]).AddCheck<StorageCheck>(StorageCheck.Name, tags: ["ready"]);
        services.AddSingleton<StorageTrial>();
        return builder;
    }

    /// <summary>Where a setting is wrong the start is refused before anything is opened, so any database will do until then.</summary>
    private static void AddDatabase(IServiceCollection services, DatabaseOptions database, StorageFolders folders, StartReasons reasons)
    {
        if (database.Provider == DatabaseOptions.SqlServer && SqlServerConnectionString(database.ConnectionString, reasons) is { } server)
        {
            services.AddPooledDbContextFactory<SqlServerDiasporaDbContext>(options => options.UseSqlServer(server, sql => sql.ExecutionStrategy(dependencies => new ServerRetries(dependencies))).OneQueryEach());
            services.AddSingleton<IContextFactory, ContextFactory<SqlServerDiasporaDbContext>>();
            return;
        }

        if (database.Provider is not (DatabaseOptions.Sqlite or DatabaseOptions.SqlServer))
        {
            reasons.Add($"Database:Provider = '{database.Provider}' is not known: use {DatabaseOptions.Sqlite} or {DatabaseOptions.SqlServer}.");
        }

        if (database.PatienceSeconds is < 1 or > 4)
        {
            reasons.Add($"Database:PatienceSeconds = {database.PatienceSeconds} must lie between 1 and 4.");
        }

        var file = SqliteConnectionString(database, folders, reasons);
        services.AddPooledDbContextFactory<SqliteDiasporaDbContext>((provider, options) => options.UseSqlite(file)
            .AddInterceptors(provider.GetRequiredService<DatabaseFile>(), new SqlitePragmas(database.PatienceSeconds)).OneQueryEach());
        services.AddSingleton<IContextFactory, ContextFactory<SqliteDiasporaDbContext>>();
    }

    /// <summary>An intent has a handful of payments and receipts, so one query with a join is cheaper than three.</summary>
    private static void OneQueryEach(this DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MultipleCollectionIncludeWarning));

    private static string SqliteConnectionString(DatabaseOptions database, StorageFolders folders, StartReasons reasons)
    {
        var own = new SqliteConnectionStringBuilder { DataSource = folders.Database };
        if (database.Provider == DatabaseOptions.Sqlite && !string.IsNullOrWhiteSpace(database.ConnectionString))
        {
            try
            {
                own.ConnectionString = database.ConnectionString;
            }
            catch (ArgumentException fault)
            {
                reasons.Add($"Database:ConnectionString is not one of SQLite: {fault.Message}");
            }
        }

        // A file that is gone must not come back as an empty one. The start makes the first.
        if (own.Mode == SqliteOpenMode.ReadWriteCreate && Path.IsPathFullyQualified(own.DataSource))
        {
            own.Mode = SqliteOpenMode.ReadWrite;
        }

        own.ForeignKeys = true;
        own.Pooling = true;

        // The driver tries again and again on its own, for half a minute unless it is told otherwise.
        own.DefaultTimeout = database.PatienceSeconds;
        return own.ToString();
    }

    private static string? SqlServerConnectionString(string? configured, StartReasons reasons)
    {
        if (string.IsNullOrWhiteSpace(configured))
        {
            reasons.Add("Database:ConnectionString is missing; Database:Provider = 'SqlServer' needs it.");
            return null;
        }

        try
        {
            return new SqlConnectionStringBuilder(configured).ToString();
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            reasons.Add($"Database:ConnectionString is not one of SQL Server: {fault.Message}");
            return null;
        }
    }
}
