using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Kaspi;

internal sealed partial class KaspiRepository(DiasporaDbContext context) : IKaspiRepository
{
    public void Add(Statement statement) => context.Statements.Add(statement);

    public Task<Statement?> FindStatementAsync(Guid statementId, CancellationToken cancel = default) => context.Statements.FirstOrDefaultAsync(statement => statement.Id == statementId, cancel);

    public async Task<IReadOnlyList<StatementRow>> StatementsAsync(CancellationToken cancel = default)
    {
        var rows = await context.Statements.OrderByDescending(statement => statement.CreatedAt).Select(statement => new
        {
            statement.Id,
            statement.FileName,
            statement.Format,
            statement.Account,
            statement.From,
            statement.To,
            statement.BookedAt,
            statement.UndoneAt,
            statement.LineCount,
            statement.NewCount,
            statement.IncomingTiyn,
            By = context.Everybody.Where(member => member.Id == statement.CreatedBy).Select(member => member.FullName).FirstOrDefault(),
            statement.CreatedAt,
            Open = context.Evidence.Count(evidence => evidence.StatementId == statement.Id && evidence.State == EvidenceState.Open),
        }).ToListAsync(cancel);
        return rows.ConvertAll(row => new StatementRow(
            row.Id, row.FileName, row.Format, row.Account, row.From, row.To,
            Statement.StateOf(row.BookedAt, row.UndoneAt, row.Format, row.LineCount),
            row.LineCount, row.NewCount, row.IncomingTiyn, row.By, row.CreatedAt, row.Open));
    }

    public async Task<IReadOnlyDictionary<string, Guid>> KnownAsync(IReadOnlyCollection<string> identities, CancellationToken cancel = default) =>
        (await context.Evidence.Where(evidence => evidence.Source == EvidenceSource.Statement && evidence.State != EvidenceState.Withdrawn && EF.Parameter(identities).Contains(evidence.Identity))
            .Select(evidence => new { evidence.Identity, evidence.Id }).ToListAsync(cancel)).ToDictionary(evidence => evidence.Identity, evidence => evidence.Id);

    public void Add(KnownLine line) => context.KnownLines.Add(line);

    public async Task<IReadOnlyDictionary<Guid, KnownLine>> KnownElsewhereAsync(Guid statementId, CancellationToken cancel = default) =>
        (await (from line in context.KnownLines
                join evidence in context.Evidence on line.EvidenceId equals evidence.Id
                join statement in context.Statements on line.StatementId equals statement.Id
                where evidence.StatementId == statementId && line.StatementId != statementId && statement.UndoneAt == null
                orderby statement.BookedAt, statement.Id
                select line).ToListAsync(cancel)).DistinctBy(line => line.EvidenceId).ToDictionary(line => line.EvidenceId);

    public async Task<IReadOnlyList<Evidence>> OfStatementAsync(Guid statementId, CancellationToken cancel = default) =>
        await context.Evidence.Where(evidence => evidence.StatementId == statementId).ToListAsync(cancel);

    public async Task<IReadOnlyList<Evidence>> WithdrawnAsync(IReadOnlyCollection<string> identities, CancellationToken cancel = default) =>
        await context.Evidence.Where(evidence => evidence.Source == EvidenceSource.Statement && evidence.State == EvidenceState.Withdrawn && EF.Parameter(identities).Contains(evidence.Identity))
            .ToListAsync(cancel);

    public Task<bool> AnyOpenAsync(CancellationToken cancel = default) => Waiting.AnyAsync(cancel);

    public async Task<IReadOnlyList<OpenEvidence>> OpenAsync(int most, CancellationToken cancel = default)
    {
        var open = await Waiting.OrderByDescending(evidence => evidence.On).ThenByDescending(evidence => evidence.At).ThenByDescending(evidence => evidence.Id).Take(most)
            .Select(evidence => new { Evidence = evidence, WasUndone = context.Matches.Any(match => match.EvidenceId == evidence.Id) }).ToListAsync(cancel);
        open.Reverse();
        var ids = open.ConvertAll(row => row.Evidence.Id);
        var guesses = (await context.Guesses.Where(guess => EF.Parameter(ids).Contains(guess.EvidenceId)).OrderBy(guess => guess.Place).ToListAsync(cancel)).ToLookup(guess => guess.EvidenceId);
        return open.ConvertAll(row => new OpenEvidence(
            row.Evidence.Id,
            new EvidenceFacts(row.Evidence.Source, row.Evidence.On, row.Evidence.At, row.Evidence.Tiyn, row.Evidence.Payer, row.Evidence.Message, row.Evidence.Operation),
            row.Evidence.Shadow,
            row.WasUndone,
            [.. guesses[row.Evidence.Id].Select(guess => new StoredGuess(guess.IntentId, guess.MemberId, guess.Rank, guess.IsSure, guess.ReasonsJson, guess.Months))]));
    }

