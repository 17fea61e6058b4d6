using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

/// <summary>One file, four processes, and sixteen people who all work at the same desk.</summary>
public sealed class CrowdedDesk : IAsyncLifetime
{
    public const int Tries = 16;

    public TestDatabase Database { get; } = new();

    public TestDatabase[] Processes { get; private set; } = [];

    public Actor[] Cashiers { get; private set; } = [];

    public Actor[] Admins { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        Processes = [Database, await Database.AnotherAsync(), await Database.AnotherAsync(), await Database.AnotherAsync()];
        Cashiers = [.. await ManyAsync(Role.Cashier)];
        Admins = [.. await ManyAsync(Role.Admin)];
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task<List<Actor>> ManyAsync(Role role)
    {
        List<Actor> people = [];
        for (var index = 0; index < Tries; index++)
        {
            people.Add(await Database.AddAsync($"{role switch { Role.Admin => "Администратор", _ => "Кассир" }} Номер{(char)('А' + index)}", role, joinedOn: null));
        }

        return people;
    }
}

/// <summary>Whoever comes first has it; the others read who, and nothing is booked twice.</summary>
public sealed class MoneyRacesTests(CrowdedDesk desk) : IClassFixture<CrowdedDesk>
{
    private TestDatabase Database => desk.Database;

    [Fact]
    public async Task Pay_SameMonthByItsMemberAndByCashiers_IsOnePayment()
    {
        var member = await Database.AddAsync("Алиев Рашад");
        var ids = new Guid[CrowdedDesk.Tries];
        var outcomes = await AtOnceAsync(async (process, index) =>
            ids[index] = index % 2 == 0 ? await process.StartAsync(member, "2026-03") : await process.RecordAsync(desk.Cashiers[index], Cash(member, 2000, member.Of("2026-03"))));

        // The member's own second press is answered as the first.
        Assert.Single(ids.Where((_, index) => outcomes[index] is null).Distinct());
        var byCashier = outcomes.Where((_, index) => index % 2 == 1).ToList();
        var isCashiers = byCashier.Contains(null);
        Assert.Equal(isCashiers ? 1 : CrowdedDesk.Tries / 2, outcomes.Count(outcome => outcome is null));
        AssertRefused(outcomes, isCashiers ? Problems.MonthPaid : Problems.MonthPending);
        await using var context = Database.Context();
        var payment = await context.Payments.SingleAsync(payment => payment.MemberId == member.MemberId);
        Assert.Equal(isCashiers ? PaymentStatus.Confirmed : PaymentStatus.Pending, payment.Status);
        Assert.Equal(1, await context.AuditEntries.CountAsync(entry => entry.SubjectId == member.MemberId));
    }

    [Fact]
    public async Task Record_SameFormSentSixteenTimes_IsOnePayment()
    {
        var member = await Database.AddAsync("Алиев Рашад");
        var form = Cash(member, 2500, member.Of("2026-03")).KeepingTheRest();
        var outcomes = await AtOnceAsync((process, _) => process.RecordAsync(desk.Cashiers[0], form));
        Assert.All(outcomes, Assert.Null);
        await using var context = Database.Context();
        Assert.Equal(form.Id, (await context.Payments.SingleAsync(payment => payment.MemberId == member.MemberId)).IntentId);
        Assert.Equal(new Money(500), (await context.Credits.SingleAsync(credit => credit.MemberId == member.MemberId)).Amount);
        Assert.Equal([AuditAction.PaymentRecorded], await Database.LogAsync(form.Id));
    }

    [Fact]
    public async Task Refund_SamePaymentBySixteenCashiers_GoesBackOnce()
    {
        var member = await Database.AddAsync("Алиев Рашад");
        await Database.RecordAsync(desk.Cashiers[0], Cash(member, 2000, member.Of("2026-03")));
        var payment = Assert.Single(await Database.HistoryAsync(member));

        var outcomes = await AtOnceAsync((process, index) => process.RefundAsync(desk.Cashiers[index], payment));

        var winner = AssertOneWins(outcomes, Problems.AlreadyRefunded);
        var after = Assert.Single(await Database.HistoryAsync(member));
        Assert.Equal(PaymentStatus.Refunded, after.Status);
        Assert.Equal($"Кассир Номер{(char)('А' + winner)}", after.DecidedBy);
        Assert.All(outcomes.OfType<DomainException>(), refusal => Assert.Equal(after.DecidedBy, refusal.Problem.Args[0]));
        Assert.Equal([AuditAction.PaymentRecorded, AuditAction.PaymentRefunded], await Database.LogAsync(payment.IntentId));
    }

    [Fact]
    public async Task Use_SameCreditForSixteenMonths_PaysOneOfThem()
    {
        var member = await Database.AddAsync("Алиев Рашад", joinedOn: "2024-11-01");
        var creditId = await Database.CreditAsync(desk.Cashiers[0], member, 2000);

        var outcomes = await AtOnceAsync((process, index) =>
            process.RecordAsync(desk.Cashiers[index], Cash(member, 0, member.Of(new Period(2024, 11).AddMonths(index).ToString())).Using(creditId)));

        AssertOneWins(outcomes, Problems.CreditSpent);
        Assert.Equal(2, (await Database.HistoryAsync(member)).Count);
        Assert.Empty(await Database.OpenCreditsAsync(desk.Cashiers[0], member));
        Assert.Equal([AuditAction.CreditUsed], await Database.LogAsync(creditId));
    }

