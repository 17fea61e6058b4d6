using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

/// <summary>A sum that cannot be booked as the cashier wrote it: a sentence says why, and nothing is booked.</summary>
public sealed class RecordingRefusalsTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Record_SumTooSmall_SaysHowMuchIsMissing()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        Assert.Equal("SumTooSmall(1 KZT)", await WrongAsync("Received", () => _database.RecordAsync(_cashier, Cash(member, 3999, member.Of("2026-03", "2026-04")))));
        Assert.Equal("SumTooSmall(2000 KZT)", await WrongAsync("Received", () => _database.RecordAsync(_cashier, Cash(member, 0, member.Of("2026-03")))));
        await AssertNothingBookedAsync(member);
    }

    [Theory]
    [InlineData(null, true, true, "Received", "SumMissing")]
    [InlineData(-1L, true, true, "Received", "SumImpossible")]
    [InlineData(100_000_001L, true, true, "Received", "SumImpossible")]
    [InlineData(2000L, false, true, "ReceivedOn", "DayMissing")]
    [InlineData(2000L, true, false, "Months", "NothingChosen")]
    public async Task Record_FormNotFilledIn_NamesTheField(long? received, bool hasDay, bool hasMonths, string field, string problem)
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var form = new RecordPaymentForm { PayerId = member.MemberId!.Value, Received = received, ReceivedOn = hasDay ? Today : null, Months = hasMonths ? [.. member.Of("2026-03")] : [] };
        Assert.Equal(problem, await WrongAsync(field, () => _database.RecordAsync(_cashier, form)));
        await AssertNothingBookedAsync(member);
    }

    [Theory]
    [InlineData("2026-03", "MonthPaid(2026-03)")]
    [InlineData("2026-05", "MonthPaid(2026-05)")]
    [InlineData("2026-02", "MonthNotPayable(2026-02)")]
    [InlineData("2026-06", "MonthNotPayable(2026-06)")]
    [InlineData("2026-07", "MonthNotPayable(2026-07)")]
    [InlineData("2027-04", "MonthNotPayable(2027-04)")]
    public async Task Record_MonthThatIsPaidExemptSuspendedBeforeJoiningOrTooFarAhead_IsRefusedWithAllOthers(string month, string problem)
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var admin = await _database.AddAdminAsync();
        await _database.RecordAsync(_cashier, Cash(member, 4000, member.Of("2026-03", "2026-05")));
        await _database.Get<OwedMonthsService>().ExemptAsync(admin, member.MemberId!.Value, new MonthIntervalForm { From = new Period(2026, 6), To = new Period(2026, 6), Reason = "решение совета" });
        await _database.Get<OwedMonthsService>().SuspendAsync(admin, member.MemberId!.Value, new MonthIntervalForm { From = new Period(2026, 7), To = new Period(2026, 7), Reason = "в отъезде" });

        var refusal = await RefusedAsync(() => _database.RecordAsync(_cashier, Cash(member, 4000, member.Of("2026-04", month))));

        Assert.Equal(problem, refusal.ToString());
        Assert.Equal(MonthState.Ahead, await _database.TileAsync(member, "2026-04"));
    }

    [Fact]
    public async Task Record_MonthThatWaitsForADecision_SaysSinceWhen()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var since = _database.Clock.GetUtcNow().UtcDateTime;
        await _database.StartAsync(member, "2026-03");
        _database.Clock.Advance(TimeSpan.FromMinutes(5));
        var refusal = await RefusedAsync(() => _database.RecordAsync(_cashier, Cash(member, 2000, member.Of("2026-03"))));
        Assert.Equal(("MonthPending", new Period(2026, 3), since), (refusal.Code, refusal.Args[0], refusal.Args[1]));
    }

    [Fact]
    public async Task Record_MonthsOfABlockedMember_NamesThemAndBooksNobodysMonths()
    {
        var payer = await _database.AddAsync("Алиев Рашад");
        var blocked = await _database.AddAsync("Алиева Айгюн");
        await _database.Get<MemberService>().BlockAsync(await _database.AddAdminAsync(), blocked.MemberId!.Value, new BlockMemberForm { Reason = "спам" });
        var refusal = await RefusedAsync(() => _database.RecordAsync(_cashier, Cash(payer, 4000, [.. payer.Of("2026-03"), .. blocked.Of("2026-03")])));
        Assert.Equal("MonthOfBlocked(Алиева Айгюн)", refusal.ToString());
        await AssertNothingBookedAsync(payer);
    }

    [Fact]
    public async Task Record_DayAhead_IsRefusedUntilItIsThatDayInAlmaty()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var form = Cash(member, 2000, member.Of("2026-03"));
        form.ReceivedOn = Today.AddDays(1);
        _database.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 8, 23, 59, 59, TimeSpan.FromHours(5)));
        Assert.Equal("DayAhead", await WrongAsync("ReceivedOn", () => _database.RecordAsync(_cashier, form)));
        await AssertNothingBookedAsync(member);

        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        await _database.RecordAsync(_cashier, form);
        Assert.Equal(MonthState.Paid, await _database.TileAsync(member, "2026-03"));
    }

    [Fact]
    public async Task Record_ForStaffWithoutALedger_IsRefused()
    {
        var staff = await _database.AddAsync("Текст Редактор", Role.Editor, joinedOn: null);
        Assert.Equal("MonthNotPayable(2026-03)", (await RefusedAsync(() => _database.RecordAsync(_cashier, Cash(staff, 2000, staff.Of("2026-03"))))).ToString());
        await AssertNothingBookedAsync(staff);
    }

    [Fact]
    public async Task Record_ForNobody_IsNotFound()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var nobody = new Actor(Guid.NewGuid(), null, null);
        await NotFoundAsync(() => _database.RecordAsync(_cashier, Cash(nobody, 2000, member.Of("2026-03"))));
        await NotFoundAsync(() => _database.RecordAsync(_cashier, Cash(member, 2000, nobody.Of("2026-03"))));
        await AssertNothingBookedAsync(member);
    }

    [Fact]
    public async Task Record_FeeThatRoseInBetween_CostsWhatEachMonthCosts()
    {
        var member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-02-01");
        var fees = new FeeSchedule([new FeeStep(new Period(2000, 1), new Money(2000)), new FeeStep(new Period(2026, 4), new Money(3000))]);
        _database.Settings.Use(new(_database.Rules with { Fees = fees }));

        Assert.Equal("SumTooSmall(1000 KZT)", await WrongAsync("Received", () => _database.RecordAsync(_cashier, Cash(member, 6000, member.Of("2026-02", "2026-03", "2026-04")))));
        await _database.RecordAsync(_cashier, Cash(member, 7000, member.Of("2026-02", "2026-03", "2026-04")));

        Assert.Equal([2000L, 2000L, 3000L], (await _database.HistoryAsync(member)).Select(row => row.Amount.Tenge));
    }

    private async Task AssertNothingBookedAsync(Actor member)
    {
        Assert.Empty(await _database.HistoryAsync(member));
        Assert.Empty(await _database.OpenCreditsAsync(_cashier, member));
    }
}
