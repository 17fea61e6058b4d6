using System.Data.Common;
using System.Globalization;
using Diaspora.Domain.Access;

namespace Diaspora.Data.Operations;

/// <summary>What a database holds, read before anything is written to it. It may be of any age, so it is asked for nothing it may not have.</summary>
/// <param name="Id">Missing in one that is older than ids.</param>
/// <param name="Migration">The last one it has.</param>
public sealed record FoundDatabase(bool IsThere, Guid? Id, string? Migration, int Members, int Payments, long LastEntry, bool HasAdmin)
{
    public static FoundDatabase Nothing { get; } = new(IsThere: false, null, null, 0, 0, 0, HasAdmin: false);

    /// <param name="connection">An open one, of SQLite or SQL Server.</param>
    /// <param name="tables">The statement that lists its tables.</param>
    internal static async Task<FoundDatabase> ReadAsync(DbConnection connection, string tables, CancellationToken cancel)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        await using (var command = Command(tables))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                known.Add(reader.GetString(0));
            }
        }

        return new FoundDatabase(
            IsThere: true,
            await OneAsync("DatabaseMarks", """SELECT "DatabaseId" FROM "DatabaseMarks" """) is { } id ? Guid.Parse(Convert.ToString(id, CultureInfo.InvariantCulture)!) : null,
            await OneAsync("__EFMigrationsHistory", """SELECT MAX("MigrationId") FROM "__EFMigrationsHistory" """) as string,
            await CountAsync("Members", """SELECT COUNT(*) FROM "Members" """),
            await CountAsync("Payments", """SELECT COUNT(*) FROM "Payments" """),
            Convert.ToInt64(await OneAsync("AuditTail", """SELECT "Last" FROM "AuditTail" """) ?? 0L, CultureInfo.InvariantCulture),
            await CountAsync("Members", $"""SELECT COUNT(*) FROM "Members" WHERE "Role" = {(int)Role.Admin}""") > 0);

        async Task<object?> OneAsync(string table, string sql)
        {
            if (!known.Contains(table))
            {
                return null;
            }

            await using var command = Command(sql);
            return await command.ExecuteScalarAsync(cancel) is { } value and not DBNull ? value : null;
        }

        async Task<int> CountAsync(string table, string sql) => Convert.ToInt32(await OneAsync(table, sql) ?? 0, CultureInfo.InvariantCulture);

        DbCommand Command(string sql)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            return command;
        }
    }
}
