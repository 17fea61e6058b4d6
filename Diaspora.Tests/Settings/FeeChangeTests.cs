using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Xunit;
using static Diaspora.Tests.Settings.SettingsSetup;

namespace Diaspora.Tests.Settings;

/// <summary>What a new fee does to months that have begun, and to a server that does not know it yet.</summary>
public sealed class FeeChangeTests : IAsyncLifetime
{
    private static readonly Period March = new(2026, 3);
    private TestDatabase database = null!;
    private Actor admin = null!;

    public async ValueTask InitializeAsync()
    {
        database = await SeededAsync();
        admin = await database.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Theory]
    [InlineData("2026-03")]
    [InlineData("2025-11")]
    public async Task Edit_AFeeFromAMonthThatHasBegun_IsRefusedUntilItIsAccepted(string month)
    {
        var problem = (await RefusedFieldsAsync(() => database.EditAsync(admin, form => form.AddFee(month, "2500"))))[nameof(EditSettingsForm.AcceptsPast)];

        Assert.Equal((Problems.FeeInPast, Period.Parse(month)), (problem?.Code, problem?.Args[0]));
        Assert.Equal(2000, database.Settings.Rules.FeeOf(March).Tenge);

        await database.EditAsync(admin, form =>
        {
            form.AddFee(month, "2500");
            form.AcceptsPast = true;
        });
        Assert.Equal(2500, database.Settings.Rules.FeeOf(March).Tenge);
    }

    [Fact]
    public async Task Edit_TheFeeThatAlwaysWas_IsRefusedAsAChangeOfAllPastMonths()
    {
        var problems = await RefusedFieldsAsync(() => database.EditAsync(admin, form => form.Fees[0].Amount = "2500"));

        Assert.Equal(Problems.FeeOfPastMonths, problems[nameof(EditSettingsForm.AcceptsPast)]?.Code);
    }

    [Fact]
    public async Task Edit_RemovingAFeeThatHasBegun_IsRefusedTheSame()
    {
        await database.EditAsync(admin, form => form.AddFee("2026-04", "2500"));
        database.Clock.Advance(TimeSpan.FromDays(60));

        var problems = await RefusedFieldsAsync(() => database.EditAsync(admin, form => form.Fees.RemoveAt(1)));

        Assert.Equal((Problems.FeeInPast, new Period(2026, 4)), (problems[nameof(EditSettingsForm.AcceptsPast)]?.Code, problems[nameof(EditSettingsForm.AcceptsPast)]?.Args[0]));
    }

    [Fact]
    public async Task Edit_AFeeThatHasNotBegun_MayBeChangedAndRemoved()
    {
        await database.EditAsync(admin, form => form.AddFee("2026-04", "2500"));
        await database.EditAsync(admin, form => form.Fees[1].Month = "2026-05");
        Assert.Equal((2000, 2500), (database.Settings.Rules.FeeOf(new Period(2026, 4)).Tenge, database.Settings.Rules.FeeOf(new Period(2026, 5)).Tenge));

        await database.EditAsync(admin, form => form.Fees.RemoveAt(1));

        Assert.Equal(2000, database.Settings.Rules.FeeOf(new Period(2026, 6)).Tenge);
    }

    [Fact]
    public async Task Edit_AFeeInThePast_LeavesAConfirmedMonthAndAClaimAndRaisesTheRest()
    {
        var member = await database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
        await database.ConfirmAsync(await database.AddCashierAsync(), await database.StartAsync(member, "2026-01"));
        await database.StartAsync(member, "2026-02");

        await database.EditAsync(admin, form =>
        {
            form.Fees[0].Amount = "2500";
            form.AcceptsPast = true;
        });

        var tiles = (await database.Get<CabinetService>().CabinetAsync(member)).Tiles.ToDictionary(tile => tile.Period.ToString());
        Assert.Equal((MonthState.Paid, 2000), (tiles["2026-01"].State, tiles["2026-01"].Amount.Tenge));
        Assert.Equal((MonthState.Pending, 2000), (tiles["2026-02"].State, tiles["2026-02"].Amount.Tenge));
        Assert.Equal((MonthState.Due, 2500), (tiles["2026-03"].State, tiles["2026-03"].Amount.Tenge));
    }

