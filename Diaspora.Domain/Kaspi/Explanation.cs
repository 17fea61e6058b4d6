using Diaspora.Domain.Members;

namespace Diaspora.Domain.Kaspi;

/// <summary>Says in reasons what spoke for a candidate and what against it. Only those that are shown need it.</summary>
internal sealed class Explanation(Likeness likeness, MatchIndex index)
{
    private readonly EvidenceFacts _facts = likeness.Facts;
    private readonly ReadMessage _message = likeness.Message;

    public IReadOnlyList<MatchReason> Of(Candidate candidate) =>
        [.. Numbers(candidate.Claim, candidate.Member), .. Name(candidate), .. Message(candidate), .. new[] { Sum(candidate), candidate.Claim is null ? null : candidate.Time.Reason }.OfType<MatchReason>(), .. Notes(candidate)];

    private IEnumerable<MatchReason> Numbers(MatchClaim? claim, MatchMember member)
    {
        if (claim is not null && index.WithReceipt(_facts.Operation).Any(with => with.Claim == claim))
        {
            yield return new MatchReason(MatchReasons.Receipt, _facts.Operation!);
        }

        if (claim is { Code.Length: > 0 } && _message.Numbers.Contains(claim.Code))
        {
            yield return new MatchReason(MatchReasons.Code, claim.Code);
        }
        else if (claim is not null && _message.Slips.TryGetValue(claim.Code, out var slip))
        {
            yield return new MatchReason(MatchReasons.CodeAlmost, slip, claim.Code);
        }

        if (_message.Numbers.FirstOrDefault(number => index.Numbered(number)?.Id == member.Id) is { } own)
        {
            yield return new MatchReason(MatchReasons.Number, own);
        }

        if (_message.Phones.Contains(member.Phone))
        {
            yield return new MatchReason(MatchReasons.Phone, member.Phone);
        }
    }

    private IEnumerable<MatchReason> Name(Candidate candidate)
    {
        var payer = _facts.Payer.Trim();
        switch (likeness.FitOf(candidate.NameOf))
        {
            case NameFit.Exact or NameFit.Loose when candidate.NameOf != candidate.Member.Id:
                yield return new MatchReason(MatchReasons.NameOfFamily, payer);
                break;
            case NameFit.Exact or NameFit.Loose when likeness.Namesakes > 1:
                yield return new MatchReason(MatchReasons.NameOfSeveral, payer, likeness.Namesakes);
                break;
            case NameFit.Exact or NameFit.Loose:
                yield return new MatchReason(MatchReasons.NameOnly, payer);
                break;
            case NameFit.Initial:
                yield return new MatchReason(MatchReasons.Initial, payer);
                break;
        }

        if (likeness.TimesFor(candidate.NameOf) is > 0 and var times)
        {
            yield return new MatchReason(MatchReasons.History, times);
        }
    }

    private IEnumerable<MatchReason> Message(Candidate candidate)
    {
        var members = candidate.Months.Select(line => line.MemberId).Append(candidate.Member.Id);
        if (members.Select(likeness.NamedAs).FirstOrDefault(word => word is not null) is { } word)
        {
            yield return new MatchReason(MatchReasons.Named, word);
        }

        foreach (var month in _message.Months)
        {
            yield return new MatchReason(candidate.Months.Any(line => line.Period.Month == month) ? MatchReasons.Month : MatchReasons.OtherMonth, month);
        }
    }

    private MatchReason? Sum(Candidate candidate)
    {
        var (isWhole, sum) = (_facts.Tiyn % 100 == 0, new Money(_facts.Tiyn / 100));
        if (candidate.Claim is { } claim)
        {
            return isWhole && sum == claim.Total ? new MatchReason(MatchReasons.SumClaimed, sum.Tenge)
                : new MatchReason(sum < claim.Total ? MatchReasons.SumLess : MatchReasons.SumMore, sum.Tenge, claim.Total.Tenge);
        }

        var owed = Money.Sum(candidate.Member.Open.Take(candidate.Member.Owed).Select(line => line.Amount));
        return !isWhole || candidate.Months.Count == 0 || Money.Sum(candidate.Months.Select(line => line.Amount)) != sum ? null
            : sum == owed ? new MatchReason(MatchReasons.SumOwed, sum.Tenge)
            : new MatchReason(MatchReasons.SumMonths, candidate.Months.Count);
    }

    private IEnumerable<MatchReason> Notes(Candidate candidate)
    {
        if (candidate.Claim?.IsConfirmed == true)
        {
            yield return new MatchReason(MatchReasons.Confirmed);
        }

        if (candidate.Member.IsBlocked || candidate.Months.Any(line => index.Member(line.MemberId)?.IsBlocked == true))
        {
            yield return new MatchReason(MatchReasons.Blocked);
        }

        if (_message.NotDues is { } word)
        {
            yield return new MatchReason(MatchReasons.NotDues, word);
        }
    }
}
