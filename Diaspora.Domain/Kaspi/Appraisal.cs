using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>Weighs what one piece of evidence may be for.</summary>
internal sealed class Appraisal(Likeness likeness, MatchIndex index)
{
    /// <summary>A number of six digits is not hit by chance; one with a slip in it may be another's.</summary>
    private const double Exact = 70;
    private const double Almost = 35;
    private const double PhonePoints = 15;
    private const double OtherSum = -20;
    private const double NoClaim = -17;
    private const double NotClaimed = -8;
    private const double NothingOwed = -6;

    /// <summary>Sure is what is so much likelier than all else: a thousand times by a name.</summary>
    private const double ByNumber = 27;
    private const double ByName = 30;

    /// <summary>A relative, by the first letter of the surname alone, or one whom the message names.</summary>
    private const double ByInitial = 34;

    private readonly EvidenceFacts _facts = likeness.Facts;
    private readonly ReadMessage _message = likeness.Message;

    private bool IsWhole => _facts.Tiyn % 100 == 0;

    private Money Sum => new(_facts.Tiyn / 100);

    public Candidate Weigh(IndexedClaim indexed)
    {
        var (claim, ids) = (indexed.Claim, indexed.Members);
        var (numbers, isExact) = Numbers(claim, indexed.Payer);
        var (name, nameOf) = NameOf(ids);
        var time = ClaimTime.Of(claim, _facts.On, _facts.At);
        var isSum = IsWhole && Sum == indexed.Total;
        var points = numbers + name + time.Points + likeness.MessagePoints(ids, claim.Lines) + (isSum ? 0 : OtherSum) + (IsClaimed(claim) ? 0 : NotClaimed);
        var months = isSum ? claim.Lines : Covered(claim.Lines);
        return new Candidate(indexed, indexed.Payer, months, points, isExact) { NameOf = nameOf, Time = time };
    }

    /// <summary>Money without a claim: the oldest open months, and what is left is credit.</summary>
    public Candidate Weigh(MatchMember member)
    {
        var (numbers, isExact) = Numbers(null, member);
        var months = Covered(member.Open);
        var isMonths = IsWhole && months.Count > 0 && Money.Sum(months.Select(line => line.Amount)) == Sum;
        var points = NoClaim + (member.Owed > 0 ? 0 : NothingOwed) + numbers + likeness.NamePoints(member.Id) + likeness.MessagePoints([member.Id], months) + (isMonths ? likeness.SumShare : OtherSum / 2);
        return new Candidate(null, member, months, points, isExact) { NameOf = member.Id };
    }

    /// <summary>More than the sum speaks for it.</summary>
    public bool HasSign(Candidate candidate) =>
        candidate.Indexed is not { } indexed || candidate.HasNumber || candidate.Time.Points > 2 || _message.Slips.ContainsKey(indexed.Claim.Code) || _message.Phones.Contains(indexed.Payer.Phone)
        || Array.Exists(indexed.Members, id => likeness.FitOf(id) > NameFit.None || likeness.TimesFor(id) > 0 || likeness.NamedAs(id) is not null);

    /// <summary>So much likelier than all else together it has to be, in decibels, to be sure; missing where nothing makes it sure.</summary>
    public double? MarginOf(Candidate candidate, bool isMissed)
    {
        var isSum = IsWhole && Money.Sum(candidate.Months.Select(line => line.Amount)) == Sum;
        if (candidate.Indexed is not { } indexed)
        {
            return candidate.HasNumber && isSum && !candidate.Member.IsBlocked && IsMeant(null, [candidate.Member.Id]) ? ByNumber : null;
        }

        var ids = indexed.Members;
        isSum = IsWhole && Sum == indexed.Total;
        var isSafe = IsWhole && !Array.Exists(ids, id => index.Member(id)?.IsBlocked == true)
            && (candidate.HasNumber ? IsMeant(indexed, ids) && (isSum || IsSettled(indexed)) : (isSum || IsNamed(indexed, candidate)) && IsTold(indexed, candidate.Time, isMissed) && IsToldApart(indexed, candidate.Time));
        return !isSafe ? null : candidate.HasNumber ? ByNumber : likeness.Knows(ids) || isMissed ? ByName : ByInitial;
    }

    /// <summary>Another sum than claimed, sent while it was claimed by whoever has this name; no namesake claimed anything in these days.</summary>
    private bool IsNamed(IndexedClaim indexed, Candidate candidate) =>
        candidate.Time.IsAtOnce && IsClaimed(indexed.Claim) && likeness.Knows(indexed.Members) && candidate.Months.Count > 0 && IsSettled(indexed)
        && !likeness.LikelyBeside(indexed.Members).SelectMany(index.Of).Any(other => other != indexed && ClaimTime.Of(other.Claim, _facts.On, _facts.At).IsOfTheseDays);

    private static bool IsClaimed(MatchClaim claim) => claim.IsConfirmed || claim.ClaimedAt is not null;

