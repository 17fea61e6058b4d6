using System.Globalization;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Kaspi;

/// <summary>Evidence as lists show it.</summary>
internal sealed partial class KaspiRepository
{
    public async Task<EvidencePage> PageAsync(EvidenceFilter filter, CancellationToken cancel = default)
    {
        var found = Found(filter);
        var counts = await CountsAsync(found, cancel);
        var shown = filter.Show switch
        {
            EvidenceShow.Sure => counts.Sure,
            EvidenceShow.Several => counts.Several,
            EvidenceShow.Nobody => counts.Nobody,
            EvidenceShow.Matched => counts.Matched,
            EvidenceShow.NotDues => counts.NotDues,
            _ => counts.All,
        };
        var rows = await RowsAsync(InOrder(Shown(found, filter.Show)).Skip((filter.Number - 1) * EvidenceFilter.Size).Take(EvidenceFilter.Size), cancel);
        return new EvidencePage(new Page<EvidenceRow>(rows, shown, filter.Number, EvidenceFilter.Size), counts);
    }

    public async Task<IReadOnlyList<EvidenceRow>> HintsAsync(Guid intentId, CancellationToken cancel = default)
    {
        var rows = await RowsAsync(context.Evidence.Where(evidence =>
            (evidence.State == EvidenceState.Open && context.Guesses.Any(guess => guess.EvidenceId == evidence.Id && guess.IntentId == intentId))
            || (evidence.State == EvidenceState.Matched && context.Matches.Any(match => match.EvidenceId == evidence.Id && match.IntentId == intentId && match.UndoneAt == null))), cancel);
        return [.. rows.OrderByDescending(row => row.Match is not null).ThenByDescending(row => row.Guesses.FirstOrDefault(guess => guess.IntentId == intentId)?.Rank ?? 0)];
    }

    public async Task<EvidenceRow?> RowAsync(Guid evidenceId, CancellationToken cancel = default) => (await RowsAsync(context.Evidence.Where(evidence => evidence.Id == evidenceId), cancel)).SingleOrDefault();

    public async Task<IReadOnlyList<EvidenceRow>> SureAsync(Guid? statementId, CancellationToken cancel = default) =>
        await RowsAsync(InOrder(Shown(Found(new EvidenceFilter(statementId)), EvidenceShow.Sure)), cancel);

    private IQueryable<Evidence> Found(EvidenceFilter filter)
    {
        var found = context.Evidence.Where(evidence => evidence.Source != EvidenceSource.Receipt && evidence.State != EvidenceState.Withdrawn);
        if (filter.StatementId is { } statement)
        {
            found = found.Where(evidence => evidence.StatementId == statement);
        }

        if (filter.Search is { } text)
        {
            var key = Domain.Members.NameSkeleton.Sought(text);
            var digits = text.Replace(" ", "", StringComparison.Ordinal);
            var tiyn = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var tenge) && tenge < 1_000_000_000 ? tenge * 100 : -1;
            found = found.Where(evidence => (key != "" && evidence.PayerKey.Contains(key)) || evidence.Message.Contains(text) || evidence.Tiyn == tiyn);
        }

