namespace Diaspora.Domain.Payments;

/// <summary>What becomes of evidence when the decision of its intent is undone: it waits again, and what it had left over is no credit any more.</summary>
internal static class MatchRelease
{
    /// <summary>Money that booked another decision stays with it: free, it would be booked a second time.</summary>
    /// <returns>Whether one of the matches had booked that decision, so that its credits went with it.</returns>
    /// <exception cref="DomainException">What was left over is used or given back by now, or a month of it was refunded.</exception>
    public static async Task<bool> RunAsync(IWork work, Actor actor, PaymentIntent intent, DateTime decidedAt, DateTime now, CancellationToken cancel)
    {
        foreach (var foreseen in await work.Evidence.ForeseenAsync(intent.Id, cancel))
        {
            foreseen.Wait(now);
        }

        var isBooked = false;
        foreach (var match in await work.Evidence.MatchesOfIntentAsync(intent.Id, cancel))
        {
            if (match.DecidedAt != decidedAt && (match.IsBooking || !IsLast(intent, decidedAt)))
            {
                // It stays, and proves another sum from now on.
                work.Announce(EvidenceChanged.Of([], (await work.Evidence.FindAsync(match.EvidenceId, cancel))!.Month));
                continue;
            }

            if (match.IsBooking && intent.Payments.FirstOrDefault(payment => payment.Status == PaymentStatus.Refunded && payment.ConfirmedAt == decidedAt) is { } refunded)
            {
                throw await ModerationService.AlreadyAsync(work, refunded, cancel);
            }

            isBooked |= match.IsBooking;
            await FreeAsync(work, actor, match, intent, now, cancel);
            if (match is { IsAutomatic: true, IsBooking: true })
            {
                await LowerAsync(work, match.Source, intent, now, cancel);
            }
        }

        if (isBooked)
        {
            await VoidCreditsAsync(work, actor, intent, now, cancel);
        }

        return isBooked;
    }

    /// <summary>Nothing is paid any more after it, and nothing was given back: money that only proved what was paid has nothing left to prove.</summary>
    private static bool IsLast(PaymentIntent intent, DateTime decidedAt)
    {
        var paid = intent.Payments.Where(payment => payment.Status is PaymentStatus.Confirmed or PaymentStatus.Refunded).ToList();
        return paid.Count > 0 && paid.TrueForAll(payment => payment.Status == PaymentStatus.Confirmed && payment.DecidedAt == decidedAt);
    }

    /// <summary>The match alone: whatever was decided on its strength is the caller's.</summary>
    public static async Task FreeAsync(IWork work, Actor actor, Match match, PaymentIntent intent, DateTime now, CancellationToken cancel)
    {
        var evidence = await work.Evidence.FindAsync(match.EvidenceId, cancel) ?? throw new DomainException(Problems.NotFound);
        match.Undo(actor.MemberId, now);
        evidence.Free(now);
        work.Audit.Add(new AuditEntry(
            actor, AuditAction.MatchUndone, nameof(Evidence), evidence.Id, intent.PayerId, new { intent.Code, evidence.Source, sum = evidence.Sum.Tenge }, new { evidence.State }, now));
        work.Announce(EvidenceChanged.Of([intent.Id, .. await work.Evidence.GuessedAsync([evidence.Id], cancel)], [evidence.Month, .. IntentLog.MonthsOf(intent)]));
    }

    private static async Task LowerAsync(IWork work, EvidenceSource source, PaymentIntent intent, DateTime now, CancellationToken cancel)
    {
        var trust = await work.Evidence.TrustAsync(source, now, cancel);
        var before = new { source, trust.Level };
        if (trust.Lower(intent.Code, now))
        {
            work.Audit.Add(new AuditEntry(Actor.Task("evidence"), AuditAction.TrustChanged, nameof(SourceTrust), intent.Id, null, before, new { source, trust.Level, trust.Why }, now));
        }
    }

    private static async Task VoidCreditsAsync(IWork work, Actor actor, PaymentIntent intent, DateTime now, CancellationToken cancel)
    {
        foreach (var row in (await work.Credits.OfIntentAsync(intent.Id, cancel)).Where(row => row.IntentId == intent.Id && row.Status != CreditStatus.Voided))
        {
            if (!row.IsOpen)
            {
                throw new DomainException(Problems.CreditInTheWay, row.Amount);
            }

            var credit = (await work.Credits.FindAsync(row.Id, cancel))!;
            credit.Void(actor.MemberId, now);
            work.Audit.Add(new AuditEntry(
                actor, AuditAction.CreditVoided, nameof(Credit), credit.Id, credit.MemberId, new { amount = row.Amount.Tenge, row.Status }, new { amount = credit.Amount.Tenge, credit.Status }, now));
        }
    }
}
