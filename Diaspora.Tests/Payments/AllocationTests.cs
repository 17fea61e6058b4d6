using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Web.Payments.Admin;

namespace Diaspora.Tests.Payments;

/// <summary>Dividing one sum: what is chosen, what is left over, and when it may be written down.</summary>
public sealed class AllocationTests
{
    private static readonly PayableMember Mother = Member("Рзаева Гюнель", Tile("2026-03"), Tile("2026-04"), Tile("2026-05", MonthState.Ahead));
    private static readonly PayableMember Son = Member("Рзаев Тимур", Tile("2026-02"), Tile("2026-04"));

    [Fact]
    public void Toggle_MonthsWhileNoSumIsTyped_SuggestsWhatTheyCost()
    {
        var allocation = Of(true, Mother, Son);
        Assert.Equal((null, Balance.Open), (allocation.Received, allocation.Balance));

        allocation.Toggle(Mother.Id, Period.Parse("2026-03"));
        allocation.Toggle(Son.Id, Period.Parse("2026-02"));

        Assert.Equal((4000, Balance.Even), (allocation.Received, allocation.Balance));
        Assert.True(allocation.CanSave);
    }

    [Fact]
    public void Type_ASum_IsNotOverwrittenByMonths_EvenWhenWipedOut()
    {
        var allocation = Of(true, Mother);
        allocation.Toggle(Mother.Id, Period.Parse("2026-03"));

        allocation.Typed = 500;
        Assert.Equal((500, Balance.Missing, -1500), (allocation.Received, allocation.Balance, allocation.Remainder.Tenge));

        allocation.Typed = null;
        Assert.Equal((null, Balance.Open), (allocation.Received, allocation.Balance));
        Assert.False(allocation.CanSave);
    }

    [Fact]
    public void FillOldest_OverSeveralMembers_TakesMonthsByAgeWhileTheMoneyReaches()
    {
        var allocation = Of(true, Mother, Son);
        allocation.Toggle(Mother.Id, Period.Parse("2026-05"));
        allocation.Typed = 7000;

        allocation.FillOldest();

        Assert.Equal([("2026-03", Mother.Id), ("2026-04", Mother.Id), ("2026-02", Son.Id)], allocation.Chosen.Select(month => (month.Period.ToString(), month.MemberId)));
        Assert.Equal((1000, Balance.Left), (allocation.Remainder.Tenge, allocation.Balance));
    }

    [Fact]
    public void FillOldest_AClaim_ServesTheClaimedMonthsBeforeAnOlderDebt()
    {
        var allocation = new Allocation();
        allocation.Add(Mother, [Tile("2026-04", MonthState.Pending, 1500)]);
        allocation.Typed = 1500;

        allocation.FillOldest();

        Assert.Equal(["2026-04"], allocation.Chosen.Select(month => month.Period.ToString()));
        Assert.True(allocation.CanSave);
    }

    [Fact]
    public void FillOldest_SumReachesForNothing_ChoosesNothing()
    {
        var allocation = Of(true, Mother);
        allocation.Typed = 1999;
        allocation.FillOldest();
        Assert.Empty(allocation.Chosen);
        Assert.Equal(Balance.Left, allocation.Balance);
    }

    [Fact]
    public void Keep_ARemainder_IsSaidOfThatRemainderOnly()
    {
        var allocation = Of(true, Mother);
        allocation.Toggle(Mother.Id, Period.Parse("2026-03"));
        allocation.Typed = 2500;
        allocation.KeepsRemainder = true;
        Assert.Equal(Balance.Kept, allocation.Balance);
        Assert.True(allocation.CanSave);

        allocation.Typed = 3500;

        Assert.Equal(Balance.Left, allocation.Balance);
        Assert.False(allocation.KeepsRemainder);
    }

