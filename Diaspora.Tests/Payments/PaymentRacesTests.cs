using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

/// <summary>Many hands at once, on a real file and from several processes' worth of stores.</summary>
public sealed class PaymentRacesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Tries = 16;

    [Fact]
    public async Task Start_SameMonthSixteenTimesAtOnce_IsOnePayment()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var processes = await ProcessesAsync();
        var ids = new Guid[Tries];

        var outcomes = await AtOnceAsync(Tries, async index => ids[index] = await processes[index % processes.Length].StartAsync(member, "2026-03"));

        Assert.All(outcomes, Assert.Null);
        Assert.Single(ids.Distinct());
        await using var context = database.Context();
        Assert.Equal(1, await context.Payments.CountAsync(payment => payment.MemberId == member.MemberId));
    }

    [Fact]
    public async Task Start_OtherMonthsAroundTheSameOneAtOnce_OnlyOneIsBooked()
    {
        var member = await database.AddAsync("Гусейнов Вусал", joinedOn: "2026-03-01");
        var processes = await ProcessesAsync();

        // All want March, each with another month beside it.
        var outcomes = await AtOnceAsync(Tries, index =>
            processes[index % processes.Length].StartAsync(member, "2026-03", new Period(2026, 3).AddMonths(index % 12 + 1).ToString()));

        await using var context = database.Context();
        var march = await context.Payments.CountAsync(payment => payment.MemberId == member.MemberId && payment.Period == new Period(2026, 3));
        Assert.Equal(1, march);
        Assert.All(outcomes.OfType<DomainException>(), refusal => Assert.Equal(Problems.MonthPending, refusal.Problem.Code));
        Assert.All(outcomes.Where(outcome => outcome is not null), outcome => Assert.IsType<DomainException>(outcome));
    }

    [Fact]
    public async Task Book_ASecondLivePaymentPastTheCode_IsRefusedByTheDatabase()
    {
        var member = await database.AddAsync("Мамедова Севда");
        await database.StartAsync(member, "2026-03");
        await using var context = database.Context();
        var fault = await Assert.ThrowsAsync<SqliteException>(() => context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO Payments (Id, IntentId, MemberId, Period, Amount, Currency, Status, Method, CreatedAt, UpdatedAt)
            SELECT 'AAAAAAAA-0000-0000-0000-000000000001', IntentId, MemberId, Period, Amount, Currency, 1, Method, CreatedAt, UpdatedAt FROM Payments WHERE MemberId = {member.MemberId}
            """));
        Assert.Equal(2067, fault.SqliteExtendedErrorCode);
    }

    [Fact]
    public async Task Confirm_TwoCashiersAtOnce_BooksOnceAndNamesTheFirstToTheSecond()
    {
        var member = await database.AddAsync("Аббасов Эльчин", joinedOn: "2025-01-01");
        var processes = await ProcessesAsync();
        Actor[] cashiers = [await database.AddCashierAsync("Лейла Исмаилова"), await database.AddCashierAsync("Самир Гасанов")];
        string[] names = ["Лейла Исмаилова", "Самир Гасанов"];
        for (var month = 1; month <= 8; month++)
        {
            var intentId = await database.StartAsync(member, $"2025-{month:00}");
            var outcomes = await AtOnceAsync(2, index => processes[index].ConfirmAsync(cashiers[index], intentId));

            var first = outcomes[0] is null ? 0 : 1;
            Assert.Null(outcomes[first]);
            var refusal = Assert.IsType<DomainException>(outcomes[1 - first]).Problem;
            Assert.Equal((Problems.AlreadyConfirmed, names[first]), (refusal.Code, refusal.Args[0]));
            Assert.IsType<DateTime>(refusal.Args[1]);
            await using var context = database.Context();
            var booked = await context.Payments.SingleAsync(payment => payment.IntentId == intentId);
            Assert.Equal((PaymentStatus.Confirmed, cashiers[first].MemberId), (booked.Status, booked.ConfirmedBy));
            Assert.Equal(1, await context.AuditEntries.CountAsync(entry => entry.EntityId == intentId && entry.Action == AuditAction.PaymentConfirmed));
        }
    }

    [Fact]
    public async Task Confirm_AndRejectAtOnce_OnlyOneHolds()
    {
        var member = await database.AddAsync("Керимов Анар", joinedOn: "2026-03-01");
        var processes = await ProcessesAsync();
        Actor[] cashiers = [await database.AddCashierAsync(), await database.AddCashierAsync()];
        var intentId = await database.StartAsync(member, "2026-03", "2026-04");

        var outcomes = await AtOnceAsync(2, index => index == 0 ? processes[0].ConfirmAsync(cashiers[0], intentId) : processes[1].RejectAsync(cashiers[1], intentId));

        Assert.Single(outcomes, outcome => outcome is null);
        await using var context = database.Context();
        Assert.Single(await context.Payments.Where(payment => payment.IntentId == intentId).Select(payment => payment.Status).Distinct().ToListAsync());
    }

    [Fact]
    public async Task Attach_AndConfirmAtOnce_LosesNeitherTheReceiptNorTheDecision()
    {
        var member = await database.AddAsync("Рзаева Гюнай", joinedOn: "2026-03-01");
        var cashier = await database.AddCashierAsync();
        var processes = await ProcessesAsync();
        var intentId = await database.StartAsync(member, "2026-03");

        var outcomes = await AtOnceAsync(4, index => index == 3
            ? processes[3].ConfirmAsync(cashier, intentId)
            : processes[index].AttachAsync(member, intentId, [.. Pdf, (byte)index]));

        Assert.Null(outcomes[3]);
        await using var context = database.Context();
        var stored = await context.Intents.Include(intent => intent.Receipts).Include(intent => intent.Payments).SingleAsync(intent => intent.Id == intentId);
        Assert.Equal(outcomes.Take(3).Count(outcome => outcome is null), stored.Receipts.Count);
        Assert.All(outcomes.Where(outcome => outcome is not null), outcome => Assert.Equal(Problems.AlreadyDecided, Assert.IsType<DomainException>(outcome).Problem.Code));
        Assert.Equal(PaymentStatus.Confirmed, stored.Payments[0].Status);
    }

    [Fact]
    public async Task Write_SixteenAtOnceFromFourProcesses_NumbersTheLogWithoutAGap()
    {
        var processes = await ProcessesAsync();
        var members = new List<Actor>();
        for (var index = 0; index < Tries; index++)
        {
            members.Add(await database.AddAsync($"Участник Номер{(char)('А' + index)}"));
        }

        var outcomes = await AtOnceAsync(Tries, async index =>
        {
            var process = processes[index % processes.Length];
            var intentId = await process.StartAsync(members[index], "2026-03");
            await process.Get<PaymentService>().ClaimAsync(members[index], intentId);
            await process.Get<PaymentService>().CancelAsync(members[index], intentId);
        });

        Assert.All(outcomes, Assert.Null);
        await using var context = database.Context();
        var ids = await context.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Id).ToListAsync();
        Assert.True(ids.Count >= 3 * Tries);
        Assert.Equal(Enumerable.Range(1, ids.Count).Select(id => (long)id), ids);
        Assert.Equal(ids.Count, (await context.AuditTails.SingleAsync()).Last);
    }

    private async Task<TestDatabase[]> ProcessesAsync() => [database, await database.AnotherAsync(), await database.AnotherAsync(), await database.AnotherAsync()];
}
