using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>Weighs what one piece of evidence may be for.</summary>
internal sealed class Appraisal(Likeness likeness, MatchIndex index)
{
    /// <summary>A number of six digits is not hit by chance; one with a slip in it may be another's.</summary>
    private const double Exact = 60;
    private const double Almost = 35;
    private const double PhonePoints = 15;
    private const double OtherSum = -20;
    private const double NoClaim = -17;
    private const double NotClaimed = -8;

    private readonly EvidenceFacts _facts = likeness.Facts;

    private bool IsWhole => _facts.Tiyn % 100 == 0;

    private Money Sum => new(_facts.Tiyn / 100);

    private sealed record Numbers(double Points, bool IsExact);

    public Candidate Weigh(MatchClaim claim)
    {
        var member = index.Member(claim.PayerId)!;
        var reasons = new List<MatchReason>();
        var numbers = NumbersOf(claim, member, reasons);
        var (name, isFamily) = NameOf(claim);
        Name(isFamily ?? member.Id, isFamily is not null, reasons);
        var ids = MembersOf(claim);
        Message(ids, claim.Lines, reasons);
        var time = ClaimTime.Of(claim, _facts.On, _facts.At);
        var isSum = IsWhole && Sum == claim.Total;
        reasons.Add(isSum ? new MatchReason(MatchReasons.SumClaimed, claim.Total.Tenge) : new MatchReason(Sum < claim.Total ? MatchReasons.SumLess : MatchReasons.SumMore, Sum.Tenge, claim.Total.Tenge));
        if (time.Reason is { } near)
        {
            reasons.Add(near);
        }

        var isBlocked = ids.Any(id => index.Member(id)?.IsBlocked == true);
        Note(claim.IsConfirmed, isBlocked, reasons);
        var points = numbers.Points + name + time.Points + likeness.MessagePoints(ids, claim.Lines.Select(line => line.Period)) + (isSum ? 0 : OtherSum) + (claim.ClaimedAt is null && !claim.IsConfirmed ? NotClaimed : 0);
        var months = isSum ? claim.Lines : Covered(claim.Lines);
        var isSafe = !isBlocked && IsWhole && (numbers.IsExact ? isSum || IsSettled(claim, member, months) : isSum && IsTold(claim, ids, time));
        var fit = likeness.FitOf(isFamily ?? member.Id);
        var hasSign = numbers.Points > 0 || fit > NameFit.None || time.Points > 2 || ids.Any(id => likeness.TimesFor(id) > 0 || likeness.NamedAs(id) is not null);
        return new Candidate(claim, member, months, points, numbers.IsExact, isSafe, hasSign, reasons);
    }

    /// <summary>Money without a claim: the oldest open months, and what is left is credit.</summary>
    public Candidate Weigh(MatchMember member)
    {
        var reasons = new List<MatchReason>();
        var numbers = NumbersOf(null, member, reasons);
        Name(member.Id, false, reasons);
        var months = Covered(member.Open);
        Message([member.Id], months, reasons);
        var owed = Money.Sum(member.Open.Take(member.Owed).Select(line => line.Amount));
        var isMonths = IsWhole && months.Count > 0 && Money.Sum(months.Select(line => line.Amount)) == Sum;
        if (isMonths)
        {
            reasons.Add(Sum == owed ? new MatchReason(MatchReasons.SumOwed, Sum.Tenge) : new MatchReason(MatchReasons.SumMonths, months.Count));
        }

        Note(false, member.IsBlocked, reasons);
        var points = NoClaim + numbers.Points + likeness.NamePoints(member.Id) + likeness.MessagePoints([member.Id], months.Select(line => line.Period)) + (isMonths ? 0 : -10);
        return new Candidate(null, member, months, points, numbers.IsExact, numbers.IsExact && isMonths && !member.IsBlocked, true, reasons);
    }

    private static List<Guid> MembersOf(MatchClaim claim) => [.. claim.Lines.Select(line => line.MemberId).Append(claim.PayerId).Distinct()];

    /// <summary>Another sum than claimed, with our number: what the months cost that could be paid, and at least one of them.</summary>
    private bool IsSettled(MatchClaim claim, MatchMember member, IReadOnlyList<IntentLine> months) =>
        months.Count > 0 && !claim.IsConfirmed && Sum <= claim.Total + Money.Sum(member.Open.Select(line => line.Amount));

