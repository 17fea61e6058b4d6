using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>What evidence is to be taken for: an intent, or a member whom nobody claimed anything for.</summary>
/// <param name="Months">Which months it pays where there is no intent; the oldest open ones where they are missing.</param>
public sealed record MatchTarget(Guid? IntentId, Guid MemberId, IReadOnlyList<ChosenMonth>? Months = null)
{
    /// <summary>The months that whoever decides believes it pays: it pays these or none. Missing where nobody was shown any.</summary>
    public IReadOnlyList<Period>? Shown { get; init; }

    /// <exception cref="DomainException">A colleague was faster with the same money, and it would pay others by now.</exception>
    internal void RequireAsShown(IEnumerable<IntentLine> lines)
    {
        List<Period> now = [.. lines.Select(line => line.Period).Order()];
        if (Shown is not null && !now.SequenceEqual(Shown.Order()))
        {
            throw new DomainException(Problems.MonthsDiffer, Shown, now);
        }
    }
}

/// <summary>Takes evidence for money of an intent: the one way in which statements, the biller and webhooks pay months.</summary>
internal sealed class EvidenceBooking(IWork work, Actor actor, DuesRules rules, DateTime now, CancellationToken cancel)
{
    /// <summary>Confirms the intent, or settles it with the sum that came, or finds it confirmed; books the oldest open months where nobody claimed any. What is left is the payer's credit.</summary>
    /// <param name="rank">What the matcher said, where it was asked.</param>
    /// <exception cref="DomainException">The evidence is decided, the intent is rejected or proved by other evidence of the source, or a month is taken.</exception>
    public async Task<Match> MatchAsync(Evidence evidence, MatchTarget target, int rank, IReadOnlyList<MatchReason> reasons)
    {
        var (intent, decidedAt) = target.IntentId is { } id ? await ClaimedAsync(evidence, id, target) : (await BookAsync(evidence, target), now);
        var match = new Match(evidence, intent.Id, decidedAt, rank, MatchJson.Write(reasons), actor.MemberId, now);
        if (actor.MemberId is not null)
        {
            if (evidence.Shadow == ShadowOutcome.Waiting)
            {
                evidence.Compare(evidence.WouldIntentId is { } would ? would == intent.Id && evidence.Sum == intent.Total : target.IntentId is null && evidence.WouldMemberId == target.MemberId, now);
            }

            await ModerationService.CompareAsync(work, intent, now, cancel);
        }

        evidence.Take(now);
        work.Evidence.Add(match);
        work.Audit.Add(new AuditEntry(
            actor, AuditAction.EvidenceMatched, nameof(Evidence), evidence.Id, intent.PayerId, null,
            new { evidence.Source, intent.Code, sum = evidence.Sum.Tenge, on = evidence.On }, now));
        work.Announce(EvidenceChanged.Of([intent.Id, .. await work.Evidence.GuessedAsync([evidence.Id], cancel)], [evidence.Month, .. IntentLog.MonthsOf(intent)]));
        return match;
    }

    private async Task<(PaymentIntent Intent, DateTime? DecidedAt)> ClaimedAsync(Evidence evidence, Guid intentId, MatchTarget target)
    {
        var intent = await work.Payments.FindAsync(intentId, cancel) ?? throw new DomainException(Problems.NotFound);
        if ((await work.Evidence.MatchesOfIntentAsync(intentId, cancel)).Any(match => match.Source == evidence.Source))
        {
            throw new DomainException(Problems.IntentProved, intent.Code);
        }

        if (!intent.IsPending)
        {
            // The same money, booked before this word of it came.
            return intent.Payments.Any(payment => payment.Status == PaymentStatus.Confirmed) ? (intent, null) : throw await ModerationService.AlreadyAsync(work, ModerationService.LastOf(intent), cancel);
        }

        var pending = intent.Payments.Where(payment => payment.Status == PaymentStatus.Pending).OrderBy(payment => payment.Period).ToList();
        var claimed = pending.ConvertAll(payment => new IntentLine(payment.MemberId, payment.Period, payment.Amount));
        target.RequireAsShown(claimed);
        var before = IntentLog.Snapshot(intent);
        if (evidence.Sum == Money.Sum(claimed.Select(line => line.Amount)))
        {
            intent.Confirm(actor.MemberId, now, evidence.Operation);
            IntentLog.Record(work, actor, AuditAction.PaymentConfirmed, intent, before, IntentLog.Snapshot(intent));
            return (intent, now);
        }

        var (lines, left) = Divide(evidence.Sum, [.. claimed, .. await OpenAsync(intent.PayerId)]);
        intent.Settle(lines, new Receiving(evidence.Sum, evidence.On, null), actor.MemberId, now, evidence.Operation);
        Keep(intent, left);
        IntentLog.Record(work, actor, AuditAction.PaymentSettled, intent, before, After(intent, left));
        return (intent, now);
    }

