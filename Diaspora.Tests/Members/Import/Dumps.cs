using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Members.Import;

/// <summary>Tables as they are, byte for byte.</summary>
internal static class Dumps
{
    private static readonly string[] Evidence = ["AuditEntries", "AuditTail", "ImportBatches", "ImportRows", "ImportTraces"];

    /// <summary>Every row of every table, but for the log and the import's own evidence.</summary>
    public static async Task<IReadOnlyList<string>> DumpAsync(this TestDatabase database)
    {
        await using var context = database.Context();
        List<string> rows = [];
        foreach (var table in await context.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").ToListAsync())
        {
            if (!Evidence.Contains(table))
            {
                rows.AddRange((await database.ReadAllAsync(table)).Select(row => $"{table}: {row}"));
            }
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    public static async Task<IReadOnlyList<string>> ReadAllAsync(this TestDatabase database, string table)
    {
        await using var context = database.Context();
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(index => $"{reader.GetFieldType(index).Name} {reader.GetValue(index)}")));
        }

        return rows;
    }
}