    public async Task<IReadOnlyList<Guid>> MemberIdsAsync(CancellationToken cancel = default) =>
        await context.Members.Where(member => member.JoinedOn != null).Select(member => member.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<ClaimFacts>> ClaimsAsync(EvidenceSource source, DateTime utc, CancellationToken cancel = default)
    {
        // What an import took over says nothing of the day the money came, so no line can prove it.
        var intents = await context.Intents.Include(intent => intent.Payments).AsSplitQuery()
            .Where(intent => intent.Payments.Any(payment => payment.Status == PaymentStatus.Pending)
                || (intent.UpdatedAt > utc && (intent.RecordedBy == null || intent.ReceivedOn != null) && intent.Payments.Any(payment => payment.Status == PaymentStatus.Confirmed)
                    && !context.Matches.Any(match => match.IntentId == intent.Id && match.Source == source && match.UndoneAt == null)))
            .ToListAsync(cancel);
        var receipts = (await context.ReceiptReadings
            .Join(context.Evidence, reading => reading.EvidenceId, evidence => evidence.Id, (reading, evidence) => new { reading.ReceiptId, evidence.Operation })
            .Join(context.Receipts, reading => reading.ReceiptId, receipt => receipt.Id, (reading, receipt) => new { receipt.IntentId, reading.Operation })
            .Where(reading => reading.Operation != null && context.Payments.Any(payment => payment.IntentId == reading.IntentId && payment.UpdatedAt > utc))
            .ToListAsync(cancel)).ToLookup(reading => reading.IntentId, reading => reading.Operation!);
        return intents.ConvertAll(intent =>
        {
            var isConfirmed = !intent.IsPending;
            var wanted = isConfirmed ? PaymentStatus.Confirmed : PaymentStatus.Pending;
            return new ClaimFacts(
                intent.Id, intent.PayerId, intent.Code,
                [.. intent.Payments.Where(payment => payment.Status == wanted).OrderBy(payment => payment.Period).Select(payment => new IntentLine(payment.MemberId, payment.Period, payment.Amount))],
                isConfirmed, intent.CreatedAt, intent.ClaimedAt, [.. receipts[intent.Id]], isConfirmed ? intent.Received : null);
        });
    }

    public async Task<(int Came, int Missed)> DecidedClaimsAsync(DateTime utc, CancellationToken cancel = default)
    {
        var decided = context.Intents.Where(intent => intent.ClaimedAt > utc && intent.RecordedBy == null && intent.Payments.Any() && intent.Payments.All(payment => payment.Status != PaymentStatus.Pending));
        return (await decided.CountAsync(intent => intent.Payments.Any(payment => payment.Status != PaymentStatus.Rejected || payment.Reason == Reasons.KeptAsCredit), cancel),
            await decided.CountAsync(intent => intent.Payments.All(payment => payment.Status == PaymentStatus.Rejected && payment.Reason != Reasons.KeptAsCredit), cancel));
    }

    public async Task<IReadOnlyList<PayerHistory>> PayersAsync(CancellationToken cancel = default) =>
        await (from match in context.Matches.Where(match => match.UndoneAt == null)
               join evidence in context.Evidence on match.EvidenceId equals evidence.Id
               join payment in context.Payments on match.IntentId equals payment.IntentId
               where payment.Status == PaymentStatus.Confirmed && evidence.PayerKey != ""
               group match by new { evidence.PayerKey, payment.MemberId } into times
               select new PayerHistory(times.Key.PayerKey, times.Key.MemberId, times.Select(match => match.Id).Distinct().Count())).ToListAsync(cancel);

    public async Task ReplaceGuessesAsync(IReadOnlyCollection<Guid> evidenceIds, IReadOnlyList<EvidenceGuess> guesses, CancellationToken cancel = default)
    {
        await context.Guesses.Where(guess => EF.Parameter(evidenceIds).Contains(guess.EvidenceId)).ExecuteDeleteAsync(cancel);
        context.Guesses.AddRange(guesses);
    }

    public async Task<IReadOnlyList<Evidence>> WaitingAmongAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel = default) =>
        await Waiting.Where(evidence => EF.Parameter(ids).Contains(evidence.Id)).ToListAsync(cancel);

    public Task<int> ForgetRawAsync(DateTime utc, CancellationToken cancel = default) =>
        context.Evidence.Where(evidence => evidence.CreatedAt < utc && evidence.Raw != "").ExecuteUpdateAsync(evidence => evidence.SetProperty(one => one.Raw, ""), cancel);

    public async Task<IReadOnlyList<Guid>> MatchesAtAsync(Guid by, DateTime at, CancellationToken cancel = default) =>
        await context.Matches.Where(match => match.CreatedAt == at && match.CreatedBy == by && match.UndoneAt == null).Select(match => match.Id).ToListAsync(cancel);

    /// <summary>Money that nobody has decided on.</summary>
    private IQueryable<Evidence> Waiting => context.Evidence.Where(evidence => evidence.State == EvidenceState.Open && evidence.Source != EvidenceSource.Receipt);
}