    [Fact]
    public async Task Use_ACreditWhileItIsReturned_IsOneOrTheOther()
    {
        var member = await Database.AddAsync("Алиев Рашад", joinedOn: "2024-11-01");
        var creditId = await Database.CreditAsync(desk.Cashiers[0], member, 2000);

        var outcomes = await AtOnceAsync((process, index) => index % 2 == 0
            ? process.Get<RecordingService>().ReturnCreditAsync(desk.Cashiers[index], creditId, new ReturnCreditForm { Reason = "вернули на карту" })
            : process.RecordAsync(desk.Cashiers[index], Cash(member, 0, member.Of(new Period(2024, 11).AddMonths(index).ToString())).Using(creditId)));

        var isReturned = AssertOneWins(outcomes, Problems.CreditSpent) % 2 == 0;
        var credit = Assert.Single((await Database.CardAsync(desk.Cashiers[0], member)).Credits);
        Assert.Equal(isReturned ? CreditStatus.Returned : CreditStatus.Used, credit.Status);
        Assert.Equal(isReturned ? 1 : 2, (await Database.HistoryAsync(member)).Count);
    }

    [Fact]
    public async Task Settle_SameIntentBySixteenCashiers_IsSettledOnce()
    {
        var member = await Database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
        var intentId = await Database.StartAsync(member, "2026-01", "2026-02", "2026-03");

        var outcomes = await AtOnceAsync((process, index) => process.SettleAsync(desk.Cashiers[index], intentId, Came(4500, member.Of("2026-01", "2026-02")).KeepingTheRest()));

        AssertOneWins(outcomes, Problems.AlreadyConfirmed, Problems.AlreadyRejected);
        Assert.Equal([PaymentStatus.Confirmed, PaymentStatus.Confirmed, PaymentStatus.Rejected], (await Database.HistoryAsync(member)).Select(row => row.Status));
        Assert.Equal(new Money(500), Assert.Single(await Database.OpenCreditsAsync(desk.Cashiers[0], member)).Amount);
        Assert.Equal([AuditAction.PaymentCreated, AuditAction.PaymentSettled], await Database.LogAsync(intentId));
    }

    [Fact]
    public async Task Exempt_SameMonthsBySixteenAdmins_IsOneExemption()
    {
        var member = await Database.AddAsync("Алиев Рашад");
        var outcomes = await AtOnceAsync((process, index) => process.Get<OwedMonthsService>().ExemptAsync(desk.Admins[index], member.MemberId!.Value, Exemption));
        AssertOneWins(outcomes, Problems.ExemptionOverlaps);
        Assert.Single((await Database.CardAsync(desk.Cashiers[0], member)).Card.Intervals);
        Assert.Equal([AuditAction.MemberExempted], await Database.LogAsync(member.MemberId!.Value));
    }

    [Fact]
    public async Task Exempt_AMonthWhileItIsPaid_IsOneOrTheOther()
    {
        var member = await Database.AddAsync("Алиев Рашад");
        var outcomes = await AtOnceAsync((process, index) => index % 2 == 0
            ? process.Get<OwedMonthsService>().ExemptAsync(desk.Admins[index], member.MemberId!.Value, Exemption)
            : process.RecordAsync(desk.Cashiers[index], Cash(member, 2000, member.Of("2026-03"))));

        AssertOneWins(outcomes, Problems.ExemptionOverlaps, Problems.MonthNotPayable, Problems.IntervalMonthPaid, Problems.MonthPaid);
        Assert.Single((await Database.CardAsync(desk.Cashiers[0], member)).Card.Intervals.Select(row => row.Id).Concat((await Database.HistoryAsync(member)).Select(row => row.PaymentId)));
    }

    [Fact]
    public async Task Refund_WhileAColleagueUndoesTheDecision_IsOneOrTheOther()
    {
        var member = await Database.AddAsync("Алиев Рашад");
        var intentId = await Database.StartAsync(member, "2026-03");
        var at = await Database.Get<ModerationService>().ConfirmAsync(desk.Cashiers[0], intentId);
        var payment = Assert.Single(await Database.HistoryAsync(member));

        var outcomes = await AtOnceAsync((process, index) => index % 2 == 0
            ? process.RefundAsync(desk.Cashiers[index], payment)
            : process.Get<ModerationService>().ReopenAsync(desk.Cashiers[index], intentId, at));

        var isRefunded = AssertOneWins(outcomes, Problems.AlreadyRefunded, Problems.CannotRefund, Problems.AlreadyPending) % 2 == 0;
        Assert.Equal(isRefunded ? PaymentStatus.Refunded : PaymentStatus.Pending, Assert.Single(await Database.HistoryAsync(member)).Status);
    }

    private static MonthIntervalForm Exemption => new() { From = new Period(2026, 3), To = new Period(2026, 5), Reason = "решение совета" };

    private Task<IReadOnlyList<Exception?>> AtOnceAsync(Func<TestDatabase, int, Task> act) =>
        PaymentSetup.AtOnceAsync(CrowdedDesk.Tries, index => act(desk.Processes[index % desk.Processes.Length], index));

    private static int AssertOneWins(IReadOnlyList<Exception?> outcomes, params string[] problems)
    {
        Assert.Single(outcomes, outcome => outcome is null);
        AssertRefused(outcomes, problems);
        return outcomes.Index().Single(outcome => outcome.Item is null).Index;
    }

    private static void AssertRefused(IReadOnlyList<Exception?> outcomes, params string[] problems) =>
        Assert.All(outcomes.Where(outcome => outcome is not null), outcome => Assert.Contains(Assert.IsType<DomainException>(outcome).Problem.Code, problems));
}
