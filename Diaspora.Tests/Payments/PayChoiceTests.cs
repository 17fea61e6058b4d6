using Diaspora.Domain.Dues;
using Diaspora.Tests.Dues;
using Diaspora.Web.Payments.Cabinet;

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
        Assert.Equal([QuickChoice.OneMonth, QuickChoice.WholeDebt, QuickChoice.DebtAndCurrent], choice.QuickChoices);
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
        var choice = new PayChoice(Debtor.Cabinet(Today), null);
        choice.Choose(QuickChoice.DebtAndCurrent);

        Assert.Equal(["2026-03", "2026-04", "2026-05"], Names(choice));
        Assert.Equal(6000, choice.Total.Tenge);
        Assert.True(choice.Is(QuickChoice.DebtAndCurrent));
    }

    [Fact]
    public void Toggle_ChosenMonth_LeavesNothingChosen()
    {
        var choice = new PayChoice(OnTime.Cabinet(Today), null);
        choice.Toggle(Period.Parse("2026-05"));

        Assert.Empty(choice.Periods);
        Assert.True(choice.Total.IsZero);
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

    private static string[] Names(PayChoice choice) => [.. choice.Periods.Select(period => period.ToString())];
}
