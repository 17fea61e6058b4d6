using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin.Record;

namespace Diaspora.Tests.Payments;

/// <summary>Dividing one sum: what is chosen, what is left over, and when it may be written down.</summary>
public sealed class DividedSumTests
{
    private static readonly PayableMember Mother = Member("Рзаева Гюнель", Tile("2026-03"), Tile("2026-04"), Tile("2026-05", MonthState.Ahead));
    private static readonly PayableMember Son = Member("Рзаев Тимур", Tile("2026-02"), Tile("2026-04"));

    [Fact]
    public void Toggle_MonthsWhileNoSumIsTyped_SuggestsWhatTheyCost()
    {
        var divided = Of(true, Mother, Son);
        Assert.Equal((null, Balance.Open), (divided.Received, divided.Balance));

        divided.Toggle(Mother.Id, Period.Parse("2026-03"));
        divided.Toggle(Son.Id, Period.Parse("2026-02"));

        Assert.Equal((4000, Balance.Even), (divided.Received, divided.Balance));
        Assert.True(divided.CanSave);
    }

    [Fact]
    public void Type_ASum_IsNotOverwrittenByMonths_EvenWhenWipedOut()
    {
        var divided = Of(true, Mother);
        divided.Toggle(Mother.Id, Period.Parse("2026-03"));

        divided.Typed = 500;
        Assert.Equal((500, Balance.Missing, -1500), (divided.Received, divided.Balance, divided.Remainder.Tenge));

        divided.Typed = null;
        Assert.Equal((null, Balance.Open), (divided.Received, divided.Balance));
        Assert.False(divided.CanSave);
    }

    [Fact]
    public void FillOldest_OverSeveralMembers_TakesMonthsByAgeWhileTheMoneyReaches()
    {
        var divided = Of(true, Mother, Son);
        divided.Toggle(Mother.Id, Period.Parse("2026-05"));
        divided.Typed = 7000;

        divided.FillOldest();

        Assert.Equal([("2026-03", Mother.Id), ("2026-04", Mother.Id), ("2026-02", Son.Id)], divided.Chosen.Select(month => (month.Period.ToString(), month.MemberId)));
        Assert.Equal((1000, Balance.Left), (divided.Remainder.Tenge, divided.Balance));
    }

    [Fact]
    public void FillOldest_AClaim_ServesTheClaimedMonthsBeforeAnOlderDebt()
    {
        var divided = new DividedSum();
        divided.Add(Mother, [Tile("2026-04", MonthState.Pending, 1500)]);
        divided.Typed = 1500;

        divided.FillOldest();

        Assert.Equal(["2026-04"], divided.Chosen.Select(month => month.Period.ToString()));
        Assert.True(divided.CanSave);
    }

    [Fact]
    public void FillOldest_SumReachesForNothing_ChoosesNothing()
    {
        var divided = Of(true, Mother);
        divided.Typed = 1999;
        divided.FillOldest();
        Assert.Empty(divided.Chosen);
        Assert.Equal(Balance.Left, divided.Balance);
    }

    [Fact]
    public void Keep_ARemainder_IsSaidOfThatRemainderOnly()
    {
        var divided = Of(true, Mother);
        divided.Toggle(Mother.Id, Period.Parse("2026-03"));
        divided.Typed = 2500;
        divided.KeepsRemainder = true;
        Assert.Equal(Balance.Kept, divided.Balance);
        Assert.True(divided.CanSave);

        divided.Typed = 3500;

        Assert.Equal(Balance.Left, divided.Balance);
        Assert.False(divided.KeepsRemainder);
    }

    [Fact]
    public void Use_ACredit_CountsAsMoney()
    {
        var credit = new CreditRow(Guid.NewGuid(), Son.Id, Son.FullName, new Money(500), CreditStatus.Open, Guid.NewGuid(), "100001", null, default, null, null, null, null, null);
        var divided = Of(true, Son with { Credits = [credit] });
        divided.Toggle(Son.Id, Period.Parse("2026-02"));
        divided.ToggleCredit(Son.Id, credit.Id);

        Assert.Equal((1500, Balance.Even), (divided.Received, divided.Balance));
        divided.Typed = 2000;
        Assert.Equal(500, divided.Remainder.Tenge);
    }

    [Fact]
    public void Remove_TheChosenPayer_MakesTheFirstMemberThePayerAgain()
    {
        var divided = Of(true, Mother, Son);
        Assert.Equal(Mother, divided.Payer!.Member);
        divided.PaidBy(Son.Id);
        Assert.Equal(Son, divided.Payer!.Member);

        divided.Remove(Son.Id);

        Assert.Equal(Mother, divided.Payer!.Member);
        Assert.Single(divided.Parts);
    }

    [Fact]
    public void Add_TheSameMemberTwice_KeepsWhatWasChosen()
    {
        var divided = Of(true, Mother);
        divided.Toggle(Mother.Id, Period.Parse("2026-03"));
        divided.Add(Mother);
        Assert.Single(divided.Chosen);
    }

    [Fact]
    public void Restore_FromTheFormItFilled_IsTheSame()
    {
        var divided = Of(true, Mother, Son);
        divided.Typed = 4500;
        divided.FillOldest();
        divided.KeepsRemainder = true;
        var form = new RecordPaymentForm();
        divided.Fill(form);

        var again = Of(true, Mother, Son);
        again.Typed = 4500;
        again.Restore(form);

        Assert.Equal(divided.Chosen, again.Chosen);
        Assert.Equal(Balance.Kept, again.Balance);
        Assert.Equal((4500, true), (form.Received, form.KeepsRemainder));
    }

    [Fact]
    public void Refresh_MonthPaidMeanwhile_IsChosenNoMore()
    {
        var divided = Of(true, Mother);
        divided.Toggle(Mother.Id, Period.Parse("2026-03"));
        divided.Toggle(Mother.Id, Period.Parse("2026-04"));

        divided.Refresh(Mother with { Payable = [Tile("2026-04")] });

        Assert.Equal(["2026-04"], divided.Chosen.Select(month => month.Period.ToString()));
    }

    [Fact]
    public void Show_ManyMonthsAhead_OffersTheNextThreeAndWhatIsChosen()
    {
        var part = new DividedSumPart(Member("Алиев", [Tile("2026-04", MonthState.Overdue), .. Enumerable.Range(5, 7).Select(month => Tile($"2026-{month:00}", MonthState.Ahead))]));
        Assert.Equal(4, part.Shown(all: false).Count);
        Assert.True(part.HasMore);
        Assert.Equal(8, part.Shown(all: true).Count);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("6000", 6000L)]
    [InlineData("6\u00A0000 ₸", 6000L)]
    [InlineData("шесть", -1L)]
    [InlineData("-5", -1L)]
    public void Parse_WhatAPersonTypes_UnderstandsSpacesAndTheSign(string text, long? tenge) => Assert.Equal(tenge, TengeText.Parse(text));

    private static DividedSum Of(bool suggests, params PayableMember[] members)
    {
        var divided = new DividedSum(suggests);
        foreach (var member in members)
        {
            divided.Add(member);
        }

        return divided;
    }

    private static PayableMember Member(string name, params MonthTile[] months) => new(Guid.NewGuid(), "10000016", name, "+77010000001", false, months, []);

    private static MonthTile Tile(string month, MonthState state = MonthState.Overdue, long tenge = 2000) => new(Period.Parse(month), state, new Money(tenge), false);
}
