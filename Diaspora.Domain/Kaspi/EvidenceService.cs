using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Kaspi;

/// <summary>What a cashier does with evidence: take it for somebody's payment, say that it is no due, take that back.</summary>
public sealed class EvidenceService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    public Task<EvidencePage> PageAsync(Actor actor, EvidenceFilter filter, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await Paging.OrLastAsync(filter.Number, number => work.Kaspi.PageAsync(filter with { Number = number }, cancel));
        }, cancel);

    /// <summary>What may be, or is, the money of an intent; the likeliest first.</summary>
    public Task<IReadOnlyList<EvidenceRow>> HintsAsync(Actor actor, Guid intentId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await work.Kaspi.HintsAsync(intentId, cancel);
        }, cancel);

    /// <summary>Takes evidence for an intent's money, or for a member's oldest months. The same cashier's second press is answered as the first.</summary>
    /// <returns>The match: what an undo names.</returns>
    /// <exception cref="DomainException">A colleague was first; the intent is rejected or proved; or a month is not payable.</exception>
    public Task<Guid> MatchAsync(Actor actor, Guid evidenceId, MatchTarget target, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            await work.Members.HoldAsync([target.MemberId, .. target.Months?.Select(month => month.MemberId) ?? []], cancel);
            var evidence = await work.Evidence.FindAsync(evidenceId, cancel) ?? throw new DomainException(Problems.NotFound);
            if (await work.Evidence.MatchOfAsync(evidenceId, cancel) is { } there)
            {
                return there.CreatedBy == cashier.Id && await IsForAsync(work, there, target, cancel) ? there.Id : throw await AlreadyAsync(work, there, cancel);
            }

            var row = await work.Kaspi.RowAsync(evidenceId, cancel);
            return (await MatchAsync(work, actor, evidence, target, GuessOf(row, target), Now, cancel)).Id;
        }, cancel);

    /// <summary>Confirms all that the matcher is sure of, each for itself; what has changed since is named and left.</summary>
    /// <param name="statementId">Of one statement; of all where it is missing.</param>
    /// <param name="seen">The lines as whoever presses sees them: nothing else is done with these than stands there.</param>
    public async Task<SureOutcome> ConfirmSureAsync(Actor actor, Guid? statementId, IReadOnlyCollection<EvidenceRow> seen, CancellationToken cancel = default)
    {
        var rows = await store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await work.Kaspi.SureAsync(statementId, cancel);
        }, cancel);
        var now = Now;
        var confirmed = 0;
        var shown = seen.ToDictionary(row => row.Id, row => row.Sure);
        Dictionary<Guid, Problem> refused = [];

        // Of one member's lines the one for the older month comes first, or both would find other months than they were shown with.
        foreach (var row in rows.OrderBy(row => row.Sure is { IntentId: null, Shown: [var first, ..] } ? first : Period.Earliest))
        {
            try
            {
                confirmed += await store.WriteAsync(async work =>
                {
                    await work.RequireAsync(actor, Permission.Cashier, cancel);
                    var evidence = await work.Evidence.FindAsync(row.Id, cancel);
                    if (evidence is not { State: EvidenceState.Open } || row.Sure is not { } guess)
                    {
                        return 0;
                    }

                    var wanted = shown.GetValueOrDefault(row.Id, guess);
                    if (wanted is null || (wanted.IntentId, wanted.MemberId) != (guess.IntentId, guess.MemberId))
                    {
                        throw new DomainException(Problems.GuessChanged);
                    }

                    await MatchAsync(work, actor, evidence, new MatchTarget(guess.IntentId, guess.MemberId) { Shown = wanted.Shown }, guess, now, cancel);
                    return 1;
                }, cancel);
            }
            catch (DomainException fault)
            {
                refused.Add(row.Id, fault.Problem);
            }
        }

        return new SureOutcome(confirmed, now, [.. rows.Where(row => refused.ContainsKey(row.Id)).Select(row => (row, refused[row.Id]))]);
    }

    /// <summary>Takes a match back: what it had booked or confirmed waits again, and so does the evidence.</summary>
    /// <exception cref="DomainException">Not live any more; decided anew since; or its credit is used.</exception>
    public Task UndoAsync(Actor actor, Guid matchId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await UndoAsync(work, actor, matchId, cancel);
        }, cancel);

    /// <summary>The undo of <see cref="ConfirmSureAsync"/>: whatever was decided anew since stays as it is.</summary>
    /// <returns>How many were taken back.</returns>
    public async Task<int> UndoAllAsync(Actor actor, DateTime at, CancellationToken cancel = default)
    {
        var matches = await store.ReadAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await work.Kaspi.MatchesAtAsync(cashier.Id, at, cancel);
        }, cancel);
        var undone = 0;
        foreach (var match in matches)
        {
            try
            {
                undone += await store.WriteAsync(async work =>
                {
                    await work.RequireAsync(actor, Permission.Cashier, cancel);
                    return await UndoAsync(work, actor, match, cancel) ? 1 : 0;
                }, cancel);
            }
            catch (DomainException)
            {
                // Somebody built on it meanwhile; the count says that it is one less.
            }
        }

        return undone;
    }

    /// <summary>«Не взнос». The second press is answered as the first.</summary>
    /// <exception cref="DomainException">It is matched.</exception>
    public Task RefuseAsync(Actor actor, Guid evidenceId, RefuseEvidenceForm form, CancellationToken cancel = default)
    {
        new RefuseEvidenceFormValidator().Ensure(form);
        return DecideAsync(actor, evidenceId, EvidenceState.NotDues, AuditAction.EvidenceRefused, (evidence, by) =>
        {
            // The portal would have confirmed what a cashier says is no due.
            evidence.Compare(agreed: false, Now);
            evidence.Refuse(form.Note.Trim(), by, Now);
        }, cancel);
    }

    /// <summary>It is a due after all.</summary>
    /// <exception cref="DomainException">It is matched.</exception>
    public Task ReadmitAsync(Actor actor, Guid evidenceId, CancellationToken cancel = default) =>
        DecideAsync(actor, evidenceId, EvidenceState.Open, AuditAction.EvidenceReadmitted, (evidence, _) => evidence.Readmit(Now), cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<Match> MatchAsync(IWork work, Actor actor, Evidence evidence, MatchTarget target, GuessRow? guess, DateTime now, CancellationToken cancel) =>
        await new EvidenceBooking(work, actor, await work.RulesAsync(settings, cancel), now, cancel).MatchAsync(evidence, target, guess?.Rank ?? 0, guess?.Reasons ?? []);

    private static GuessRow? GuessOf(EvidenceRow? row, MatchTarget target) =>
        row?.Guesses.FirstOrDefault(guess => target.IntentId is { } intent ? guess.IntentId == intent : guess.IntentId is null && guess.MemberId == target.MemberId);

    private async Task<bool> UndoAsync(IWork work, Actor actor, Guid matchId, CancellationToken cancel)
    {
        var match = await work.Evidence.MatchAsync(matchId, cancel) ?? throw new DomainException(Problems.NotFound);
        if (!match.IsLive)
        {
            return false;
        }

        var intent = await work.Payments.FindAsync(match.IntentId, cancel) ?? throw new DomainException(Problems.NotFound);
        if (match.DecidedAt is { } decidedAt)
        {
            await ModerationService.ReopenAsync(work, actor, intent, decidedAt, Now, cancel);
        }
        else
        {
            await MatchRelease.FreeAsync(work, actor, match, intent, Now, cancel);
        }

        return true;
    }

    private Task DecideAsync(Actor actor, Guid evidenceId, EvidenceState wanted, AuditAction action, Action<Evidence, Guid> decide, CancellationToken cancel) =>
        store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var evidence = await work.Evidence.FindAsync(evidenceId, cancel) ?? throw new DomainException(Problems.NotFound);
            if (evidence.State == wanted)
            {
                return true;
            }

            var before = Snapshot(evidence);
            decide(evidence, cashier.Id);
            work.Audit.Add(new AuditEntry(actor, action, nameof(Evidence), evidence.Id, evidence.MemberId, before, Snapshot(evidence), evidence.UpdatedAt));
            work.Announce(EvidenceChanged.Of(await work.Evidence.GuessedAsync([evidence.Id], cancel), evidence.Month));
            return true;
        }, cancel);

    private static async Task<bool> IsForAsync(IWork work, Match match, MatchTarget target, CancellationToken cancel) =>
        target.IntentId is { } intentId ? match.IntentId == intentId : (await work.Payments.FindAsync(match.IntentId, cancel))?.PayerId == target.MemberId;

    private static object Snapshot(Evidence evidence) => new { evidence.Source, evidence.On, sum = evidence.Sum.Tenge, evidence.State, evidence.Note };

    private static async Task<DomainException> AlreadyAsync(IWork work, Match match, CancellationToken cancel) =>
        new(Problems.EvidenceMatched, match.CreatedBy is { } by ? await work.Access.NameOfAsync(by, cancel) ?? "—" : "—", match.CreatedAt);
}