    [Fact]
    public async Task Start_OnAServerThatKnowsOnlyTheOldFee_IsRefusedInsteadOfBookingIt()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var stale = await database.AnotherAsync();
        await database.EditAsync(admin, form =>
        {
            form.AddFee("2026-03", "2500");
            form.AcceptsPast = true;
        });
        Assert.Equal(2000, stale.Settings.Rules.FeeOf(March).Tenge);

        var refusal = await PaymentSetup.RefusedAsync(() => stale.StartAsync(member, "2026-03"));

        Assert.Equal((Problems.AmountChanged, new Money(2500)), (refusal.Code, refusal.Args[0]));
        Assert.Equal(2500, stale.Settings.Rules.FeeOf(March).Tenge);
        Assert.Empty(await database.Get<PaymentService>().HistoryAsync(member));
    }

    [Fact]
    public async Task Record_OnAServerThatKnowsOnlyTheOldFee_AsksForTheNewOne()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync();
        var stale = await database.AnotherAsync();
        await database.EditAsync(admin, form =>
        {
            form.AddFee("2026-03", "2500");
            form.AcceptsPast = true;
        });

        var problems = await RefusedFieldsAsync(() => stale.Get<RecordingService>().RecordAsync(cashier, new RecordPaymentForm
        {
            Received = 2000,
            ReceivedOn = new DateOnly(2026, 3, 8),
            PayerId = member.MemberId!.Value,
            Months = [new ChosenMonth(member.MemberId.Value, March)],
        }));

        Assert.Equal((Problems.SumTooSmall, new Money(500)), (problems[nameof(RecordPaymentForm.Received)]?.Code, problems[nameof(RecordPaymentForm.Received)]?.Args[0]));
    }

    [Theory]
    [InlineData("2000-01:2000", null)]
    [InlineData("2000-01:2000 2026-04:2500", null)]
    [InlineData("2020-05:2000", null)]
    [InlineData("2000-01:2000 2025-01:2000", null)]
    [InlineData("2000-01:2000 2026-03:2500", "2026-03")]
    [InlineData("2000-01:2000 2025-01:1000 2025-02:2000", "2025-01")]
    [InlineData("2026-05:2500", "2000-01")]
    [InlineData("1999-05:1000 2000-01:2000", "1999-05")]
    public void FirstChange_OfFeesThatWere2000_IsTheFirstMonthThatCostsSomethingElse(string steps, string? expected)
    {
        var fees = new FeeSchedule(steps.Split(' ').Select(step => new FeeStep(Period.Parse(step[..7]), new Money(long.Parse(step[8..])))));

        Assert.Equal(expected, FeeSchedule.Always(new Money(2000)).FirstChange(fees, March)?.ToString());
    }

    /// <summary>Months before the first step cost what it says, so a fee that begins in May is March's too.</summary>
    [Fact]
    public void FirstChange_WhereBothBeginLater_IsTheBeginning()
    {
        var may = new Period(2026, 5);

        Assert.Equal(FeeSchedule.Beginning, new FeeSchedule([new FeeStep(may, new Money(2000))]).FirstChange(new FeeSchedule([new FeeStep(may, new Money(2500))]), March));
    }

    [Fact]
    public void ChangeFees_OfThePast_IsRefusedByTheEntityToo()
    {
        var settings = new PortalSettings(Seed(database), DateTime.UnixEpoch);
        var fees = FeeSchedule.Always(new Money(2500));

        Assert.Equal(Problems.FeeOfPastMonths, Assert.Throws<DomainException>(() => settings.ChangeFees(fees, March, acceptsPast: false, Guid.NewGuid(), DateTime.UnixEpoch)).Problem.Code);
        Assert.Equal(2000, settings.Schedule().Of(March).Tenge);
    }
}
