using System.Diagnostics.CodeAnalysis;
using Diaspora.Data.Accounts;
using Diaspora.Data.Audit;
using Diaspora.Data.Members;
using Diaspora.Data.Members.Import;
using Diaspora.Data.Notifications;
using Diaspora.Data.Payments;
using Diaspora.Data.Settings;
using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data;

/// <summary>Makes a context that belongs to one unit of work.</summary>
public interface IContextFactory
{
    DiasporaDbContext Create();

    /// <summary>SQLite has one writer at a time anyway. Queueing in the process is cheaper than colliding in the file.</summary>
    bool OneWriterAtATime { get; }
}

internal sealed class ContextFactory<TContext>(IDbContextFactory<TContext> factory) : IContextFactory where TContext : DiasporaDbContext
{
    public bool OneWriterAtATime => typeof(TContext) == typeof(SqliteDiasporaDbContext);

    public DiasporaDbContext Create()
    {
        var context = factory.CreateDbContext();

        // The context comes from a pool. What an earlier unit of work touched is not ours.
        context.Touched.Clear();
        context.Held.Begin(isOn: false);
        return context;
    }
}

[SuppressMessage("Design", "CA1001", Justification = "The turn of writers holds nothing of the system's, and when the portal closes a last verb may still be on its way.")]
internal sealed class Store(IContextFactory contexts, AccountManagers accounts, IChangeFeed feed, CurrentSettings settings, OutboxRules outbox, StorageState state, DatabaseOptions options, TimeProvider clock) : IStore
{
    private const int Attempts = 4;

    /// <summary>What a try writes, and takes back. Some pages, because a row may find its place in a page that is there.</summary>
    private const string Trial = """CREATE TABLE "Trial" ("Filler" BLOB); INSERT INTO "Trial" VALUES (zeroblob(65536));""";
    private const string ServerTrial = """CREATE TABLE "Trial" ("Filler" varbinary(max)); INSERT INTO "Trial" VALUES (CONVERT(varbinary(max), REPLICATE(CONVERT(varchar(max), 'x'), 65536)));""";

    private readonly SemaphoreSlim _writer = new(1, 1);

    public async Task<T> ReadAsync<T>(Func<IWork, Task<T>> read, CancellationToken cancel = default)
    {
        try
        {
            await using var context = contexts.Create();
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            return await read(new Work(context, accounts));
        }
        catch (Exception fault) when (fault is not OperationCanceledException && state.Blames(fault))
        {
            throw new DomainException(Problems.NotRead);
        }
    }

