namespace Diaspora.Tests.Payments;

internal enum MoneyVerb
{
    Start,
    Claim,
    Confirm,
    ConfirmMonth,
    Reject,
    RejectMonth,
    Refund,
    Record,
    Settle,
    Exempt,
    End,
    Reopen,
}

/// <summary>One thing somebody does; the numbers say with what of all that is there.</summary>
/// <param name="Months">A set of months, one bit each.</param>
internal sealed record MoneyStep(MoneyVerb Verb, int Member, int Months, int Pick, int Extra)
{
    /// <summary>Half of the exemptions are made by somebody who has read what waits.</summary>
    public bool HasRead => Months % 2 == 0;
}
