using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>One thing the money may be for, while it is compared with the others.</summary>
/// <param name="Indexed">Missing where it would be the member's without a claim.</param>
/// <param name="Points">How likely, in decibels.</param>
/// <param name="HasNumber">The evidence carries our own number of it.</param>
internal sealed record Candidate(IndexedClaim? Indexed, MatchMember Member, IReadOnlyList<IntentLine> Months, double Points, bool HasNumber)
{
    public MatchClaim? Claim => Indexed?.Claim;

    /// <summary>Whose name the payer's was compared with: the member's, or that of another the intent pays for.</summary>
    public required Guid NameOf { get; init; }

    public ClaimTime Time { get; init; }
}

/// <summary>A claim with what is asked of it for every line.</summary>
/// <param name="Members">The payer first, then the others it pays for.</param>
internal sealed record IndexedClaim(MatchClaim Claim, MatchMember Payer, Guid[] Members, Money Total);