    public async Task<T> WriteAsync<T>(Func<IWork, Task<T>> write, CancellationToken cancel = default)
    {
        HashSet<Guid> known = [];
        var begun = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (result, changes) = await OnceAsync(write, known, begun, cancel);
                state.Worked();
                changes.ForEach(feed.Publish);
                return result;
            }
            catch (DbUpdateException race) when (IsLostRace(race))
            {
                // Somebody was faster. The verb runs again on what is there now and gives the answer that fits.
                if (attempt == Attempts)
                {
                    throw new DomainException(Problems.ChangedMeanwhile);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException && state.Blames(fault))
            {
                throw new DomainException(Problems.NotWritten);
            }
        }
    }

    /// <summary>Tries whether something can be written, and leaves nothing behind.</summary>
    /// <returns>Whether it was tried: nobody needs to while somebody writes.</returns>
    public async Task<bool> TryAsync(CancellationToken cancel)
    {
        if (!await _writer.WaitAsync(contexts.OneWriterAtATime ? TimeSpan.FromSeconds(1) : TimeSpan.Zero, cancel))
        {
            return false;
        }

        try
        {
            await using var context = contexts.Create();
            await context.Database.CreateExecutionStrategy().ExecuteAsync(cancel, async token =>
            {
                await using var transaction = await context.Database.BeginTransactionAsync(token);
                await context.Database.ExecuteSqlRawAsync(context.Database.IsSqlite() ? Trial : ServerTrial, token);
            });
            return true;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <param name="begun">When the verb came: however often it is tried, it does not begin later than it may.</param>
    private async Task<(T Result, List<Change> Changes)> OnceAsync<T>(Func<IWork, Task<T>> write, HashSet<Guid> known, long begun, CancellationToken cancel)
    {
        if (!contexts.OneWriterAtATime)
        {
            await using var strategyContext = contexts.Create();
            return await strategyContext.Database.CreateExecutionStrategy().ExecuteAsync(
                new SentCommit<(T, List<Change>)>(),
                (_, sent, token) => clock.GetElapsedTime(begun) > DatabaseOptions.VerbPatience ? throw new DomainException(Problems.NotWritten) : CommitAsync(write, known, sent, token),
                (_, sent, token) => sent.VerifyAsync(contexts, token),
                cancel);
        }

        var patience = options.TurnPatience - clock.GetElapsedTime(begun);
        if (!await _writer.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, cancel))
        {
            throw new DomainException(Problems.NotWritten);
        }

        try
        {
            return await CommitAsync(write, known, new SentCommit<(T, List<Change>)>(), cancel);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <param name="known">Whose months an earlier attempt turned out to work on; and after this one, whose it did.</param>
    /// <param name="sent">Told what is about to be committed.</param>
    private async Task<(T Result, List<Change> Changes)> CommitAsync<T>(Func<IWork, Task<T>> write, HashSet<Guid> known, SentCommit<(T, List<Change>)> sent, CancellationToken cancel)
    {
        sent.Begin();
        await using var context = contexts.Create();

        // BEGIN IMMEDIATE on SQLite: what the verb reads cannot change before it writes. On SQL Server a verb holds the members instead.
        await using var transaction = await context.Database.BeginTransactionAsync(cancel);
        context.Held.Begin(isOn: !contexts.OneWriterAtATime);
        try
        {
            await context.Held.AddAsync(known, cancel);
            var work = new Work(context, accounts);
            var result = await write(work);
            await context.SaveChangesAsync(cancel);
            context.Held.RequireAll();
            if (context.Touched.Count > 0)
            {
                await work.Listings.RefreshAsync([.. context.Touched], settings.Value, clock.GetUtcNow().UtcDateTime, cancel);
            }

            if (work.Told is { } told && await told.FillAsync(outbox, clock.GetUtcNow().UtcDateTime, cancel))
            {
                work.Announce(new OutboxFilled());
                await context.SaveChangesAsync(cancel);
            }

            await work.AuditRepository.SaveAsync(cancel);
            sent.Note(work.AuditRepository.Last, (result, work.Changes));
            await transaction.CommitAsync(cancel);
            return (result, work.Changes);
        }
        finally
        {
            known.UnionWith(context.Held.Known);
        }
    }

    /// <summary>Whether another writer took a key or moved a version on. Only then does running again help.</summary>
    private static bool IsLostRace(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException
        || exception.InnerException is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 } or SqlException { Number: 2601 or 2627 };

    private sealed class Work(DiasporaDbContext context, AccountManagers accounts) : IWork
    {
        private readonly Dictionary<Type, object> _made = [];

        public List<Change> Changes { get; } = [];

        public AuditRepository AuditRepository { get; } = new(context);

        public IAuditRepository Audit => AuditRepository;

        /// <summary>Missing where the verb told nobody of anything.</summary>
        public OutboxRepository? Told => _made.GetValueOrDefault(typeof(IOutboxRepository)) as OutboxRepository;

        public TRepository Repository<TRepository>() where TRepository : class
        {
            if (!_made.TryGetValue(typeof(TRepository), out var repository))
            {
                _made[typeof(TRepository)] = repository = Repositories.Make(typeof(TRepository), context, accounts, this);
            }

            return (TRepository)repository;
        }

        public void Announce(Change change) => Changes.Add(change);
    }
}
