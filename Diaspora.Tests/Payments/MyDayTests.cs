using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Payments;

/// <summary>«Мой день»: what a cashier decided themselves, to be held against the bank.</summary>
public sealed class MyDayTests(TestDatabase database) : IClassFixture<TestDatabase>
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

    private async Task<Guid> StartAsync(params string[] months) => await database.StartAsync(await database.AddAsync("Рзаева Гюнель", joinedOn: "2026-01-05"), months);
}
