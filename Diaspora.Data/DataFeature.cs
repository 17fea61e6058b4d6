using Diaspora.Data.Accounts;
using Diaspora.Data.Operations;
using Diaspora.Data.Payments;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Data;

/// <summary>The database, files, accounts and keys.</summary>
public static class DataFeature
{
    /// <exception cref="InvalidOperationException">A setting is wrong; the message names its key.</exception>
    public static WebApplicationBuilder AddData(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var folders = StorageFolders.Prepare(builder.Configuration["Storage:Directory"], builder.Environment.ContentRootPath);
        var database = builder.Configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        services.AddSingleton(folders);
        AddDatabase(services, database, folders);
        services.AddScoped(provider => provider.GetRequiredService<IContextFactory>().Create());
        services.AddSingleton<StorageState>();
        services.AddSingleton(database);
        services.AddSingleton<Store>();
        services.AddSingleton<IStore>(provider => provider.GetRequiredService<Store>());
        services.AddSingleton<HeldRights>();
        services.AddSingleton<SharedAnswers>();
        services.AddSingleton<IReceiptFiles, ReceiptFiles>();
        services.AddSingleton<DeletionBrake>();
        services.AddSingleton<DatabaseStartup>();
        services.AddSingleton<DatabaseCare>();
        services.AddSingleton<TaskTurns>();
        services.AddSingleton<Portals>();
        services.AddOptions<PasswordOptions>().BindConfiguration("Passwords")
            .Validate(options => options is { MemoryKiB: >= 8192, Iterations: >= 1, Parallelism: >= 1, QueueLength: >= 1 },
                "Passwords: MemoryKiB must be at least 8192, Iterations, Parallelism and QueueLength at least 1.")
            .ValidateOnStart();
        services.AddAccountStorage();
        services.AddDataProtection().SetApplicationName("Diaspora").PersistKeysToFileSystem(new DirectoryInfo(folders.Keys));
        services.AddHealthChecks().AddDbContextCheck<DiasporaDbContext>("database", tags: ["ready"]).AddCheck<StorageCheck>("storage", tags: ["ready"]);
        services.AddSingleton<StorageCheck>();
        return builder;
    }

    private static void AddDatabase(IServiceCollection services, DatabaseOptions database, StorageFolders folders)
    {
        switch (database.Provider)
        {
            case DatabaseOptions.Sqlite when database.PatienceSeconds is < 1 or > 4:
                throw new InvalidOperationException($"Database:PatienceSeconds = {database.PatienceSeconds} must lie between 1 and 4.");
            case DatabaseOptions.Sqlite:
                var file = SqliteConnectionString(database, folders);
                services.AddPooledDbContextFactory<SqliteDiasporaDbContext>(options => options.UseSqlite(file).AddInterceptors(new SqlitePragmas(database.PatienceSeconds)).OneQueryEach());
                services.AddSingleton<IContextFactory, ContextFactory<SqliteDiasporaDbContext>>();
                break;
            case DatabaseOptions.SqlServer:
                var server = SqlServerConnectionString(database.ConnectionString);
                services.AddPooledDbContextFactory<SqlServerDiasporaDbContext>(options => options.UseSqlServer(server, sql => sql.EnableRetryOnFailure()).OneQueryEach());
                services.AddSingleton<IContextFactory, ContextFactory<SqlServerDiasporaDbContext>>();
                break;
            default:
                throw new InvalidOperationException($"Database:Provider = '{database.Provider}' is not known. Use {DatabaseOptions.Sqlite} or {DatabaseOptions.SqlServer}.");
        }
    }

    /// <summary>An intent has a handful of payments and receipts, so one query with a join is cheaper than three.</summary>
    private static void OneQueryEach(this DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MultipleCollectionIncludeWarning));

    private static string SqliteConnectionString(DatabaseOptions database, StorageFolders folders)
    {
        try
        {
            return new SqliteConnectionStringBuilder(string.IsNullOrWhiteSpace(database.ConnectionString) ? $"Data Source={folders.Database}" : database.ConnectionString)
            {
                ForeignKeys = true,
                Pooling = true,

                // The driver tries again and again on its own, for half a minute unless it is told otherwise.
                DefaultTimeout = database.PatienceSeconds,
            }.ToString();
        }
        catch (ArgumentException fault)
        {
            throw new InvalidOperationException($"Database:ConnectionString is not one of SQLite: {fault.Message}", fault);
        }
    }

    private static string SqlServerConnectionString(string? configured)
    {
        if (string.IsNullOrWhiteSpace(configured))
        {
            throw new InvalidOperationException("Database:ConnectionString is missing; Database:Provider = 'SqlServer' needs it.");
        }

        try
        {
            return new SqlConnectionStringBuilder(configured).ToString();
        }
        catch (ArgumentException fault)
        {
            throw new InvalidOperationException($"Database:ConnectionString is not one of SQL Server: {fault.Message}", fault);
        }
    }
}