    private async Task<PaymentIntent> BookAsync(Evidence evidence, MatchTarget target)
    {
        var member = await MemberLedger.ReadAsync(work, target.MemberId, rules, now, cancel);
        var open = target.Months is { } chosen ? await ChosenAsync(chosen) : LinesOf(target.MemberId, member.Ledger);
        var (lines, left) = Divide(evidence.Sum, open);
        target.RequireAsShown(lines);
        var instead = open is [var first, ..] ? first : new IntentLine(target.MemberId, member.Ledger.Current, rules.FeeOf(member.Ledger.Current));
        var intent = PaymentIntent.Book(
            await PaymentService.NewCodeAsync(work, cancel), target.MemberId, lines, instead, PaymentMethod.KaspiTransfer, new Receiving(evidence.Sum, evidence.On, null), evidence.Source,
            evidence.Operation, actor.MemberId, now);
        work.Payments.Add(intent);
        Keep(intent, left);
        IntentLog.Record(work, actor, AuditAction.PaymentRecorded, intent, null, After(intent, left));
        return intent;
    }

    private async Task<IReadOnlyList<IntentLine>> ChosenAsync(IReadOnlyList<ChosenMonth> months)
    {
        List<IntentLine> lines = [];
        foreach (var of in months.Distinct().GroupBy(month => month.MemberId))
        {
            var member = await MemberLedger.ReadAsync(work, of.Key, rules, now, cancel);
            foreach (var month in of.OrderBy(month => month.Period))
            {
                member.RequirePayable(month.Period);
                lines.Add(new IntentLine(of.Key, month.Period, rules.FeeOf(month.Period)));
            }
        }

        return lines;
    }

    private async Task<IReadOnlyList<IntentLine>> OpenAsync(Guid memberId) => LinesOf(memberId, (await MemberLedger.ReadAsync(work, memberId, rules, now, cancel)).Ledger);

    public static IReadOnlyList<IntentLine> LinesOf(Guid memberId, Ledger ledger) => [.. ledger.PayableMonths.Select(tile => new IntentLine(memberId, tile.Period, tile.Amount))];

    /// <summary>As many months, in their order, as the sum reaches for. The first that it does not reach for ends it: no later month is paid before an earlier one.</summary>
    public static (IReadOnlyList<IntentLine> Lines, Money Left) Divide(Money sum, IReadOnlyList<IntentLine> open)
    {
        List<IntentLine> lines = [];
        foreach (var line in open)
        {
            if (line.Amount > sum)
            {
                break;
            }

            lines.Add(line);
            sum -= line.Amount;
        }

        return (lines, sum);
    }

    private void Keep(PaymentIntent intent, Money left)
    {
        if (!left.IsZero)
        {
            work.Credits.Add(new Credit(intent.PayerId, left, intent.Id, actor.MemberId, now));
        }
    }

    private static object After(PaymentIntent intent, Money left) =>
        new { intent.Code, payments = IntentLog.SnapshotOf(intent), received = intent.Received?.Tenge, receivedOn = intent.ReceivedOn, remainder = left.Tenge };
}