    [Fact]
    public void Use_ACredit_CountsAsMoney()
    {
        var credit = new CreditRow(Guid.NewGuid(), Son.Id, Son.FullName, new Money(500), CreditStatus.Open, Guid.NewGuid(), "100001", null, default, null, null, null, null, null);
        var allocation = Of(true, Son with { Credits = [credit] });
        allocation.Toggle(Son.Id, Period.Parse("2026-02"));
        allocation.ToggleCredit(Son.Id, credit.Id);

        Assert.Equal((1500, Balance.Even), (allocation.Received, allocation.Balance));
        allocation.Typed = 2000;
        Assert.Equal(500, allocation.Remainder.Tenge);
    }

    [Fact]
    public void Remove_TheChosenPayer_MakesTheFirstMemberThePayerAgain()
    {
        var allocation = Of(true, Mother, Son);
        Assert.Equal(Mother, allocation.Payer!.Member);
        allocation.PaidBy(Son.Id);
        Assert.Equal(Son, allocation.Payer!.Member);

        allocation.Remove(Son.Id);

        Assert.Equal(Mother, allocation.Payer!.Member);
        Assert.Single(allocation.Shares);
    }

    [Fact]
    public void Add_TheSameMemberTwice_KeepsWhatWasChosen()
    {
        var allocation = Of(true, Mother);
        allocation.Toggle(Mother.Id, Period.Parse("2026-03"));
        allocation.Add(Mother);
        Assert.Single(allocation.Chosen);
    }

    [Fact]
    public void Restore_FromTheFormItFilled_IsTheSame()
    {
        var allocation = Of(true, Mother, Son);
        allocation.Typed = 4500;
        allocation.FillOldest();
        allocation.KeepsRemainder = true;
        var form = new RecordPaymentForm();
        allocation.Fill(form);

        var again = Of(true, Mother, Son);
        again.Typed = 4500;
        again.Restore(form);

        Assert.Equal(allocation.Chosen, again.Chosen);
        Assert.Equal(Balance.Kept, again.Balance);
        Assert.Equal((4500, true), (form.Received, form.KeepsRemainder));
    }

    [Fact]
    public void Refresh_MonthPaidMeanwhile_IsChosenNoMore()
    {
        var allocation = Of(true, Mother);
        allocation.Toggle(Mother.Id, Period.Parse("2026-03"));
        allocation.Toggle(Mother.Id, Period.Parse("2026-04"));

        allocation.Refresh(Mother with { Payable = [Tile("2026-04")] });

        Assert.Equal(["2026-04"], allocation.Chosen.Select(month => month.Period.ToString()));
    }

    [Fact]
    public void Show_ManyMonthsAhead_OffersTheNextThreeAndWhatIsChosen()
    {
        var share = new MemberShare(Member("Алиев", [Tile("2026-04", MonthState.Overdue), .. Enumerable.Range(5, 7).Select(month => Tile($"2026-{month:00}", MonthState.Ahead))]));
        Assert.Equal(4, share.Shown(all: false).Count);
        Assert.True(share.HasMore);
        Assert.Equal(8, share.Shown(all: true).Count);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("6000", 6000L)]
    [InlineData("6\u00A0000 ₸", 6000L)]
    [InlineData("шесть", -1L)]
    [InlineData("-5", -1L)]
    public void Parse_WhatAPersonTypes_UnderstandsSpacesAndTheSign(string text, long? tenge) => Assert.Equal(tenge, TengeText.Parse(text));

    private static Allocation Of(bool suggests, params PayableMember[] members)
    {
        var allocation = new Allocation(suggests);
        foreach (var member in members)
        {
            allocation.Add(member);
        }

        return allocation;
    }

    private static PayableMember Member(string name, params MonthTile[] months) => new(Guid.NewGuid(), "10000016", name, "+77010000001", false, months, []);

    private static MonthTile Tile(string month, MonthState state = MonthState.Overdue, long tenge = 2000) => new(Period.Parse(month), state, new Money(tenge), false);
}
