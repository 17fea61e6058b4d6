using CsCheck;
using Diaspora.Domain.Dues;

namespace Diaspora.Tests.Dues;

/// <summary>What holds for every member, whatever happened to them: thousands of lives made by chance.</summary>
public sealed class LedgerPropertyTests
{
    private const int Lives = 2000;

    [Fact]
    public void Show_AnyLife_HasOneTileForEachMonth() => History.Any.Sample(
        life =>
        {
            var ledger = life.Ledger;
            var tiles = Enumerable.Range(History.Months.First().Year, 8).SelectMany(ledger.TilesOf).ToList();
            foreach (var month in Period.Range(ledger.Joined!.Value, ledger.Current))
            {
                Assert.Single(tiles, tile => tile.Period == month);
            }

            Assert.Equal(ledger.Current, Assert.Single(tiles, tile => tile.IsCurrent).Period);
            Assert.Equal(new Period(life.Clock.Year, life.Clock.Month), ledger.Current);
        }, iter: Lives);

    [Fact]
    public void Show_AnyLife_EachTileSaysTheFirstRuleThatMatches() => History.Any.Sample(
        life =>
        {
            var ledger = life.Ledger;
            foreach (var month in History.Months)
            {
                Assert.Equal((month, life.StateOf(month)), (month, ledger.StateOf(month)));
            }

            Assert.Equal(life.Standing(), ledger.Standing);
        }, iter: Lives);

    [Fact]
    public void Owe_AnyLife_IsTheSumOfTheLateMonthsAndNeverLessThanNothing() => History.Any.Sample(
        life =>
        {
            var ledger = life.Ledger;
            var debts = life.Debts();
            Assert.Equal(debts.Keys, ledger.DebtMonths);
            Assert.Equal(debts.Values.Sum(), ledger.Debt.Tenge);
            Assert.Equal(debts.Values, ledger.DebtMonths.Select(month => ledger.TileOf(month).Amount.Tenge));
            Assert.True(ledger.Debt >= Money.Zero);
            Assert.All(ledger.DebtMonths, month => Assert.True(ledger.StateOf(month) is MonthState.Overdue or MonthState.Pending));
        }, iter: Lives);

    [Fact]
    public void Offer_AnyLife_IsWhatMayBePaidAtItsFee() => History.Any.Sample(
        life =>
        {
            var ledger = life.Ledger;
            Assert.Equal(History.Months.Where(life.CanPay), History.Months.Where(ledger.CanPay));
            Assert.All(ledger.PayableMonths, tile => Assert.Equal((true, life.FeeOf(tile.Period)), (life.CanPay(tile.Period), tile.Amount.Tenge)));
            Assert.Empty(UnclaimedDebts(life, ledger).Except(ledger.PayableMonths.Select(tile => tile.Period)));
        }, iter: Lives);

    [Fact]
    public void Pay_AllThatIsOwed_LeavesNoDebt() => History.Any.Sample(
        life =>
        {
            var owed = life.Ledger.DebtMonths;
            var paid = life.Without(owed).With(owed.Select(month => new PaidMonth(month, PaidMonthState.Confirmed, life.Ledger.TileOf(month).Amount)));
            Assert.Equal(Money.Zero, paid.Ledger.Debt);
            Assert.Empty(paid.Ledger.DebtMonths);
            Assert.NotEqual(Standing.Overdue, paid.Ledger.Standing);
        }, iter: Lives);

    [Fact]
    public void Refund_WhateverWasPaid_BringsBackWhatWasBefore() => Gen.Select(History.Any, Gen.Int[1, 40]).Sample(
        (life, hundreds) =>
        {
            var ledger = life.Ledger;
            var free = History.Months.Where(month => ledger.StateOf(month) is not (MonthState.Paid or MonthState.Prepaid or MonthState.Pending)).ToList();
            var sum = new Money(hundreds * 100);
            var paid = life.With(free.Select(month => new PaidMonth(month, PaidMonthState.Confirmed, sum))).Ledger;
            var refunded = life.With(free.Select(month => new PaidMonth(month, PaidMonthState.Void, sum))).Ledger;

            Assert.All(free, month => Assert.True(paid.StateOf(month) is MonthState.Paid or MonthState.Prepaid));
            Assert.Equal(ledger.Debt - Money.Sum(ledger.DebtMonths.Intersect(free).Select(month => ledger.TileOf(month).Amount)), paid.Debt);
            AssertSame(ledger, refunded);
        }, iter: Lives);

    [Fact]
    public void Tell_TheSameThingsInAnotherOrder_IsTheSameLedger() =>
        Gen.Select(History.Any, Gen.Int).Sample((life, seed) => AssertSame(life.Ledger, life.Shuffled(seed).Ledger), iter: Lives);

    [Fact]
    public void Pay_OneMonthMore_NeverMakesADebt() => Gen.Select(History.Any, Gen.Int[0, 66]).Sample(
        (life, index) =>
        {
            var month = History.Months.ElementAt(index);
            var debt = life.Ledger.Debt;
            Assert.True(life.Without([month]).With(new PaidMonth(month, PaidMonthState.Confirmed, new Money(1))).Ledger.Debt <= debt);
        }, iter: Lives);

    private static IEnumerable<Period> UnclaimedDebts(History life, Ledger ledger) =>
        life.IsBlocked ? [] : ledger.DebtMonths.Where(month => ledger.StateOf(month) != MonthState.Pending);

    private static void AssertSame(Ledger expected, Ledger actual)
    {
        Assert.Equal(expected.Standing, actual.Standing);
        Assert.Equal(expected.Debt, actual.Debt);
        Assert.Equal(expected.DebtMonths, actual.DebtMonths);
        Assert.Equal(expected.PayableMonths, actual.PayableMonths);
        Assert.Equal(History.Months.Select(expected.TileOf), History.Months.Select(actual.TileOf));
    }
}
