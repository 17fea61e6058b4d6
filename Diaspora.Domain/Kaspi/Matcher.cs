namespace Diaspora.Domain.Kaspi;

/// <summary>
/// Says whose money a piece of evidence may be, and whether that is sure. Everything it may be for is weighed against everything else it may be for: what fits two
/// claims alike is sure for neither, however well it fits.
/// </summary>
public sealed class Matcher(MatchBook book)
{
    /// <summary>So far behind the likeliest, in decibels, nothing is worth a thought.</summary>
    private const double Hopeless = 60;

    /// <summary>Where money is missing as rarely as this, a claim that would be without its own says enough.</summary>
    private const double Rare = 0.1;

    private readonly MatchIndex _index = new(book);

    public MatchVerdict Look(EvidenceFacts facts) => Look(facts, OtherEvidence.Unknown);

    internal MatchVerdict Look(EvidenceFacts facts, OtherEvidence other)
    {
        if (facts.Tiyn <= 0)
        {
            return MatchVerdict.Nobody;
        }

        var likeness = new Likeness(facts, _index);
        var appraisal = new Appraisal(likeness, _index);
        var candidates = Weigh(likeness, appraisal);
        var isNotDues = likeness.Message.NotDues is not null && !candidates.Exists(candidate => candidate.HasNumber);
        if (candidates is not [var first, ..])
        {
            return MatchVerdict.Nobody with { IsNotDues = isNotDues };
        }

        if (!first.Time.IsAtOnce)
        {
            other = OtherEvidence.Unknown;
        }

        var missing = first.Claim is { } claim ? other.MissingOf(claim.IntentId) : 1;
        var others = missing * Ratio(likeness.Nobody) + candidates.Skip(1).Sum(candidate => candidate.Claim is { } another ? other.LeftOf(another.IntentId) * Ratio(candidate.Points)
            : candidate.Member.Id == first.Member.Id ? 0
            : missing * Ratio(candidate.Points));
        var isSure = first.Points - Likeness.Decibels(others) >= appraisal.MarginOf(first, isMissed: missing < Rare);
        var all = Ratio(likeness.Nobody) + candidates.Sum(candidate => Ratio(candidate.Points));
        var explanation = new Explanation(likeness, _index);
        var guesses = candidates.Where(appraisal.HasSign).Take(MatchVerdict.Most).Select(candidate =>
            new MatchGuess(candidate.Claim?.IntentId, candidate.Member.Id, candidate.Months, (int)Math.Round(1000 * Ratio(candidate.Points) / all), explanation.Of(candidate))).ToList();
        return new MatchVerdict(guesses, isSure, isNotDues && !isSure);
    }

    /// <summary>The likeliest first; money that a cashier found already before money that nobody found.</summary>
    private List<Candidate> Weigh(Likeness likeness, Appraisal appraisal)
    {
        var (facts, message) = (likeness.Facts, likeness.Message);
        var sum = new Money(facts.Tiyn / 100);
        var numbered = message.Numbers.Select(_index.Numbered).OfType<MatchMember>().Select(member => member.Id);
        var phoned = message.Phones.SelectMany(_index.WithPhone).Select(member => member.Id);
        var likely = likeness.Likely.Concat(numbered).Concat(phoned).Distinct().Order().ToList();
        var claims = _index.Of(sum)
            .Concat(likely.SelectMany(_index.Of))
            .Concat(message.Numbers.SelectMany(_index.Coded))
            .Concat(message.Slips.Keys.SelectMany(_index.Coded))
            .Concat(_index.WithReceipt(facts.Operation))
            .DistinctBy(claim => claim.Claim.IntentId)
            .Select(appraisal.Weigh);

        // Whoever claims just this sum pays the claim with it, however late.
        var members = likely.Where(id => !_index.Of(id).Any(claim => claim.Payer.Id == id && claim.Total == sum)).Select(id => _index.Member(id)!).Select(appraisal.Weigh);
        List<Candidate> all = [.. claims, .. members];
        var least = all.Count == 0 ? 0 : all.Max(candidate => candidate.Points) - Hopeless;
        return
        [
            .. all.Where(candidate => candidate.Points >= least)
                .OrderByDescending(candidate => candidate.Points)
                .ThenByDescending(candidate => candidate.Claim?.IsConfirmed ?? false)
                .ThenBy(candidate => candidate.Claim?.IntentId ?? candidate.Member.Id),
        ];
    }

    private static double Ratio(double decibels) => Math.Pow(10, decibels / 10);
}
