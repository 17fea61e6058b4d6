using System.Collections.Concurrent;
using System.Data.Common;
using Diaspora.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Diaspora.Tests.Storage;

/// <summary>
/// A SQLite file used as if the database isolated nothing: no transaction around a verb, so each statement sees what others have written
/// by then, and writers do not queue. SQL Server shows a statement even less (what is committed), so a promise that holds here by the
/// rows that a verb locks holds there too. Only the two locks of rows that a verb may rely on are here: a member's and the log's tail.
/// </summary>
internal sealed class Unguarded(string folder) : IContextFactory
{
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _rows = new();

    public const string Began = "began";
    public const string Locked = "locked";
    public const string Changed = "changed";

    /// <summary>Something of a member was changed whose row was not locked.</summary>
    public const string ChangedUnlocked = "changed unlocked";

    public bool OneWriterAtATime => false;

    /// <summary>Where the verbs of a race wait for one another; missing where they need not.</summary>
    public Crossing? Crossing { get; set; }

    /// <summary>What the verbs that write have asked and done, in order, each from <see cref="Began"/> on.</summary>
    public ConcurrentQueue<string> Steps { get; } = new();

    public DiasporaDbContext Create() => new UnguardedContext(this, new DbContextOptionsBuilder<UnguardedContext>()
        .UseSqlite($"Data Source={Path.Combine(folder, "diaspora.db")};Foreign Keys=True;Pooling=True")
        .AddInterceptors(new Watch()).ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MultipleCollectionIncludeWarning)).Options);

    /// <summary>Things that bear a member's id and are no money or months of theirs, and why.</summary>
    public static IReadOnlyDictionary<Type, string> Aside { get; } = new Dictionary<Type, string>
    {
        [typeof(Domain.Members.MemberListing)] = "a copy, made anew under the lock of who is changed",
        [typeof(Domain.Members.MemberNote)] = "words about a member",
        [typeof(Domain.Import.ImportTrace)] = "what an import did, written once with it",
        [typeof(Domain.Members.Accounts.RegistrationRequest)] = "asks for something and changes nothing yet",
        [typeof(Domain.Payments.Evidence)] = "word of money: what it pays, the intent says",
        [typeof(Domain.Payments.EvidenceGuess)] = "a thought, which the next look replaces",
        [typeof(Domain.Notifications.MemberContact)] = "which addresses there are and are wanted, not a month",
        [typeof(Domain.Notifications.ChannelConsent)] = "what they agreed to, not a month",
        [typeof(Domain.Notifications.Message)] = "what they are told, not a month: it is written in the commit of what it tells",
        [typeof(Domain.Notifications.PushDevice)] = "a browser that is told, not a month",
        [typeof(Domain.Members.Accounts.PastConsent)] = "what they agreed to before, not a month",
        [typeof(Domain.Rights.DeletionRequest)] = "asks for something and changes nothing yet; two answers at once collide on its state",
        [typeof(Domain.Reminding.ReminderStop)] = "what they wish, not a month",
        [typeof(Domain.Members.Accounts.Session)] = "a way in, not a month: the ledger knows nothing of it",
    };

    public static bool IsOfAMember(Type type) =>
        type == typeof(Domain.Members.Member) || (type.GetProperty(UnguardedContext.Owner) is not null && !Aside.ContainsKey(type));

    public SemaphoreSlim RowOf(Guid id) => _rows.GetOrAdd(id, _ => new SemaphoreSlim(1, 1));

    private sealed class Watch : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            ((UnguardedContext)eventData.Context!).Note(command.CommandText);
            if (command.CommandText.Contains("UPDATE \"AuditTail\"", StringComparison.Ordinal))
            {
                await ((UnguardedContext)eventData.Context!).TakeRowAsync(Guid.Empty);
            }

            return result;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            ((UnguardedContext)eventData.Context!).Note(command.CommandText);
            return ValueTask.FromResult(result);
        }
    }
}

internal sealed class UnguardedContext(Unguarded ground, DbContextOptions<UnguardedContext> options) : DiasporaDbContext(options)
{
    /// <summary>Properties that say whose money or months a thing is.</summary>
    public const string Owner = "MemberId";

    private readonly HashSet<Guid> _taken = [];
    private readonly HashSet<Guid> _new = [];
    private bool _isWriting;
    private DatabaseFacade? _database;

    public override DatabaseFacade Database => _database ??= new WithoutTransactions(this);

    protected override string BinaryCollation => "BINARY";

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (ground.Crossing is { } crossing)
        {
            var isCopy = ChangeTracker.Entries<Domain.Members.MemberListing>().Any(entry => entry.State is not EntityState.Unchanged);
            await (isCopy ? crossing.BeforeCopyAsync() : crossing.AfterReadingAsync());
        }

        NoteChanges();
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected internal override async Task LockMembersAsync(IReadOnlyList<Guid> memberIds, CancellationToken cancel)
    {
        Note(Unguarded.Locked);
        foreach (var id in memberIds)
        {
            await TakeRowAsync(id);
        }
    }

    public void Note(string step)
    {
        if (_isWriting)
        {
            ground.Steps.Enqueue(step);
        }
    }

    /// <summary>Finds by the name of a property what the store finds by type.</summary>
    private void NoteChanges()
    {
        // Nobody else knows a member who is not committed.
        var changed = ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && Unguarded.IsOfAMember(entry.Metadata.ClrType)).ToList();
        _new.UnionWith(changed.Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).OfType<Domain.Members.Member>().Select(member => member.Id));
        foreach (var entry in changed)
        {
            Guid[] owners = entry.Entity is Domain.Members.Member member ? [member.Id] : [(Guid)entry.Property(Owner).CurrentValue!, (Guid)entry.Property(Owner).OriginalValue!];
            Note(owners.All(_new.Contains) ? "added" : owners.All(_taken.Contains) ? Unguarded.Changed : $"{Unguarded.ChangedUnlocked}: {entry.Metadata.ClrType.Name}");
        }
    }

    /// <summary>Waits for a row as a database does, and keeps it until the verb is over.</summary>
    public async Task TakeRowAsync(Guid id)
    {
        if (_taken.Add(id) && !ground.RowOf(id).Wait(0))
        {
            ground.Crossing?.Leave();
            await ground.RowOf(id).WaitAsync();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var id in _taken)
        {
            ground.RowOf(id).Release();
        }

        _taken.Clear();
        await base.DisposeAsync();
    }

    private sealed class WithoutTransactions(UnguardedContext context) : DatabaseFacade(context)
    {
        public override async Task<IDbContextTransaction> BeginTransactionAsync(CancellationToken cancellationToken = default)
        {
            context._isWriting = true;
            context.Note(Unguarded.Began);
            await this.OpenConnectionAsync(cancellationToken);
            return new NoTransaction();
        }
    }

    private sealed class NoTransaction : IDbContextTransaction
    {
        public Guid TransactionId { get; } = Guid.NewGuid();

        public void Commit()
        {
        }

        public Task CommitAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void Rollback()
        {
        }

        public Task RollbackAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
