using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Diaspora.Domain.Access;
using Diaspora.Domain.Payments;

namespace Diaspora.Domain.Kaspi;

/// <summary>Tables that nobody knows: kept until a cashier has named their columns; what was named is remembered by the head.</summary>
public sealed class StatementTableService(IStore store, TimeProvider clock)
{
    /// <summary>What was said of a table with this head; nothing where none was seen yet.</summary>
    public Task<TableColumns?> ColumnsAsync(Actor actor, string head, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            return await work.Kaspi.FindTableMapAsync(HashOf(head), cancel) is { } map ? JsonSerializer.Deserialize<TableColumns>(map.ColumnsJson) : null;
        }, cancel);

    /// <summary>Keeps a table whose columns have to be named. Its file lies in the storage already; if it is refused, the caller removes it.</summary>
    /// <returns>The statement's id.</returns>
    public Task<Guid> StageAsync(Actor actor, string fileName, string storedName, string sha256, UnnamedTable table, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var statement = new Statement(fileName, storedName, sha256, table, cashier.Id, Now);
            work.Kaspi.Add(statement);
            Record(work, actor, statement);
            return statement.Id;
        }, cancel);

    /// <summary>The table as it waits for its columns, and its file.</summary>
    /// <exception cref="DomainException">There is none, or it is named already.</exception>
    public Task<(UnnamedTable Table, string StoredName)> TableAsync(Actor actor, Guid statementId, CancellationToken cancel = default) =>
        store.ReadAsync(async work =>
        {
            await work.RequireAsync(actor, Permission.Cashier, cancel);
            var statement = await work.Kaspi.FindStatementAsync(statementId, cancel);
            return statement?.Unnamed is { } table ? (table, statement.StoredName) : throw new DomainException(Problems.NotFound);
        }, cancel);

    /// <summary>Takes the table as it was read by the columns that were named, and remembers them.</summary>
    /// <exception cref="DomainException">There is no such table.</exception>
    public Task NameAsync(Actor actor, Guid statementId, TableColumns columns, ReadStatement read, CancellationToken cancel = default) =>
        store.WriteAsync(async work =>
        {
            var cashier = await work.RequireAsync(actor, Permission.Cashier, cancel);
            var statement = await work.Kaspi.FindStatementAsync(statementId, cancel) ?? throw new DomainException(Problems.NotFound);
            if (statement.Unnamed is not { } table)
            {
                // The same form sent twice.
                return true;
            }

            if (table.Head.Length > 0)
            {
                var json = JsonSerializer.Serialize(columns);
                if (await work.Kaspi.FindTableMapAsync(HashOf(table.Head), cancel) is { } map)
                {
                    map.Say(json, cashier.Id, Now);
                }
                else
                {
                    work.Kaspi.Add(new TableMap(HashOf(table.Head), json, cashier.Id, Now));
                }
            }

            statement.Name(read);
            Record(work, actor, statement);
            return true;
        }, cancel);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static string HashOf(string head) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(head)));

    private void Record(IWork work, Actor actor, Statement statement)
    {
        work.Audit.Add(new AuditEntry(actor, AuditAction.StatementStaged, nameof(Statement), statement.Id, null, null, StatementService.Snapshot(statement), Now));
        work.Announce(EvidenceChanged.Of([]));
    }
}