    /// <summary>Whether more than a name says so, where no number of ours does.</summary>
    private bool IsTold(MatchClaim claim, List<Guid> ids, ClaimTime time)
    {
        var times = ids.Max(likeness.TimesFor);
        var isNamed = ids.Exists(id => likeness.NamedAs(id) is not null);
        var isKnown = times > 0 || ids.Exists(id => likeness.FitOf(id) > NameFit.Initial);
        return isKnown && likeness.IsPlain && (isNamed || !likeness.NamesSomebody)
            && (likeness.Message.Months.Count == 0 || claim.Lines.Any(line => likeness.Message.Months.Contains(line.Period.Month)))
            && !HasOtherNumber(claim, ids)
            && time.Points >= (claim.ClaimedAt is null && !claim.IsConfirmed ? 12 : times > 1 ? -4 : 2);
    }

    /// <summary>A long number that is nothing of this claim may be the code of what the money really is for.</summary>
    private bool HasOtherNumber(MatchClaim claim, List<Guid> ids) =>
        likeness.Message.HasLongNumber
        && !likeness.Message.Phones.Exists(phone => ids.Exists(id => index.Member(id)?.Phone == phone))
        && !likeness.Message.Slips.ContainsKey(claim.Code);

    private Numbers NumbersOf(MatchClaim? claim, MatchMember member, List<MatchReason> reasons)
    {
        var message = likeness.Message;
        var points = 0d;
        var isExact = false;
        if (claim is not null && index.WithReceipt(_facts.Operation).Contains(claim))
        {
            (points, isExact) = (Exact, true);
            reasons.Add(new MatchReason(MatchReasons.Receipt, _facts.Operation!));
        }

        if (claim is { Code.Length: > 0 } && message.Numbers.Contains(claim.Code))
        {
            (points, isExact) = (points + Exact, true);
            reasons.Add(new MatchReason(MatchReasons.Code, claim.Code));
        }
        else if (claim is { Code.Length: > 0 } && message.Slips.TryGetValue(claim.Code, out var slip))
        {
            points += Almost;
            reasons.Add(new MatchReason(MatchReasons.CodeAlmost, slip, claim.Code));
        }

        if (message.Numbers.FirstOrDefault(number => index.Numbered(number)?.Id == member.Id) is { } own)
        {
            (points, isExact) = (points + Exact, true);
            reasons.Add(new MatchReason(MatchReasons.Number, own));
        }

        if (message.Phones.Contains(member.Phone))
        {
            points += PhonePoints;
            reasons.Add(new MatchReason(MatchReasons.Phone, member.Phone));
        }

        return new Numbers(points, isExact);
    }

    /// <summary>An intent may pay for several; any of them may send the money.</summary>
    private (double Points, Guid? Family) NameOf(MatchClaim claim)
    {
        var best = (Points: likeness.NamePoints(claim.PayerId), Family: (Guid?)null);
        foreach (var id in claim.Lines.Select(line => line.MemberId).Distinct().Where(id => id != claim.PayerId).Order())
        {
            var points = likeness.NamePoints(id) - 3;
            best = points > best.Points ? (points, id) : best;
        }

        return best;
    }

    private void Name(Guid member, bool isFamily, List<MatchReason> reasons)
    {
        var payer = _facts.Payer.Trim();
        switch (likeness.FitOf(member))
        {
            case NameFit.Exact or NameFit.Loose when isFamily:
                reasons.Add(new MatchReason(MatchReasons.NameOfFamily, payer));
                break;
            case NameFit.Exact or NameFit.Loose when likeness.Namesakes > 1:
                reasons.Add(new MatchReason(MatchReasons.NameOfSeveral, payer, likeness.Namesakes));
                break;
            case NameFit.Exact or NameFit.Loose:
                reasons.Add(new MatchReason(MatchReasons.NameOnly, payer));
                break;
            case NameFit.Initial:
                reasons.Add(new MatchReason(MatchReasons.Initial, payer));
                break;
        }

        if (likeness.TimesFor(member) is > 0 and var times)
        {
            reasons.Add(new MatchReason(MatchReasons.History, times));
        }
    }

    private void Message(IEnumerable<Guid> members, IReadOnlyList<IntentLine> months, List<MatchReason> reasons)
    {
        if (members.Select(likeness.NamedAs).FirstOrDefault(word => word is not null) is { } word)
        {
            reasons.Add(new MatchReason(MatchReasons.Named, word));
        }

        foreach (var month in likeness.Message.Months)
        {
            reasons.Add(new MatchReason(months.Any(line => line.Period.Month == month) ? MatchReasons.Month : MatchReasons.OtherMonth, month));
        }
    }

    private void Note(bool isConfirmed, bool isBlocked, List<MatchReason> reasons)
    {
        if (isConfirmed)
        {
            reasons.Add(new MatchReason(MatchReasons.Confirmed));
        }

        if (isBlocked)
        {
            reasons.Add(new MatchReason(MatchReasons.Blocked));
        }

        if (likeness.Message.NotDues is { } word)
        {
            reasons.Add(new MatchReason(MatchReasons.NotDues, word));
        }
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
