using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>One thing the money may be for, while it is compared with the others.</summary>
/// <param name="Claim">Missing where it would be the member's without a claim.</param>
/// <param name="Points">How likely, in decibels.</param>
/// <param name="HasNumber">The evidence carries our own number of it.</param>
/// <param name="Margin">So much likelier than all else together it has to be, in decibels, to be sure; missing where nothing makes it sure.</param>
/// <param name="HasSign">More than the sum speaks for it.</param>
internal sealed record Candidate(MatchClaim? Claim, MatchMember Member, IReadOnlyList<IntentLine> Months, double Points, bool HasNumber, double? Margin, bool HasSign)
{
    /// <summary>Whose name the payer's was compared with: the member's, or that of another the intent pays for.</summary>
    public required Guid NameOf { get; init; }

    public ClaimTime Time { get; init; }
}

/// <summary>A claim with what is asked of it for every line.</summary>
/// <param name="Members">The payer first, then the others it pays for.</param>
internal sealed record IndexedClaim(MatchClaim Claim, MatchMember Payer, Guid[] Members, Money Total);
