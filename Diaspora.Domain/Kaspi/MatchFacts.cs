using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>What the matcher knows of one piece of evidence.</summary>
/// <param name="On">The local day the money came.</param>
/// <param name="At">The local time, where it is known.</param>
/// <param name="Payer">As written: often <c>Имя Ф.</c> only, sometimes in capitals.</param>
/// <param name="Operation">The bank's number of it, as a receipt shows it too.</param>
public sealed record EvidenceFacts(EvidenceSource Source, DateOnly On, TimeOnly? At, long Tiyn, string Payer, string Message, string? Operation);

/// <summary>What the matcher knows of a member.</summary>
/// <param name="Open">The months that may be paid now, oldest first, with what each costs; months ahead too.</param>
/// <param name="Owed">How many of them, from the oldest on, are owed by now.</param>
public sealed record MatchMember(Guid Id, string Number, string FullName, string Phone, bool IsBlocked, IReadOnlyList<IntentLine> Open, int Owed);

/// <summary>What the matcher knows of an intent.</summary>
/// <param name="Lines">The months that wait, or that are confirmed where nothing waits.</param>
/// <param name="IsConfirmed">A cashier confirmed it already, and no evidence of this source has been found for it yet: such evidence is accounted for by it.</param>
/// <param name="CreatedAt">Local time.</param>
/// <param name="ClaimedAt">Local time of «Я оплатил(а)» or of the first receipt; missing while nobody claimed it.</param>
/// <param name="Receipts">The numbers that were read from its receipts.</param>
public sealed record MatchClaim(
    Guid IntentId, Guid PayerId, string Code, IReadOnlyList<IntentLine> Lines, bool IsConfirmed, DateTime CreatedAt, DateTime? ClaimedAt, IReadOnlyList<string> Receipts)
{
    /// <summary>What came, where that is written down and the months are less.</summary>
    public Money? Received { get; init; }

    public Money Total => Received ?? Money.Sum(Lines.Select(line => line.Amount));
}

/// <summary>That a payer's money was booked for a member before, by what cashiers confirmed.</summary>
/// <param name="PayerKey">The skeleton of the payer's name as the bank wrote it.</param>
/// <param name="Times">How many matches that nobody took back say so.</param>
public sealed record PayerHistory(string PayerKey, Guid MemberId, int Times);

/// <summary>All that evidence is compared with.</summary>
public sealed record MatchBook(IReadOnlyList<MatchMember> Members, IReadOnlyList<MatchClaim> Claims, IReadOnlyList<PayerHistory> Payers)
{
    /// <summary>For how many claims of late the money came.</summary>
    public int Came { get; init; }

    /// <summary>For how many claims of late it did not.</summary>
    public int Missed { get; init; }
}

/// <summary>Why the matcher thinks so, in a form every language can say: a name of <see cref="MatchReasons"/> and the values of its sentence.</summary>
public sealed record MatchReason(string Code, params object[] Args);

/// <summary>Whose money it may be, and for what.</summary>
/// <param name="IntentId">The intent it settles; missing where nobody claimed it.</param>
/// <param name="MemberId">Whose payment it would be; of an intent, its payer.</param>
/// <param name="Months">What it would pay; oldest open months first where there is no intent. What is left is the member's credit.</param>
/// <param name="Rank">The higher the likelier: 0 to 1000.</param>
public sealed record MatchGuess(Guid? IntentId, Guid MemberId, IReadOnlyList<IntentLine> Months, int Rank, IReadOnlyList<MatchReason> Reasons);

/// <summary>What the matcher says of one piece of evidence.</summary>
/// <param name="Guesses">The likeliest first, at most <see cref="Most"/>.</param>
/// <param name="IsSure">The first one may be confirmed without a person: nothing else fits, and more than a name says so.</param>
/// <param name="IsNotDues">Something says that it is no due at all.</param>
public sealed record MatchVerdict(IReadOnlyList<MatchGuess> Guesses, bool IsSure, bool IsNotDues)
{
    public const int Most = 5;

    public static readonly MatchVerdict Nobody = new([], false, false);

    public MatchGuess? First => Guesses.Count > 0 ? Guesses[0] : null;
}
