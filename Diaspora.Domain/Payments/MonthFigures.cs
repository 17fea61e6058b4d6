using Diaspora.Domain.Dues;

namespace Diaspora.Domain.Payments;

/// <summary>
/// One month of all who have a ledger, counted as their tiles say: a payment comes before an exemption, so who paid although nobody asked counts among
/// those who pay. Every page that shows such a figure has it from here.
/// </summary>
/// <param name="Payers">How many members paid the month.</param>
/// <param name="OnReview">How many members' payment for it waits for the cashier, claimed or not.</param>
/// <param name="Unpaid">How many owe it and nothing came: joined by then, neither exempt nor suspended in it.</param>
/// <param name="Fee">What the month costs whoever has not paid it.</param>
public sealed record MonthFigures(Period Month, int Payers, Money Collected, int OnReview, Money Waiting, int Unpaid, Money Fee)
{
    /// <summary>How many of those on review have only begun: nobody has said yet that it was paid.</summary>
    public int Begun { get; init; }

    /// <summary>How many members pay or should pay.</summary>
    public int Payable => Payers + OnReview + Unpaid;

    public Money Owed => OwedBy(Unpaid);

    public Money OwedBy(int unpaid) => new(Fee.Tenge * unpaid);

    /// <summary>What all of them would bring.</summary>
    public Money Expected => Collected + Waiting + Owed;

    /// <summary>How much of it is there, from 0 to 100.</summary>
    public long Percent => Expected.IsZero ? 0 : Collected.Tenge * 100 / Expected.Tenge;
}