        return found;
    }

    private IQueryable<Evidence> Shown(IQueryable<Evidence> found, EvidenceShow show) => show switch
    {
        EvidenceShow.Sure => found.Where(evidence => evidence.State == EvidenceState.Open && context.Guesses.Any(guess => guess.EvidenceId == evidence.Id && guess.IsSure)),
        EvidenceShow.Several => found.Where(evidence => evidence.State == EvidenceState.Open && context.Guesses.Any(guess => guess.EvidenceId == evidence.Id)
            && !context.Guesses.Any(guess => guess.EvidenceId == evidence.Id && guess.IsSure)),
        EvidenceShow.Nobody => found.Where(evidence => evidence.State == EvidenceState.Open && !context.Guesses.Any(guess => guess.EvidenceId == evidence.Id)),
        EvidenceShow.Matched => found.Where(evidence => evidence.State == EvidenceState.Matched),
        EvidenceShow.NotDues => found.Where(evidence => evidence.State == EvidenceState.NotDues),
        _ => found,
    };

    private static IQueryable<Evidence> InOrder(IQueryable<Evidence> evidence) =>
        evidence.OrderByDescending(piece => piece.On).ThenByDescending(piece => piece.At).ThenBy(piece => piece.Line).ThenBy(piece => piece.Id);

    private async Task<EvidenceCounts> CountsAsync(IQueryable<Evidence> found, CancellationToken cancel)
    {
        var states = await found.GroupBy(evidence => evidence.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        var sure = await Shown(found, EvidenceShow.Sure).CountAsync(cancel);
        var several = await Shown(found, EvidenceShow.Several).CountAsync(cancel);
        return new EvidenceCounts(
            sure, several, states.GetValueOrDefault(EvidenceState.Open) - sure - several, states.GetValueOrDefault(EvidenceState.Matched), states.GetValueOrDefault(EvidenceState.NotDues));
    }

    /// <summary>Each table by itself: a screen has some fifty pieces, each with a few guesses.</summary>
    private async Task<IReadOnlyList<EvidenceRow>> RowsAsync(IQueryable<Evidence> evidence, CancellationToken cancel)
    {
        var pieces = await evidence.ToListAsync(cancel);
        var ids = pieces.ConvertAll(piece => piece.Id);
        var guesses = await context.Guesses.Where(guess => EF.Parameter(ids).Contains(guess.EvidenceId)).OrderBy(guess => guess.Place).ToListAsync(cancel);
        var matches = await context.Matches.Where(match => EF.Parameter(ids).Contains(match.EvidenceId) && match.UndoneAt == null)
            .Select(match => new { Match = match, By = context.Everybody.Where(member => member.Id == match.CreatedBy).Select(member => member.FullName).FirstOrDefault() }).ToListAsync(cancel);
        List<Guid> intentIds = [.. guesses.Where(guess => guess.IntentId is not null).Select(guess => guess.IntentId!.Value).Concat(matches.Select(row => row.Match.IntentId)).Distinct()];
        var intents = await context.Intents.Include(intent => intent.Payments).Where(intent => EF.Parameter(intentIds).Contains(intent.Id)).ToDictionaryAsync(intent => intent.Id, cancel);
        List<Guid> memberIds = [.. guesses.Select(guess => guess.MemberId).Concat(intents.Values.Select(intent => intent.PayerId)).Concat(pieces.Select(piece => piece.MemberId).OfType<Guid>()).Distinct()];
        var members = await context.Everybody.Where(member => EF.Parameter(memberIds).Contains(member.Id)).Select(member => new { member.Id, member.Number, member.FullName })
            .ToDictionaryAsync(member => member.Id, cancel);
        var left = await context.Credits.Where(credit => EF.Parameter(intentIds).Contains(credit.IntentId) && credit.Status != CreditStatus.Voided)
            .GroupBy(credit => credit.IntentId).Select(group => new { group.Key, Credits = group.Select(credit => credit.Amount).ToList() }).ToDictionaryAsync(group => group.Key, group => Money.Sum(group.Credits), cancel);
        var guessesOf = guesses.ToLookup(guess => guess.EvidenceId);
        var matchOf = matches.ToDictionary(row => row.Match.EvidenceId);
        return pieces.ConvertAll(piece => new EvidenceRow(
            piece.Id, piece.Source, piece.StatementId, piece.Line, piece.On, piece.At, piece.Tiyn, piece.Payer, piece.Message, piece.Operation, piece.State, piece.Note,
            piece.State == EvidenceState.Open ? [.. guessesOf[piece.Id].Where(guess => members.ContainsKey(guess.MemberId)).Select(ToRow)] : [],
            matchOf.TryGetValue(piece.Id, out var found) ? ToMatch(found.Match, found.By) : null)
        {
            MemberName = piece.MemberId is { } id ? members.GetValueOrDefault(id)?.FullName : null,
        });

        GuessRow ToRow(EvidenceGuess guess)
        {
            var intent = guess.IntentId is { } id ? intents.GetValueOrDefault(id) : null;
            var shown = intent?.Payments.Where(payment => payment.Status == (intent.IsPending ? PaymentStatus.Pending : PaymentStatus.Confirmed)).OrderBy(payment => payment.Period).ToList() ?? [];
            var member = members[guess.MemberId];
            return new GuessRow(
                guess.IntentId, intent?.Code, member.Id, member.Number.Value, member.FullName, guess.Rank, guess.IsSure, MatchJson.Read(guess.ReasonsJson), [.. shown.Select(payment => payment.Period)],
                Money.Sum(shown.Select(payment => payment.Amount)), intent is { IsPending: false })
            {
                Shown = intent is not null ? [.. shown.Select(payment => payment.Period)] : guess.Months is { } months ? EvidenceGuess.Read(months) : null,
            };
        }

        MatchRow ToMatch(Match match, string? by)
        {
            var intent = intents[match.IntentId];
            var member = members[intent.PayerId];
            return new MatchRow(match.Id, intent.Id, intent.Code, member.Id, member.FullName, match.IsBooking, by, match.CreatedAt, MatchJson.Read(match.ReasonsJson))
            {
                Periods = [.. intent.Payments.Where(payment => payment.Status == PaymentStatus.Confirmed).Select(payment => payment.Period).Order()],
                Left = left.GetValueOrDefault(intent.Id),
            };
        }
    }
}
