using Microsoft.Data.Sqlite;

namespace Diaspora.Tests.Start;

/// <summary>Folders of a portal with data to which something has happened.</summary>
internal static class RefusedFolders
{
    private const string TwoWays = "Bring a backup back with -- backup restore, or start once with --accept-empty-database to go on with what is there.";
    private const UnixFileMode ReadOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    public static IEnumerable<RefusedStart> All { get; } =
    [
        Of("a database that is gone", $"is missing, and this folder belonged to a portal with 2 members, 2 payments and * {TwoWays}", folder => File.Delete(folder.Database)),
        Of("a database that is gone, to a developer", "is missing, and this folder belonged to a portal", folder => File.Delete(folder.Database)) with { Environment = "Development" },
        Of("an empty file", $"is empty, and this folder belonged to a portal * {TwoWays}", folder => File.WriteAllBytes(folder.Database, [])),
        Of("a database without anybody", "is empty, and this folder belonged to a portal", folder => Run(folder, "PRAGMA foreign_keys=OFF; DELETE FROM Members; DELETE FROM Payments")),
        Of("a database that has lost rows", "has lost rows (2 members, 1 payments are left)", folder => Run(folder, "PRAGMA foreign_keys=OFF; DELETE FROM Payments WHERE rowid = (SELECT MAX(rowid) FROM Payments)")),
        Of("an older copy", "is an older copy (2 members, 1 payments,", folder => File.WriteAllBytes(folder.Database, folder.Older)),
        Of("the database of another portal", "is another one (2 members, 2 payments)", folder => Run(folder, $"UPDATE DatabaseMarks SET DatabaseId = '{Guid.NewGuid()}'")),
        Of("the database of a newer portal", "was written by a newer portal (its last migration is 99991231235959_Future)", folder => Run(folder, "INSERT INTO __EFMigrationsHistory VALUES ('99991231235959_Future', '99.0.0')")),
        Of("a file of something else", "is damaged (it is no file of SQLite): restore a backup", folder => File.WriteAllText(folder.Database, new string('x', 9000))),
        Of("half a file", "is damaged (its end is missing): restore a backup", folder => Cut(folder.Database)),
        Of("a page of noise", "is damaged (", folder => Spoil(folder.Database)),
        Of("a folder in the database's place", "is a folder.", folder =>
        {
            File.Delete(folder.Database);
            Directory.CreateDirectory(folder.Database);
        }),
        Of("half a marker", "which says to which database this folder belongs, cannot be read", folder => File.WriteAllText(folder.Marker, "{ half")),
        Of("a file in the folder's place", "cannot be written to", folder =>
        {
            Directory.Delete(folder.Root, recursive: true);
            File.WriteAllText(folder.Root, "");
        }),
        Rights("a folder that may only be read", "may not be read and written by the account the portal runs under", folder => Close(folder.Root, ReadOnlyFolder)),
        Rights("keys that may only be read", "keys' may not be read and written by the account", folder => Close(folder.Keys, ReadOnlyFolder)),
        Rights("receipts that may not be looked at", "receipts' may not be read and written by the account", folder => Close(folder.Receipts, UnixFileMode.None)),
        Rights("a database that may only be read", "diaspora.db' may not be read and written by the account", folder => Close(folder.Database, UnixFileMode.UserRead)),
        Rights("a marker that may not be read", "which says to which database this folder belongs, cannot be read", folder => Close(folder.Marker, UnixFileMode.None)),
    ];

    private static RefusedStart Of(string name, string sentence, Action<LivedFolder> damage) => new(name, [sentence])
    {
        Damage = folder =>
        {
            damage(folder);
            return Task.CompletedTask;
        },
    };

    private static RefusedStart Rights(string name, string sentence, Action<LivedFolder> damage) => Of(name, sentence, damage) with { IsAboutRights = true };

    private static void Run(LivedFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Cut(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2);
    }

    private static void Spoil(string path)
    {
        using var file = File.OpenWrite(path);
        file.Position = 4096;
        file.Write([.. Enumerable.Repeat((byte)0xFF, 64)]);
    }

    private static void Close(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
