namespace Diaspora.Domain.Kaspi;

/// <summary>What the matcher gives as reasons. Each is the key of a sentence; in brackets stands what its places hold.</summary>
public static class MatchReasons
{
    /// <summary>The claim's code is in the message (code).</summary>
    public const string Code = "MatchCode";

    /// <summary>A number in the message is the claim's code but for one digit or two that changed places (what is written, code).</summary>
    public const string CodeAlmost = "MatchCodeAlmost";

    /// <summary>The member's number is in the message (number).</summary>
    public const string Number = "MatchNumber";

    /// <summary>The member's phone is in the message (phone).</summary>
    public const string Phone = "MatchPhone";

    /// <summary>The number of the operation is that of a receipt (number).</summary>
    public const string Receipt = "MatchReceipt";

    /// <summary>Only this member has such a name (payer as written).</summary>
    public const string NameOnly = "MatchNameOnly";

    /// <summary>The member has such a name, and others have it too (payer as written, how many have it).</summary>
    public const string NameOfSeveral = "MatchNameOfSeveral";

    /// <summary>The payer is another of those the intent pays for (payer as written).</summary>
    public const string NameOfFamily = "MatchNameOfFamily";

    /// <summary>The surname begins as the payer's does: perhaps a relative (payer as written).</summary>
    public const string Initial = "MatchInitial";

    /// <summary>The payer paid for the member before (how many times).</summary>
    public const string History = "MatchHistory";

    /// <summary>The message names the member (word as written).</summary>
    public const string Named = "MatchNamed";

    /// <summary>The message names a month that would be paid (month).</summary>
    public const string Month = "MatchMonth";

    /// <summary>The message names another month (month).</summary>
    public const string OtherMonth = "MatchOtherMonth";

    /// <summary>The sum is what was claimed (tenge).</summary>
    public const string SumClaimed = "MatchSumClaimed";

    /// <summary>The sum is all that is owed (tenge).</summary>
    public const string SumOwed = "MatchSumOwed";

    /// <summary>The sum pays whole months and leaves nothing (how many).</summary>
    public const string SumMonths = "MatchSumMonths";

    /// <summary>Less came than was claimed (tenge that came, tenge claimed).</summary>
    public const string SumLess = "MatchSumLess";

    /// <summary>More came than was claimed (tenge that came, tenge claimed).</summary>
    public const string SumMore = "MatchSumMore";

    /// <summary>It came so many minutes before the claim, or the claim was started so soon after it (minutes).</summary>
    public const string Before = "MatchBefore";

    /// <summary>It came so many minutes after the claim or its start (minutes).</summary>
    public const string After = "MatchAfter";

    /// <summary>It came between the start of the claim and «Я оплатил(а)».</summary>
    public const string Between = "MatchBetween";

    /// <summary>It came on the day of the claim.</summary>
    public const string SameDay = "MatchSameDay";

    /// <summary>A cashier confirmed the claim already: this is its money.</summary>
    public const string Confirmed = "MatchConfirmed";

    /// <summary>The member is blocked.</summary>
    public const string Blocked = "MatchBlocked";

    /// <summary>A word of the message says that it is no due (word as written).</summary>
    public const string NotDues = "MatchNotDues";
}
