using System.Text.Json;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Reports;

/// <summary>What the database adds up is what the pure functions say of every row, whoever the members are and whatever happens to a month later.</summary>
public sealed class ReportFiguresTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Add_RowsByChance_IsWhatThePureFunctionsSay_BeforeAndAfterALateRefundAndAnotherFee(int seed)
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        await ReportCrowd.FillAsync(database, seed);
        var cashier = await database.AddCashierAsync();
        await SameAsync(database, cashier);

        // Months close, and what they said stays so.
        database.Clock.Advance(TimeSpan.FromDays(12));
        Assert.True(await database.Get<MonthClosingService>().CloseAsync() > 10);
        await database.Get<MemberService>().RefreshListingsAsync();
        await SameAsync(database, cashier);
        var month = new Period(2025, 11);
        var kept = (await database.Get<ReportService>().DetailsAsync(cashier, month)).Kept!;

        await RefundOneAsync(database, cashier, month);
        database.Settings.Use(database.Settings.Value with
        {
            Rules = database.Rules with { Fees = new FeeSchedule([new FeeStep(FeeSchedule.Beginning, new Money(2000)), new FeeStep(month, new Money(2500)), new FeeStep(new Period(2026, 2), new Money(3000))]) },
            StoredAt = database.Clock.GetUtcNow().UtcDateTime,
        });
        await database.Get<MemberService>().RefreshListingsAsync();
        await SameAsync(database, cashier);

        var details = await database.Get<ReportService>().DetailsAsync(cashier, month);
        Assert.Equal(Json(kept), Json(details.Kept));
        Assert.Equal(kept.Figures.Payers - 1, details.Now.Figures.Payers);
        Assert.Equal(2500, details.Now.Figures.Fee.Tenge);
        var line = (await database.Get<ReportService>().YearAsync(cashier, 2025)).Months[month.Month - 1];
        Assert.Equal((kept.Figures.Collected, details.Now.Figures.Collected - kept.Figures.Collected), (line.Figures.Collected, line.Correction));
        Assert.True(line.Correction < Money.Zero);
    }

    [Fact]
    public async Task Close_MonthsThatAreOver_OnceAndTenDaysLater()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var closing = database.Get<MonthClosingService>();
        Assert.Equal(0, await closing.CloseAsync());
        var member = await database.AddAsync("Алиев Рашад", joinedOn: "2026-01-05");

        // It is 8 March: February may still be confirmed.
        Assert.Equal((1, 0), (await closing.CloseAsync(), await closing.CloseAsync()));
        database.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await closing.CloseAsync());
        database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await closing.CloseAsync());

        var cashier = await database.AddCashierAsync();
        await database.RecordAsync(cashier, MoneySetup.Cash(member, 2000, member.Of("2026-02")));
        var details = await database.Get<ReportService>().DetailsAsync(cashier, new Period(2026, 2));
        Assert.Equal((0, 1, 1), (details.Shown.Figures.Payers, details.Shown.Figures.Unpaid, details.Now.Figures.Payers));
        Assert.Equal(2000, (await database.Get<ReportService>().YearAsync(cashier, 2026)).Correction.Tenge);
    }

    /// <summary>A month nobody was there in, and one that is far ahead, are no fault: they say so.</summary>
    [Fact]
    public async Task Ask_ForMonthsOutsideOfTheAssociation_SaysThatNothingIsThere()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var cashier = await database.AddCashierAsync();
        await database.AddAsync($"{new string('Ж', 99)} {new string('щ', 100)}", joinedOn: "2026-01-05");
        var reports = database.Get<ReportService>();

        Assert.True((await reports.DetailsAsync(cashier, Period.Earliest)).Shown.IsEmpty);
        Assert.Equal(0, (await reports.YearAsync(cashier, Period.Earliest.Year)).Expected.Tenge);
        var ahead = await reports.DetailsAsync(cashier, Period.Latest);
        Assert.Equal((1, 0), (ahead.Now.Figures.Unpaid, ahead.Now.Figures.Payers));
        Assert.Equal(0, (await reports.YearAsync(cashier, Period.Latest.Year)).Expected.Tenge);
        Assert.Equal([(string?)null], ahead.Now.Cities.Select(city => city.City));
        Assert.Equal(200, Assert.Single((await reports.ListAsync(cashier, new ReportListFilter(ReportListKind.Unpaid, new Period(2026, 2)))).Items).FullName.Length);
    }

    private static async Task SameAsync(TestDatabase database, Actor cashier)
    {
        var facts = await ReportCrowd.ReadAsync(database);
        var (reports, rules, now) = (database.Get<ReportService>(), database.Settings.Rules, database.Clock.GetUtcNow().UtcDateTime);
        for (var month = ReportCrowd.First.Previous; month <= rules.PeriodOf(now).AddMonths(3); month = month.Next)
        {
            var (expected, details) = (MonthSummary.Of(facts, month, rules, now), await reports.DetailsAsync(cashier, month));
            Assert.Equal(Json(expected), Json(details.Now));
            await ListsAsync(reports, cashier, expected);
            var line = (await reports.YearAsync(cashier, month.Year)).Months[month.Month - 1];
            Assert.Equal(expected.Figures.Collected, line.PaidNow);
            Assert.Equal((details.Shown.Figures.Collected, details.ClosedAt), (line.Figures.Collected, line.ClosedAt));
            if (month <= rules.PeriodOf(now) && !expected.IsEmpty && month >= ReportCrowd.First)
            {
                Assert.Equal((details.Shown.Figures.Expected, details.Shown.Came.Sum), (line.Figures.Expected, line.Came));
            }
        }

        var paid = facts.Intents.SelectMany(intent => intent.Payments).ToLookup(payment => payment.MemberId);
        var debts = facts.Members.Select(member => (member.City, Ledger: new Ledger(
            new LedgerFacts(member.JoinedOn, false, member.Exemptions, member.Suspensions, [.. paid[member.Id].Select(payment => new PaidMonth(payment.Period, payment.Status.ForLedger(), payment.Amount))]), rules, now)));
        Assert.Equal(
            Json(DebtAgeing.Of([.. debts.Where(one => one.Ledger.DebtMonths.Count > 0).Select(one => (one.City, one.Ledger.DebtMonths.Count, 1, one.Ledger.Debt))])),
            Json(await reports.DebtsAsync(cashier)));
    }

    /// <summary>Each figure is as long as the list behind it, and its sum is what the list adds up to.</summary>
    private static async Task ListsAsync(ReportService reports, Actor cashier, MonthSummary expected)
    {
        foreach (var (kind, count, sum) in ((ReportListKind, int, Money?)[])
        [
            (ReportListKind.Paid, expected.Figures.Payers, expected.Figures.Collected), (ReportListKind.Pending, expected.Figures.OnReview, expected.Figures.Waiting),
            (ReportListKind.Unpaid, expected.Figures.Unpaid, expected.Figures.Owed), (ReportListKind.Exempt, expected.Exempt, Money.Zero), (ReportListKind.Suspended, expected.Suspended, Money.Zero),
            (ReportListKind.Came, expected.Came.Transfers, expected.Came.Sum),
        ])
        {
            var page = await reports.ListAsync(cashier, new ReportListFilter(kind, expected.Month));
            Assert.Equal((kind, count), (kind, page.Total));
            if (page.Count == 1)
            {
                Assert.Equal((kind, sum), (kind, Money.Sum(page.Items.Select(line => line.Sum))));
            }
        }

        foreach (var city in expected.Cities)
        {
            var filter = new ReportListFilter(ReportListKind.Unpaid, expected.Month) { City = city.City, IsWithoutCity = city.City is null };
            Assert.Equal((city.City, city.Unpaid), (city.City, (await reports.ListAsync(cashier, filter)).Total));
        }

        var returned = await reports.ListAsync(cashier, new ReportListFilter(ReportListKind.Returned, expected.Month));
        Assert.Equal(expected.Came.Returned, Money.Sum(returned.Items.Select(line => line.Sum)));
    }

    private static async Task RefundOneAsync(TestDatabase database, Actor cashier, Period month)
    {
        await using var context = database.Context();
        var payment = await context.Payments.Where(payment => payment.Period == month && payment.Status == PaymentStatus.Confirmed && context.Members.Any(member => member.Id == payment.MemberId && member.JoinedOn != null))
            .OrderBy(payment => payment.Id).FirstAsync();
        await database.Get<RecordingService>().RefundAsync(cashier, payment.IntentId, payment.Id, new RefundPaymentForm { Reason = "ошиблись месяцем" });
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
