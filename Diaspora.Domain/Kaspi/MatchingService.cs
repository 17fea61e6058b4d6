using Diaspora.Domain.Dues;
using Diaspora.Domain.Export;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Kaspi;

/// <summary>Looks at evidence that waits, and does with it what its source is trusted to: the background task's verb.</summary>
public sealed class MatchingService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>Who acts in the log.</summary>
    public const string Name = "evidence";

    /// <summary>How many pieces are looked at in one round.</summary>
    private const int Most = 5000;

    /// <summary>How many pieces are written in one commit.</summary>
    private const int AtOnce = 500;

    /// <summary>How far back money that was confirmed may still be proved.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(100);

    /// <summary>Compares all that waits with all that is claimed and owed; writes down what it thinks, and confirms what it is sure of and trusted with.</summary>
    /// <returns>How many pieces were matched.</returns>
    public async Task<int> LookAsync(CancellationToken cancel = default)
    {
        if (!await store.ReadAsync(work => work.Kaspi.AnyOpenAsync(cancel), cancel))
        {
            return 0;
        }

        var matched = 0;
        var open = await store.ReadAsync(work => work.Kaspi.OpenAsync(Most, cancel), cancel);
        foreach (var source in open.GroupBy(evidence => evidence.Facts.Source))
        {
            matched += await LookAsync(source.Key, [.. source], cancel);
        }

        return matched;
    }

    private async Task<int> LookAsync(EvidenceSource source, IReadOnlyList<OpenEvidence> open, CancellationToken cancel)
    {
        var (book, level) = await store.ReadAsync(async work => (await BookAsync(work, source, cancel), (await work.Evidence.TrustAsync(source, Now, cancel)).Level), cancel);
        EvidenceFacts[] facts = [.. open.Select(evidence => evidence.Facts)];
        var verdicts = MatchRound.Look(book, facts);

        // What it would have confirmed if nobody had decided yet: a cashier's press must not show it the way.
        var blind = level == TrustLevel.Shadow ? MatchRound.Look(book with { Claims = [.. book.Claims.Select(claim => claim with { IsConfirmed = false })] }, facts) : null;
        var confirmed = book.Claims.Where(claim => claim.IsConfirmed).Select(claim => (Guid?)claim.IntentId).ToHashSet();
        var looked = open.Select((evidence, place) => new Looked(evidence, verdicts[place], IsSure(verdicts[place], evidence), Foreseen(evidence, blind?[place]))).ToList();
        await NoteAsync([.. looked.Select(NoteOf).OfType<GuessNote>()], confirmed, cancel);
        var matched = 0;
        foreach (var (evidence, verdict, _, _) in looked.Where(look => look.IsSure))
        {
            var isKnown = confirmed.Contains(verdict.First!.IntentId);
            if (isKnown || level == TrustLevel.Automatic)
            {
                matched += await MatchAsync(evidence.Id, verdict.First, isKnown, cancel);
            }
        }

        return matched;
    }

    /// <summary>What somebody took back it does not try again.</summary>
    private static bool IsSure(MatchVerdict verdict, OpenEvidence evidence) => verdict is { IsSure: true, First: not null } && !evidence.WasUndone;

    private static MatchGuess? Foreseen(OpenEvidence evidence, MatchVerdict? blind) => evidence.Shadow == ShadowOutcome.None && blind is not null && IsSure(blind, evidence) ? blind.First : null;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>What is to be written of a piece; nothing where it thinks as it did before.</summary>
    private static GuessNote? NoteOf(Looked look)
    {
        List<StoredGuess> guesses =
        [
            .. look.Verdict.Guesses.Select((guess, place) => new StoredGuess(guess.IntentId, guess.MemberId, guess.Rank, place == 0 && look.IsSure, MatchJson.Write(guess.Reasons), guess.IntentId is null ? EvidenceGuess.Written(MonthsOf(guess)) : null)),
        ];
        return look.Foreseen is null && guesses.SequenceEqual(look.Evidence.Guesses) ? null : new GuessNote(look.Evidence.Id, look.Evidence.Guesses, guesses, look.Foreseen);
    }

    /// <summary>A thousand lines of a new statement are a few commits, so that nobody waits long between them.</summary>
    /// <param name="confirmed">The intents that people have confirmed already: they agree with what would have been.</param>
    private async Task NoteAsync(IReadOnlyList<GuessNote> notes, IReadOnlySet<Guid?> confirmed, CancellationToken cancel)
    {
        foreach (var some in notes.Chunk(AtOnce))
        {
            await store.WriteAsync(async work =>
            {
                var waiting = (await work.Kaspi.WaitingAmongAsync([.. some.Select(note => note.EvidenceId)], cancel)).ToDictionary(evidence => evidence.Id);
                var now = Now;
                foreach (var (id, _, _, foreseen) in some.Where(note => note.Foreseen is not null && waiting.ContainsKey(note.EvidenceId)))
                {
                    waiting[id].Foresee(foreseen!.IntentId, foreseen.MemberId, now);
                    if (confirmed.Contains(foreseen.IntentId))
                    {
                        waiting[id].Compare(agreed: true, now);
                    }
                }

                await work.Kaspi.ReplaceGuessesAsync(
                    waiting.Keys,
                    [.. some.Where(note => waiting.ContainsKey(note.EvidenceId)).SelectMany(note => note.Guesses.Select((guess, place) =>
                        new EvidenceGuess(note.EvidenceId, place, guess.IntentId, guess.MemberId, guess.Rank, guess.IsSure, guess.ReasonsJson, guess.Months)))],
                    cancel);
                work.Announce(EvidenceChanged.Of(some.SelectMany(note => note.Before.Concat(note.Guesses)).Select(guess => guess.IntentId).OfType<Guid>()));
                return true;
            }, cancel);
        }
    }

    /// <summary>Whatever has changed since the book was read makes it leave the piece to the next round or to a person.</summary>
    private async Task<int> MatchAsync(Guid evidenceId, MatchGuess guess, bool isKnown, CancellationToken cancel)
    {
        try
        {
            return await store.WriteAsync(async work =>
            {
                await work.Members.HoldAsync([guess.MemberId], cancel);
                var evidence = await work.Evidence.FindAsync(evidenceId, cancel);
                var intent = guess.IntentId is { } id ? await work.Payments.FindAsync(id, cancel) : null;
                if (evidence is not { State: EvidenceState.Open } || guess.IntentId is not null && (intent is null || intent.IsPending == isKnown))
                {
                    return 0;
                }

                var target = new MatchTarget(guess.IntentId, guess.MemberId) { Shown = intent is null ? MonthsOf(guess) : null };
                await new EvidenceBooking(work, Actor.Task(Name), await work.RulesAsync(settings, cancel), Now, cancel).MatchAsync(evidence, target, guess.Rank, guess.Reasons);
                return 1;
            }, cancel);
        }
        catch (DomainException)
        {
            // Somebody was first, and the next round sees what is there.
            return 0;
        }
    }

    private static IReadOnlyList<Period> MonthsOf(MatchGuess guess) => [.. guess.Months.Select(line => line.Period)];

    private async Task<MatchBook> BookAsync(IWork work, EvidenceSource source, CancellationToken cancel)
    {
        var rules = await work.RulesAsync(settings, cancel);
        var now = Now;
        var members = await work.Exports.MembersAsync(await work.Kaspi.MemberIdsAsync(cancel), cancel);
        var claims = await work.Kaspi.ClaimsAsync(source, now - Memory, cancel);
        var (came, missed) = await work.Kaspi.DecidedClaimsAsync(now - Memory, cancel);
        return new MatchBook(
            [.. members.Select(facts => MemberOf(facts, rules, now))],
            [.. claims.Select(claim => new MatchClaim(claim.IntentId, claim.PayerId, claim.Code, claim.Lines, claim.IsConfirmed, Local(rules, claim.CreatedAt), claim.ClaimedAt is { } at ? Local(rules, at) : null, claim.Receipts)
            {
                Received = claim.Received,
            })],
            await work.Kaspi.PayersAsync(cancel))
        {
            Came = came,
            Missed = missed,
        };
    }

    private static MatchMember MemberOf(ExportFacts facts, DuesRules rules, DateTime now)
    {
        var ledger = new Ledger(facts.Ledger, rules, now);
        var open = EvidenceBooking.LinesOf(facts.Member.Id, ledger);
        return new MatchMember(
            facts.Member.Id, facts.Member.Number, facts.Member.FullName, facts.Member.Phone, facts.Ledger.IsBlocked, open, open.Count(line => line.Period <= ledger.Current));
    }

    private static DateTime Local(DuesRules rules, DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), rules.Zone);

    private sealed record Looked(OpenEvidence Evidence, MatchVerdict Verdict, bool IsSure, MatchGuess? Foreseen);

    private sealed record GuessNote(Guid EvidenceId, IReadOnlyList<StoredGuess> Before, IReadOnlyList<StoredGuess> Guesses, MatchGuess? Foreseen);
}