    /// <summary>
    /// Another sum than claimed: no more than all months cost that could be paid, and half of one at least, since a tenge is sent to try whether it arrives. What is left of
    /// it, or is too little for a month, is the member's credit.
    /// </summary>
    private bool IsSettled(IndexedClaim indexed) =>
        !indexed.Claim.IsConfirmed && Sum + Sum >= indexed.Claim.Lines.Min(line => line.Amount) && Sum <= indexed.Total + Money.Sum(indexed.Payer.Open.Select(line => line.Amount));

    /// <summary>Nobody else's number stands there too. A code with a slip in it can be another's: where one is so near, the payer has to be known as well.</summary>
    private bool IsMeant(IndexedClaim? indexed, Guid[] members) =>
        !_message.Numbers.Any(number => index.Coded(number).Any(other => other != indexed) || index.Numbered(number) is { } member && !members.Contains(member.Id))
        && (likeness.Knows(members) || !_message.Slips.Keys.Any(slip => index.Coded(slip).Any(other => other != indexed)));

    /// <summary>Whether more than a name says so, where no number of ours does.</summary>
    private bool IsTold(IndexedClaim indexed, ClaimTime time, bool isMissed)
    {
        var (claim, ids) = (indexed.Claim, indexed.Members);
        var times = likeness.HasHistory ? ids.Max(likeness.TimesFor) : 0;
        var isNamed = Array.Exists(ids, id => likeness.NamedAs(id) is not null);
        var isKnown = isNamed || times > 0 || isMissed && time.IsBetween && IsClaimed(claim) || Array.Exists(ids, id => likeness.FitOf(id) > (time.IsInOneGo && IsClaimed(claim) ? NameFit.None : NameFit.Initial));
        return isKnown && likeness.IsPlain && (isNamed || !likeness.NamesSomebody) && !(_message.NamesKin && likeness.Knows(ids) && times == 0)
            && (_message.Months.Count == 0 || claim.Lines.Any(line => _message.Months.Contains(line.Period.Month)) || time.IsAtOnce && _message.Months is [var month] && month == _facts.On.Month)
            && !HasOtherNumber(claim, ids)
            && time.Points >= (!IsClaimed(claim) ? 12 : times > 1 ? -4 : 2);
    }

    /// <summary>
    /// Where others have such a name too, the time has to tell: the transfer falls into the making of this claim, and none of theirs is of the same sum and of these days.
    /// </summary>
    private bool IsToldApart(IndexedClaim indexed, ClaimTime time) =>
        !likeness.LikelyBeside(indexed.Members).Any()
        || time.IsAtOnce && !likeness.LikelyBeside(indexed.Members).SelectMany(index.Of).Any(other => other != indexed && other.Total == Sum && ClaimTime.Of(other.Claim, _facts.On, _facts.At).IsOfTheseDays);

    /// <summary>A long number that is nothing of this claim may be the code of what the money really is for.</summary>
    private bool HasOtherNumber(MatchClaim claim, Guid[] ids) =>
        _message.HasLongNumber
        && !_message.Phones.Exists(phone => Array.Exists(ids, id => index.Member(id)?.Phone == phone))
        && !_message.Slips.ContainsKey(claim.Code);

    private (double Points, bool IsExact) Numbers(MatchClaim? claim, MatchMember member)
    {
        var (points, isExact) = (0d, false);
        if (claim is not null && index.WithReceipt(_facts.Operation).FirstOrDefault(with => with.Claim == claim) is { } with)
        {
            // Anybody can send somebody else's receipt: where the payer has a name, its number counts for those who have it.
            (points, isExact) = !likeness.HasName || likeness.Knows(with.Members) ? (Exact, true) : (PhonePoints, false);
        }

        if (_message.Numbers.Count > 0)
        {
            if (claim is { Code.Length: > 0 } && _message.Numbers.Contains(claim.Code))
            {
                (points, isExact) = (points + Exact, true);
            }
            else if (claim is not null && _message.Slips.ContainsKey(claim.Code))
            {
                points += Almost;
            }

            if (_message.Numbers.Any(number => index.Numbered(number)?.Id == member.Id))
            {
                (points, isExact) = (points + Exact, true);
            }
        }

        return (points + (_message.Phones.Contains(member.Phone) ? PhonePoints : 0), isExact);
    }

    /// <summary>An intent may pay for several; any of them may send the money. The payer stands first.</summary>
    private (double Points, Guid Of) NameOf(Guid[] ids)
    {
        var best = (Points: likeness.NamePoints(ids[0]), Of: ids[0]);
        foreach (var id in ids.AsSpan(1))
        {
            var points = likeness.NamePoints(id) - 3;
            best = points > best.Points ? (points, id) : best;
        }

        return best;
    }

    /// <summary>The oldest of these months that the sum pays in full.</summary>
    private List<IntentLine> Covered(IReadOnlyList<IntentLine> open)
    {
        var left = Sum;
        var covered = new List<IntentLine>();
        foreach (var line in open)
        {
            if (line.Amount > left)
            {
                break;
            }

            left -= line.Amount;
            covered.Add(line);
        }

        return covered;
    }
}
