using Diaspora.Data;
using Diaspora.Domain.Members;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Bench;

/// <summary>Fills a SQLite file with members who paid two years, three months at a time: copies of one real member, made by the database itself.</summary>
internal sealed class Crowd(IContextFactory contexts)
{
    public const int Months = 24;
    private const int MonthsOfIntent = 3;

    /// <summary>The id of a member, by number from 1.</summary>
    public static Guid IdOf(int index) => Guid.Parse(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"00000000-0000-7000-8000-{index:X12}"));

    public static string NumberOf(int index) => MemberNumber.FromBody(MemberNumber.First + index).Value;

    /// <param name="count">How many.</param>
    /// <param name="model">A member with one confirmed intent of one month; its rows are what is copied.</param>
    /// <param name="firstMonth">yyyy-MM-01, the first of the paid months.</param>
    public async Task FillAsync(int count, Guid model, string firstMonth)
    {
        await using var context = contexts.Create();
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        await connection.OpenAsync();
        connection.CreateFunction("member_number", (long index) => NumberOf((int)index));
        var id = model.ToString().ToUpperInvariant();
        const string Members = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count) ";
        const string MemberId = "printf('00000000-0000-7000-8000-%012X', i)";
        await using var transaction = await connection.BeginTransactionAsync();
        await CopyAsync(connection, "Members", Members, $"n JOIN Members t ON t.Id = '{id}'", count, new()
        {
            ["Id"] = MemberId,
            ["Number"] = "member_number(i)",
            ["Phone"] = "printf('+7702%07d', i)",
            ["FullName"] = "t.FullName || ' ' || i",
            ["NameKey"] = "t.NameKey || ' ' || i",
            ["NameSet"] = "t.NameSet || ' ' || i",
            ["SortKey"] = "t.SortKey || printf('%07d', i)",
        });
        var intents = $"{Members}, k(j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM k WHERE j < {Months / MonthsOfIntent - 1}) ";
        const string IntentId = "printf('00000000-0000-7000-9%03X-%012X', j, i)";
        await CopyAsync(connection, "PaymentIntents", intents, $"n CROSS JOIN k JOIN PaymentIntents t ON t.PayerId = '{id}'", count, new()
        {
            ["Id"] = IntentId,
            ["PayerId"] = MemberId,
            ["Code"] = $"printf('%d', 10000000 + i * {Months} + j)",
        });
        var payments = $"{intents}, m(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM m WHERE k < {MonthsOfIntent - 1}) ";
        await CopyAsync(connection, "Payments", payments, $"n CROSS JOIN k CROSS JOIN m JOIN Payments t ON t.MemberId = '{id}'", count, new()
        {
            ["Id"] = "printf('00000000-0000-7000-A%03X-%012X', j * 3 + k, i)",
            ["IntentId"] = IntentId,
            ["MemberId"] = MemberId,
            ["Period"] = $"strftime('%Y-%m', '{firstMonth}', '+' || (j * 3 + k) || ' months')",
        });
        await transaction.CommitAsync();
    }

    /// <summary>Every column as in the row that is copied, but for those that are named.</summary>
    private static async Task CopyAsync(SqliteConnection connection, string table, string with, string from, int count, Dictionary<string, string> named)
    {
        List<string> columns = [];
        await using (var read = connection.CreateCommand())
        {
            read.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
            await using var reader = await read.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                columns.Add(reader.GetString(0));
            }
        }

        await using var write = connection.CreateCommand();
        write.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) {with} SELECT {string.Join(", ", columns.Select(column => named.GetValueOrDefault(column, $"t.\"{column}\"")))} FROM {from}";
        write.CommandTimeout = 0;
        write.Parameters.AddWithValue("$count", count);
        await write.ExecuteNonQueryAsync();
    }
}
