using System.Collections.Concurrent;
using System.Data.Common;
using Diaspora.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Diaspora.Tests.Storage;

/// <summary>When the connection breaks: before the database has committed, or when it has and cannot say so any more.</summary>
public enum Breaks
{
    BeforeTheCommit,
    AfterTheCommit,
}

/// <summary>The same file as over a line that breaks, with a strategy that repeats and asks as the one for SQL Server does.</summary>
internal sealed class BrokenConnections(string folder, bool isPassing) : IContextFactory
{
    private bool IsPassing { get; } = isPassing;

    /// <summary>How the next commits end, one after the other; those after them come through.</summary>
    public ConcurrentQueue<Breaks> Commits { get; } = new();

    /// <summary>How many times the line is still away after that, when somebody begins anew.</summary>
    public int Away { get; set; }

    public int Begun { get; private set; }

    /// <summary>Done after the line broke for the first time, before anybody asks what came of it.</summary>
    public Func<Task>? Broken { get; set; }

    public bool OneWriterAtATime => false;

    public DiasporaDbContext Create()
    {
        var context = new SqliteDiasporaDbContext(new DbContextOptionsBuilder<SqliteDiasporaDbContext>()
            .UseSqlite($"Data Source={Path.Combine(folder, "diaspora.db")};Foreign Keys=True;Pooling=True", sqlite => sqlite.ExecutionStrategy(dependencies => new Repeating(dependencies)))
            .AddInterceptors(new Line(this)).ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MultipleCollectionIncludeWarning)).Options);
        context.Held.Begin(isOn: false);
        return context;
    }

    private sealed class BrokenException(bool isPassing) : Exception("the line is broken")
    {
        public bool IsPassing => isPassing;
    }

    private sealed class Repeating(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.Zero)
    {
        protected override bool ShouldRetryOn(Exception exception) => exception is BrokenException { IsPassing: true };

        protected override bool ShouldVerifySuccessOn(Exception exception) => true;

        protected override TimeSpan? GetNextDelay(Exception lastException) => base.GetNextDelay(lastException) is null ? null : TimeSpan.Zero;
    }

    private sealed class Line(BrokenConnections connections) : DbTransactionInterceptor
    {
        private Breaks? _now;

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            connections.Begun++;
            if (connections.Begun > 1 && connections.Away > 0)
            {
                connections.Away--;
                throw new BrokenException(isPassing: true);
            }

            if (connections.Begun == 2 && connections.Broken is { } broken)
            {
                await broken();
            }

            return result;
        }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            _now = connections.Commits.TryDequeue(out var how) ? how : null;
            return _now == Breaks.BeforeTheCommit ? throw new BrokenException(connections.IsPassing) : ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            _now == Breaks.AfterTheCommit ? throw new BrokenException(connections.IsPassing) : Task.CompletedTask;
    }
}
