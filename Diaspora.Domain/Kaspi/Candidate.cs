using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>One thing the money may be for, while it is compared with the others.</summary>
/// <param name="Claim">Missing where it would be the member's without a claim.</param>
/// <param name="Points">How likely, in decibels.</param>
/// <param name="HasNumber">The evidence carries our own number of it.</param>
/// <param name="IsSafe">Nothing but another candidate keeps it from being sure.</param>
/// <param name="HasSign">More than the sum speaks for it.</param>
internal sealed record Candidate(
    MatchClaim? Claim, MatchMember Member, IReadOnlyList<IntentLine> Months, double Points, bool HasNumber, bool IsSafe, bool HasSign, IReadOnlyList<MatchReason> Reasons)
{
    public MatchGuess ToGuess(int rank) => new(Claim?.IntentId, Member.Id, Months, rank, Reasons);
}
