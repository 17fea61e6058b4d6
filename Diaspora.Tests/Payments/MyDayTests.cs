using System.Text.RegularExpressions;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Speed;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Diaspora.Tests.Payments;

/// <summary>«Мой день»: what a cashier decided themselves, to be held against the bank.</summary>
public sealed partial class MyDayTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Read_TheDay_IsOnesOwnDecisionsOfThatLocalDay()
    {
        var (cashier, other) = (await database.AddCashierAsync(), await database.AddAdminAsync());
        var (first, second, third, fourth) = (await StartAsync("2026-01", "2026-02"), await StartAsync("2026-02"), await StartAsync("2026-03"), await StartAsync("2026-03"));
        var moderation = database.Get<ModerationService>();
        var today = DateOnly.FromDateTime(database.Clock.GetUtcNow().UtcDateTime.AddHours(5));

        var at = await moderation.ConfirmAsync(cashier, first);
        await database.RejectAsync(cashier, second);
        await database.ConfirmAsync(other, third);

        var rows = await moderation.DayAsync(cashier, null);
        Assert.Equal([(first, PaymentStatus.Confirmed, 4000), (second, PaymentStatus.Rejected, 2000)], rows.Select(row => (row.IntentId, row.Status, (int)row.Sum.Tenge)));
        Assert.Equal((at, true), (rows[0].DecidedAt, rows[0].CanReopen));
        Assert.Equal([new Period(2026, 1), new Period(2026, 2)], rows[0].Months);
        Assert.Empty(await moderation.DayAsync(cashier, today.AddDays(-1)));

        // Undone, it is no decision of that day any more.
        await moderation.ReopenAsync(cashier, first, at);
        Assert.Equal(second, Assert.Single(await moderation.DayAsync(cashier, today)).IntentId);

        // Midnight is Almaty's.
        database.Clock.SetUtcNow(new DateTimeOffset(today.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(5)).AddMinutes(1));
        await database.ConfirmAsync(cashier, fourth);
        Assert.Equal(second, Assert.Single(await moderation.DayAsync(cashier, today)).IntentId);
        Assert.Equal(fourth, Assert.Single(await moderation.DayAsync(cashier, null)).IntentId);
    }

    /// <summary>A hundred thousand members have paid for years: it goes by who decided and when, and not through all payments. The query itself is asked, as it is sent.</summary>
    [Fact]
    public async Task Read_TheDay_GoesByWhoDecidedWhen()
    {
        // Of its own, and listened to from the first command on: for a second after one that nobody listened to, EF tells nobody of the next ones.
        await using var own = new TestDatabase();
        using var counter = new QueryCounter();
        counter.Restart(own.Folder);
        await own.InitializeAsync();
        var cashier = await own.AddCashierAsync();
        counter.Restart(own.Folder);
        await own.Get<ModerationService>().DayAsync(cashier, null);
        var query = Assert.Single(counter.Queries, query => query.Contains("\"Payments\"", StringComparison.Ordinal));

        await using var context = own.Context();
        await context.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + Parameters().Replace(query, "''");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> steps = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            steps.Add(reader.GetString(3));
        }

        Assert.Contains(steps, step => step.Contains("USING INDEX IX_Payments_DecidedBy_DecidedAt (DecidedBy=? AND DecidedAt>? AND DecidedAt<?)", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [GeneratedRegex("@[A-Za-z_]+[0-9]*")]
    private static partial Regex Parameters();

    private async Task<Guid> StartAsync(params string[] months) => await database.StartAsync(await database.AddAsync("Рзаева Гюнель", joinedOn: "2026-01-05"), months);
}
