using Diaspora.Domain.Access;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>Takes in bank statements: staged, looked at, booked as evidence, taken back.</summary>
public sealed class StatementService(IStore store, IReceiptFiles files, TimeProvider clock)
{
    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<StatementRow>> ListAsync(Actor actor, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await work.Kaspi.StatementsAsync(cancel);
        }, cancel);

    /// <summary>Keeps a statement that was read, to be looked at. Its file lies in the storage already; if it is refused, the caller removes it.</summary>
    /// <returns>Its id.</returns>
    public Task<Guid> StageAsync(Actor actor, string fileName, string storedName, string sha256, ReadStatement read, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var statement = new Statement(fileName, storedName, sha256, read, cashier.Id, Now);
            work.Kaspi.Add(statement);
            Record(work, actor, AuditAction.StatementStaged, statement, null, Snapshot(statement));
            work.Announce(EvidenceChanged.Of([]));
            return statement.Id;
        }, cancel);

    /// <exception cref="DomainException">Not found.</exception>
    public Task<StatementDetails> StatementAsync(Actor actor, Guid statementId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var statement = await FindAsync(work, statementId, cancel);
            var lines = statement.Lines;
            var identities = IdentitiesOf(statement, lines);
            var known = await work.Kaspi.KnownAsync(identities, cancel);
            return new StatementDetails(
                statement.Id, statement.FileName, statement.StoredName, statement.Format, statement.Account, statement.From, statement.To, statement.State, statement.LineCount, statement.NotOursCount,
                statement.IncomingTiyn, statement.StatedIncomingTiyn, lines.Where((line, index) => line.Kind == LineKind.Incoming && known.ContainsKey(identities[index])).Count(),
                [.. lines.Where((line, index) => line.Kind == LineKind.Incoming && !known.ContainsKey(identities[index]))], [.. lines.Where(line => line.Kind == LineKind.Refund)], statement.NewCount);
        }, cancel);

    /// <summary>Makes evidence of the lines that are new. The second press changes nothing.</summary>
    /// <returns>How many were new.</returns>
    /// <exception cref="DomainException">It was undone.</exception>
    public Task<int> BookAsync(Actor actor, Guid statementId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var statement = await FindAsync(work, statementId, cancel);
            if (statement.State == StatementState.Booked)
            {
                return statement.NewCount;
            }

            var now = Now;
            var lines = statement.Lines;
            var identities = IdentitiesOf(statement, lines);
            var known = await work.Kaspi.KnownAsync(identities, cancel);
            var withdrawn = (await work.Kaspi.WithdrawnAsync(identities, cancel)).ToDictionary(evidence => evidence.Identity);
            var added = 0;
            for (var index = 0; index < lines.Count; index++)
            {
                if (lines[index] is not { Kind: LineKind.Incoming } line)
                {
                    continue;
                }

                if (known.TryGetValue(identities[index], out var there))
                {
                    work.Kaspi.Add(new KnownLine(statement.Id, there, line.Number));
                    continue;
                }

                added++;
                if (withdrawn.TryGetValue(identities[index], out var again))
                {
                    again.Return(statement.Id, line.Number, now);
                }
                else
                {
                    work.Evidence.Add(new Evidence(EvidenceSource.Statement, identities[index], line.On, line.At, line.Tiyn, now)
                    {
                        StatementId = statement.Id,
                        Line = line.Number,
                        Payer = line.Payer,
                        Message = line.Message,
                        Operation = line.Operation,
                        Raw = line.Raw,
                    });
                }
            }

            statement.Book(added, cashier.Id, now);
            Record(work, actor, AuditAction.StatementBooked, statement, null, new { statement.FileName, newLines = added });
            work.Announce(EvidenceChanged.Of(await work.Evidence.GuessedAsync([.. withdrawn.Values.Select(piece => piece.Id)], cancel), lines.Select(line => Period.Of(line.On))));
            return added;
        }, cancel);

    /// <summary>Takes back a statement of which nothing was matched: its lines count no more. Those that another statement has too stay as that one's.</summary>
    /// <exception cref="DomainException">Lines that it alone has are matched: the sentence says how many.</exception>
    public Task UndoAsync(Actor actor, Guid statementId, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var statement = await FindAsync(work, statementId, cancel);
            if (statement.State == StatementState.Undone)
            {
                return true;
            }

            var evidence = await work.Kaspi.OfStatementAsync(statementId, cancel);
            var elsewhere = await work.Kaspi.KnownElsewhereAsync(statementId, cancel);
            if (evidence.Count(piece => piece.State == EvidenceState.Matched && !elsewhere.ContainsKey(piece.Id)) is > 0 and var used)
            {
                throw new DomainException(Problems.StatementUsed, used);
            }

            var now = Now;
            statement.Undo(cashier.Id, now);
            foreach (var piece in evidence.Where(piece => piece.State != EvidenceState.Withdrawn && !elsewhere.ContainsKey(piece.Id)))
            {
                piece.Withdraw(cashier.Id, now);
            }

            foreach (var lines in evidence.Select(piece => (Piece: piece, Line: elsewhere.GetValueOrDefault(piece.Id))).Where(known => known.Line is not null).GroupBy(known => known.Line!.StatementId))
            {
                (await FindAsync(work, lines.Key, cancel)).Gain(lines.Count());
                foreach (var (piece, line) in lines)
                {
                    piece.HandTo(lines.Key, line!.Line, now);
                }
            }

            Record(work, actor, AuditAction.StatementUndone, statement, new { statement.FileName, lines = evidence.Count }, new { statement.State, handedOn = elsewhere.Count });
            work.Announce(EvidenceChanged.Of(await work.Evidence.GuessedAsync([.. evidence.Select(piece => piece.Id)], cancel), evidence.Select(piece => piece.Month)));
            return true;
        }, cancel);

    /// <summary>The file as it was handed in.</summary>
    /// <exception cref="DomainException">Not found.</exception>
    /// <exception cref="FileNotFoundException">The file is gone.</exception>
    public async Task<(Stream Content, string FileName)> FileAsync(Actor actor, Guid statementId, CancellationToken cancel = default)
    {
        var statement = await StatementAsync(actor, statementId, cancel);
        return (files.Open(statement.StoredName), statement.FileName);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static IReadOnlyList<string> IdentitiesOf(Statement statement, IReadOnlyList<StatementLine> lines) =>
        [.. StatementIdentity.Of(statement.Format, statement.Account, lines).Select(Evidence.IdentityOf)];

    private static async Task<Statement> FindAsync(IWork work, Guid statementId, CancellationToken cancel) =>
        await work.Kaspi.FindStatementAsync(statementId, cancel) ?? throw new DomainException(Problems.NotFound);

    internal static object Snapshot(Statement statement) =>
        new { statement.FileName, statement.Format, statement.From, statement.To, lines = statement.LineCount, incoming = statement.IncomingTiyn / 100, statement.Sha256 };

    private static void Record(IWork work, Actor actor, AuditAction action, Statement statement, object? before, object? after) =>
        work.Audit.Add(new AuditEntry(actor, action, nameof(Statement), statement.Id, null, before, after, statement.UndoneAt ?? statement.BookedAt ?? statement.CreatedAt));
}
