using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Diaspora.Bench;

/// <summary>The bank's calls over HTTP: one after the other, and fifty at once for ten members, each number five times.</summary>
internal static class BillerBench
{
    private const int Members = 10;
    private const int AtOnce = 50;
    private const int Alone = 500;

    /// <param name="payments">How many different ones in all.</param>
    public static async Task<int> RunAsync(int payments)
    {
        await using var portal = await Portal.StartAsync();
        var accounts = await ReadAsync(portal, "SELECT Number FROM Members WHERE JoinedOn IS NOT NULL ORDER BY Number LIMIT " + Members, reader => reader.GetString(0));
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce }) { BaseAddress = portal.Address };
        Figures.Machine();
        Figures.Header("ms");
        Figures.Line("check", await TimesAsync(number => client.GetStringAsync(new Uri($"/kaspi/biller?command=check&txn_id={number}&account={accounts[number % Members]}&sum=200.00", UriKind.Relative))));
        Figures.Line("pay", await TimesAsync(number => PayAsync(client, number, accounts[number % Members])));
        Figures.Line("the same again", await TimesAsync(number => PayAsync(client, number, accounts[number % Members])));

        var (last, paid, differ, times) = (1_000_000, 0, 0, new List<double>());
        var clock = Stopwatch.StartNew();
        while (paid < payments)
        {
            var first = last;
            var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async index =>
            {
                var start = Stopwatch.GetTimestamp();
                var answer = await PayAsync(client, first + index % Members, accounts[index % Members]);
                lock (times)
                {
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

                return (Number: index % Members, Answer: answer);
            }));
            differ += answers.GroupBy(answer => answer.Number).Count(same => same.Select(answer => answer.Answer).Distinct().Count() != 1 || !same.First().Answer.Contains("\"result\":0", StringComparison.Ordinal));
            last += Members;
            paid += Members;
        }

        Figures.Line("pay, fifty at once", times);
        var booked = (await ReadAsync(portal, "SELECT COUNT(*), COUNT(DISTINCT Operation), SUM(State = 1) FROM Evidence WHERE Source = 2 AND length(Operation) = 7", reader => (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2)))).Single();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{paid} payments in {times.Count} calls, {AtOnce} at once for {Members} members, {clock.Elapsed.TotalSeconds:0} s: {booked.Item1} pieces of evidence, {booked.Item2} numbers, {booked.Item3} booked, {differ} answered differently"));
        return booked == (paid, paid, paid) && differ == 0 ? 0 : 1;
    }

    private static Task<string> PayAsync(HttpClient client, int number, string account) =>
        client.GetStringAsync(new Uri($"/kaspi/biller?command=pay&txn_id={number}&txn_date=20261128101500&account={account}&sum=1.00", UriKind.Relative));

    private static async Task<List<double>> TimesAsync(Func<int, Task> call)
    {
        List<double> times = [];
        for (var number = 1; number <= Alone; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await call(number);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }

    private static async Task<List<T>> ReadAsync<T>(Portal portal, string sql, Func<SqliteDataReader, T> row)
    {
        await using var connection = new SqliteConnection($"Data Source={portal.Database};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        List<T> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}
