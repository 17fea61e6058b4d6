using Diaspora.Domain.Members;

namespace Diaspora.Domain.Kaspi;

/// <summary>
/// Looks at all evidence that waits together. What is sure takes its claim away, so what is left is compared with fewer: a line that fitted two claims fits one when the
/// other's own line has come.
/// </summary>
public static class MatchRound
{
    private static readonly HashSet<string> OfNumbers = [MatchReasons.Code, MatchReasons.Number, MatchReasons.Receipt];

    /// <summary>One verdict for each, in the same order. No two that are sure are for the same claim, or for the same member without one.</summary>
    public static IReadOnlyList<MatchVerdict> Look(MatchBook book, IReadOnlyList<EvidenceFacts> facts)
    {
        var verdicts = new MatchVerdict[facts.Count];
        HashSet<int> waiting = [.. Enumerable.Range(0, facts.Count)];
        List<int> looked = [.. waiting];
        var isLast = false;
        while (looked.Count > 0)
        {
            var matcher = new Matcher(book);
            var others = isLast ? OtherEvidence.Of(book, waiting.Select(at => verdicts[at]), facts) : _ => OtherEvidence.Unknown;
            foreach (var at in looked)
            {
                verdicts[at] = matcher.Look(facts[at], others(verdicts[at]));
            }

            List<MatchGuess> taken = [];
            foreach (var rivals in waiting.Where(at => verdicts[at].IsSure).GroupBy(at => verdicts[at].First!.IntentId ?? verdicts[at].First!.MemberId).ToList())
            {
                if (WinnerOf([.. rivals], facts, verdicts) is { } winner)
                {
                    taken.Add(verdicts[winner].First!);
                    waiting.Remove(winner);
                    continue;
                }

                foreach (var at in rivals)
                {
                    verdicts[at] = verdicts[at] with { IsSure = false };
                    waiting.Remove(at);
                }
            }

            // Only what had one of these among its guesses can think otherwise now: what was less likely than five others did not weigh.
            book = Without(book, taken);
            var (intents, members) = (taken.Select(guess => guess.IntentId).OfType<Guid>().ToHashSet(), taken.Select(guess => guess.MemberId).ToHashSet());
            looked = [.. waiting.Where(at => isLast && taken.Count > 0 || verdicts[at].Guesses.Any(guess => guess.IntentId is { } intent ? intents.Contains(intent) : members.Contains(guess.MemberId)))];
            if (looked.Count == 0 && !isLast)
            {
                isLast = true;
                looked = [.. waiting];
            }
        }

        return verdicts;
    }

    /// <summary>Of one payer's lines, and of those with our number, the likeliest; of several payers' without a number nobody can say which it is.</summary>
    private static int? WinnerOf(List<int> rivals, IReadOnlyList<EvidenceFacts> facts, MatchVerdict[] verdicts)
    {
        var numbered = rivals.Where(at => verdicts[at].First!.Reasons.Any(reason => OfNumbers.Contains(reason.Code))).ToList();
        var best = numbered.Count > 0 ? numbered : rivals;
        return numbered.Count > 0 || rivals.DistinctBy(at => NameSkeleton.Of(facts[at].Payer)).Count() == 1
            ? best.OrderByDescending(at => verdicts[at].First!.Rank).ThenBy(at => facts[at].On).ThenBy(at => facts[at].At).ThenBy(at => at).First()
            : null;
    }

    private static MatchBook Without(MatchBook book, List<MatchGuess> taken)
    {
        var claims = taken.Select(guess => guess.IntentId).OfType<Guid>().ToHashSet();
        var months = taken.SelectMany(guess => guess.Months).Select(line => (line.MemberId, line.Period)).ToHashSet();
        return book with
        {
            Came = book.Came + claims.Count,
            Claims = [.. book.Claims.Where(claim => !claims.Contains(claim.IntentId))],
            Members = [.. book.Members.Select(member => member.Open.Any(IsTaken)
                ? member with { Open = [.. member.Open.Where(line => !IsTaken(line))], Owed = Math.Max(0, member.Owed - member.Open.Count(IsTaken)) }
                : member)],
        };

        bool IsTaken(Payments.IntentLine line) => months.Contains((line.MemberId, line.Period));
    }
}
