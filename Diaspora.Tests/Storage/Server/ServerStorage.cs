using System.Reflection;
using Diaspora.Data;
using Xunit;

namespace Diaspora.Tests.Storage.Server;

/// <summary>Which tests run on a SQL Server where <c>DIASPORA_SQLSERVER</c> names one: all that have a <see cref="TestDatabase"/>, but for those that speak SQLite themselves.</summary>
internal static class ServerStorage
{
    /// <summary>A connection string without a database name. Each test makes a database of its own there, and deletes it.</summary>
    public static string? Server { get; } = Environment.GetEnvironmentVariable("DIASPORA_SQLSERVER");

    /// <summary>Classes that ask SQLite in its own words, hold its file, or put something in the place of the database. A test reads the sources for it.</summary>
    public static IReadOnlyList<string> SpeakSqlite { get; } =
    [
        "ArchivesTests", "AuditCommitTests", "BackupCommandTests", "CardTests", "CopyTests", "DamagedArchiveTests", "DeletingTasksTests", "DuplicatePairsTests", "EveryVerbIsAuditedTests",
        "EvidenceListTests", "ExportImportTests", "FiguresTests", "GuessingTests", "HalfWrittenTests", "HealthPageTests", "ImportFilesTests", "ImportQuestionsTests", "ImportRacesTests", "ImportTests",
        "KilledOperationTests", "MemberExportTests", "MergeTests", "MigrationsTests", "MyDayTests", "OneMemberRacesTests", "OneWriterPerMemberTests", "OutboxTests", "PaymentRacesTests",
        "RestoreDrillTests", "RestoreTests", "ServerCommandsTests", "SettingsTests", "SqliteTests", "StorageCheckTests", "StorageFaultTests", "UndoMergeTests",
        "UnknownCommitTests", "UsedReceiptTests", "WatchTests",
    ];

    /// <summary>The tests that would run there, by class.</summary>
    public static ILookup<Type, MethodInfo> Tests { get; } = typeof(ServerStorage).Assembly.GetTypes().Where(type => type.IsClass && !type.IsAbstract && !SpeakSqlite.Contains(type.Name) && HasDatabase(type))
        .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => (type, method))).ToLookup(pair => pair.type, pair => pair.method);

    public static bool IsMeant(string? testClass) => Server is not null && testClass is not null && !SpeakSqlite.Contains(testClass[(testClass.LastIndexOf('.') + 1)..]);

    public static (string Key, string Value)[] NewDatabase() =>
        [("Database:Provider", DatabaseOptions.SqlServer), ("Database:ConnectionString", $"{Server};Database=diaspora-{Guid.NewGuid():N}")];

    /// <summary>In a field of its own, or of a fixture of its class.</summary>
    private static bool HasDatabase(Type type) => Holds(type) || type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IClassFixture<>) && Holds(face.GetGenericArguments()[0]));

    private static bool Holds(Type type) => type == typeof(TestDatabase)
        || type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Any(field => field.FieldType == typeof(TestDatabase));
}
