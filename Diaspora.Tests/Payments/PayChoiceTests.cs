using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Dues;
using Diaspora.Web.Payments.Cabinet.Pay;

namespace Diaspora.Tests.Payments;

public sealed class PayChoiceTests
{
    private const string Today = "2026-05-08";

    private static MemberStory Debtor => MemberStory.Joined("2026-01-05").Paid("2026-01", "2026-02");

    private static MemberStory OnTime => Debtor.Paid("2026-03", "2026-04");

    [Fact]
    public void Begin_WithDebt_ChoosesTheOldestMonth()
    {
        var choice = new PayChoice(Debtor.Cabinet(Today), null);

        Assert.Equal(["2026-03"], Names(choice));
        Assert.Equal(2000, choice.Total.Tenge);
        Assert.Equal([QuickChoice.OneMonth, QuickChoice.WholeDebt, QuickChoice.DebtAndCurrent, QuickChoice.SixMonths, QuickChoice.TwelveMonths], choice.QuickChoices);
    }

    [Fact]
    public void Begin_WithoutDebt_ChoosesTheCurrentMonthThenTheNext()
    {
        Assert.Equal(["2026-05"], Names(new PayChoice(OnTime.Cabinet(Today), null)));
        Assert.Equal(["2026-06"], Names(new PayChoice(OnTime.Paid("2026-05").Cabinet(Today), null)));
    }

    [Fact]
    public void Begin_WithMonthsOfTheAddress_TakesThoseThatCanBePaidAndNamesTheOthers()
    {
        var choice = new PayChoice(Debtor.Cabinet(Today), [Period.Parse("2026-04"), Period.Parse("2026-02"), Period.Parse("2040-01")]);

        Assert.Equal(["2026-04"], Names(choice));
        Assert.Equal([Period.Parse("2026-02"), Period.Parse("2040-01")], choice.Refused);
    }

    [Fact]
    public void Choose_DebtAndCurrentMonth_ReckonsTheirSum()
    {
        var choice = Choosing(Debtor.Cabinet(Today), QuickChoice.DebtAndCurrent);

        Assert.Equal(["2026-03", "2026-04", "2026-05"], Names(choice));
        Assert.Equal(6000, choice.Total.Tenge);
        Assert.True(choice.Is(QuickChoice.DebtAndCurrent));
    }

    [Theory]
    [InlineData(QuickChoice.ThreeMonths, 3)]
    [InlineData(QuickChoice.SixMonths, 6)]
    [InlineData(QuickChoice.TwelveMonths, 12)]
    public void Choose_SomeMonthsAhead_TakesTheCurrentOneAndThoseAfterIt(QuickChoice quick, int count)
    {
        var choice = Choosing(OnTime.Cabinet(Today), quick);

        Assert.Contains(quick, choice.QuickChoices);
        Assert.Equal(Enumerable.Range(0, count).Select(month => Period.Parse("2026-05").AddMonths(month)), choice.Periods);
    }

    [Fact]
    public void Choose_MonthsOnBothSidesOfANewFee_TellsWhatEachCosts()
    {
        var choice = Choosing(Debtor.WithFees(("2000-01", 2000), ("2026-05", 2500)).Cabinet(Today), QuickChoice.SixMonths);

        Assert.Equal([(2, new Money(2000)), (4, new Money(2500))], choice.Parts);
        Assert.Equal(14_000, choice.Total.Tenge);
    }

    [Fact]
    public void Choose_PartOfTheDebt_TellsWhatStaysOwed()
    {
        var choice = new PayChoice(Debtor.Cabinet(Today), null);
        Assert.Equal([Period.Parse("2026-04")], choice.DebtLeft.Select(tile => tile.Period));

        Assert.Empty(Choosing(Debtor.Cabinet(Today), QuickChoice.WholeDebt).DebtLeft);
    }

    /// <summary>An empty choice is one: the portal does not choose again for whoever has taken the last tick away.</summary>
    [Fact]
    public void Begin_WithAnEmptyChoiceOfTheAddress_ChoosesNothing()
    {
        var choice = new PayChoice(Debtor.Cabinet(Today), []);

        Assert.Empty(choice.Periods);
        Assert.True(choice.Total.IsZero);
        Assert.False(choice.IsOldestChosenForThem);
        Assert.True(new PayChoice(Debtor.Cabinet(Today), null).IsOldestChosenForThem);
        Assert.False(new PayChoice(OnTime.Cabinet(Today), null).IsOldestChosenForThem);
    }

    [Fact]
    public void Prices_AsAFormSendsThem_AreReadBackAndAddedUp()
    {
        var prices = SeenPrices.Parse(new PayChoice(Debtor.WithFees(("2000-01", 2000), ("2026-05", 2500)).Cabinet(Today), null).Prices.ToString());

        Assert.Equal(4500, prices.Of([Period.Parse("2026-04"), Period.Parse("2026-05")]).Tenge);
        Assert.Empty(SeenPrices.Parse("2026-04:-5,2026-05,x:1,2026-06:1e9,,:").Months);
        Assert.Empty(SeenPrices.Parse(null).Months);
    }

    [Fact]
    public void List_MonthInReview_IsShownAndCannotBeChosen()
    {
        var choice = new PayChoice(Debtor.Claimed("2026-03").Cabinet(Today, CabinetExample.Row("2026-03")), null);
        var row = Assert.Single(choice.Rows(all: false), row => row.Tile.State == MonthState.Pending);

        Assert.False(row.CanChoose);
        Assert.Equal(["2026-04"], Names(choice));
    }

    [Fact]
    public void List_MonthsAhead_AreAFewUntilAllAreAsked()
    {
        var choice = new PayChoice(OnTime.Cabinet(Today), null);

        Assert.Equal(3, choice.Rows(all: false).Count);
        Assert.True(choice.HasMore);
        Assert.Equal(Period.Parse("2027-05"), choice.Rows(all: true)[^1].Tile.Period);
    }

    private static PayChoice Choosing(CabinetDetails cabinet, QuickChoice quick) => new(cabinet, [.. new PayChoice(cabinet, null).PeriodsOf(quick)]);

    private static string[] Names(PayChoice choice) => [.. choice.Periods.Select(period => period.ToString())];
}
