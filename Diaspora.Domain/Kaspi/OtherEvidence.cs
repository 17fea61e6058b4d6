namespace Diaspora.Domain.Kaspi;

/// <summary>
/// What the other evidence that waits says of one piece: where the money of a claim can be none of it, this piece is either that money, or it is missing, and somebody else's
/// came in its stead.
/// </summary>
internal sealed class OtherEvidence
{
    /// <summary>However likely another piece is the money of a claim, it may be this one's.</summary>
    private const double Doubt = 0.05;

    /// <summary>So many claims, one of which nothing came for, are what is thought before anything is known.</summary>
    private const int AtFirst = 40;

    private readonly IReadOnlyDictionary<Guid, double> _shares;
    private readonly IReadOnlySet<Guid> _due;
    private readonly double _missing;
    private readonly MatchVerdict _own;

    private OtherEvidence(IReadOnlyDictionary<Guid, double> shares, IReadOnlySet<Guid> due, double missing, MatchVerdict own) => (_shares, _due, _missing, _own) = (shares, due, missing, own);

    /// <summary>Nothing is known of any.</summary>
    public static OtherEvidence Unknown { get; } = new(new Dictionary<Guid, double>(), new HashSet<Guid>(), 1, MatchVerdict.Nobody);

    /// <param name="verdicts">Of all that waits.</param>
    /// <param name="facts">All that was looked at together: the money of claims that were made before the last of it should be there.</param>
    /// <returns>What the others say to the piece with this verdict.</returns>
    public static Func<MatchVerdict, OtherEvidence> Of(MatchBook book, IEnumerable<MatchVerdict> verdicts, IEnumerable<EvidenceFacts> facts)
    {
        var last = facts.Max(piece => piece.On.ToDateTime(piece.At ?? default));
        List<MatchClaim> claims = [.. book.Claims.Where(claim => claim.ClaimedAt < last)];
        var due = claims.Select(claim => claim.IntentId).ToHashSet();
        var shares = verdicts.SelectMany(verdict => verdict.Guesses).Where(guess => guess.IntentId is not null)
            .GroupBy(guess => guess.IntentId!.Value).ToDictionary(guesses => guesses.Key, guesses => guesses.Sum(ShareOf));

        // A claim that a cashier confirmed has its money, on whatever statement that is.
        var missed = book.Missed + 1 + claims.Where(claim => !claim.IsConfirmed).Sum(claim => Math.Max(0, 1 - shares.GetValueOrDefault(claim.IntentId)));
        return own => new OtherEvidence(shares, due, missed / (missed + book.Came + AtFirst), own);
    }

    /// <summary>How likely nothing has come for this claim, if not this: 0 to 1.</summary>
    public double MissingOf(Guid intent) => _due.Contains(intent) ? Math.Min(1, _missing + Elsewhere(intent)) : 1;

    /// <summary>How likely the money of this claim is none of the others: 0 to 1.</summary>
    public double LeftOf(Guid intent) => Math.Max(Doubt, 1 - Elsewhere(intent));

    private double Elsewhere(Guid intent) => _shares.GetValueOrDefault(intent) - _own.Guesses.Where(guess => guess.IntentId == intent).Sum(ShareOf);

    private static double ShareOf(MatchGuess guess) => guess.Rank / 1000d;
}
