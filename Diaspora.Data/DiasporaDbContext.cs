using System.Runtime.CompilerServices;
using Diaspora.Data.Accounts;
using Diaspora.Data.Audit;
using Diaspora.Data.Members;
using Diaspora.Domain.Content;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Import;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Operations;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reminding;
using Diaspora.Domain.Rights;
using Diaspora.Domain.Settings;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Diaspora.Data;

/// <summary>Everything that is stored. One derived context per database, because each has migrations of its own.</summary>
public abstract partial class DiasporaDbContext : IdentityUserContext<Account, Guid>
{
    protected DiasporaDbContext(DbContextOptions options) : base(options) => Held = new HeldMembers(this);

    public DbSet<Member> Members => Set<Member>();

    public DbSet<MemberListing> Listings => Set<MemberListing>();

    /// <summary>
    /// Everybody who ever was a member. A record that was merged into another one is not in <see cref="Members"/>, but what it did still shows its name.
    /// A query that uses this sees merged records in all its parts, so it must filter them out itself.
    /// </summary>
    public IQueryable<Member> Everybody => Members.IgnoreQueryFilters();

    public DbSet<MemberMerge> Merges => Set<MemberMerge>();

    public DbSet<DuplicateDismissal> Dismissals => Set<DuplicateDismissal>();

    public DbSet<PaymentIntent> Intents => Set<PaymentIntent>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Credit> Credits => Set<Credit>();

    public DbSet<MemberNote> Notes => Set<MemberNote>();

    public DbSet<Receipt> Receipts => Set<Receipt>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AuditTail> AuditTails => Set<AuditTail>();

    public DbSet<SignInThrottle> SignInThrottles => Set<SignInThrottle>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RegistrationRequest> Registrations => Set<RegistrationRequest>();

    public DbSet<DeletionRequest> DeletionRequests => Set<DeletionRequest>();

    public DbSet<PortalSettings> Settings => Set<PortalSettings>();

    public DbSet<ContentPage> Pages => Set<ContentPage>();

    public DbSet<DatabaseMark> Marks => Set<DatabaseMark>();

    public DbSet<TaskRun> TaskRuns => Set<TaskRun>();

    public DbSet<PortalInstance> Instances => Set<PortalInstance>();

    public DbSet<BackupRun> Backups => Set<BackupRun>();

    /// <summary>Whose dues this unit of work has changed: a member, an interval or a payment of theirs.</summary>
    public HashSet<Guid> Touched { get; } = [];

    /// <summary>Whose months this unit of work has to itself.</summary>
    public HeldMembers Held { get; }

    public DbSet<ImportBatch> Imports => Set<ImportBatch>();

    public DbSet<ImportRow> ImportRows => Set<ImportRow>();

    public DbSet<ImportTrace> ImportTraces => Set<ImportTrace>();

    /// <summary>The collation in which the search key of names is compared. It compares by code, so it is the same on every database.</summary>
    protected abstract string BinaryCollation { get; }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        BumpVersions();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        BumpVersions();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <summary>Waits until nobody else changes these members' months, and keeps it so until the transaction ends. Nothing to do where one writer is alone anyway.</summary>
    protected internal virtual Task LockMembersAsync(IReadOnlyList<Guid> memberIds, CancellationToken cancel) => Task.CompletedTask;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(DiasporaDbContext).Assembly);
        builder.Entity<Member>().Property(member => member.NameKey).UseCollation(BinaryCollation);
        builder.Entity<Member>().Property(member => member.NameSet).UseCollation(BinaryCollation);
        builder.Entity<Member>().Property(member => member.SortKey).UseCollation(BinaryCollation);
        builder.Entity<MemberListing>().Property(dues => dues.NameKey).UseCollation(BinaryCollation);
        builder.Entity<MemberListing>().Property(dues => dues.SortKey).UseCollation(BinaryCollation);
        builder.Entity<MemberListing>().Property(dues => dues.Strip).UseCollation(BinaryCollation);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Period>().HaveConversion<PeriodConverter>().AreFixedLength().HaveMaxLength(7).AreUnicode(false);
        configurationBuilder.Properties<PhoneNumber>().HaveConversion<PhoneConverter>().HaveMaxLength(20).AreUnicode(false);
        configurationBuilder.Properties<MemberNumber>().HaveConversion<NumberConverter>().AreFixedLength().HaveMaxLength(8).AreUnicode(false);
        configurationBuilder.Properties<AuditAction>().HaveConversion<ActionConverter>().HaveMaxLength(40).AreUnicode(false);
    }

    /// <summary>
    /// A change of a child is a change of its aggregate, so two people who edit different months of one intent still collide.
    /// Also notes whose dues have to be computed anew.
    /// </summary>
    private void BumpVersions()
    {
        ChangeTracker.DetectChanges();
        HashSet<Guid> touched = [];
        foreach (var entry in ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            foreach (var owner in OwnersOf(entry))
            {
                Held.NoteChange(owner, entry is { State: EntityState.Added, Entity: Member });
                if (entry.Entity is not Credit)
                {
                    Touched.Add(owner);
                }
            }

            touched.Add(entry.Entity switch
            {
                Member member => member.Id,
                PaymentIntent intent => intent.Id,
                Payment payment => payment.IntentId,
                Receipt receipt => receipt.IntentId,
                MonthInterval interval => interval.MemberId,
                Credit credit => credit.Id,
                PortalSettings settings => settings.Id,
                StoredFee fee => fee.SettingsId,
                ImportBatch batch => batch.Id,
                Evidence evidence => evidence.Id,
                Statement statement => statement.Id,
                Invoice invoice => invoice.Id,
                _ => Guid.Empty,
            });
        }

        foreach (var entry in ChangeTracker.Entries().Where(entry => entry.State != EntityState.Deleted))
        {
            var id = entry.Entity switch
            {
                Member member => member.Id,
                PaymentIntent intent => intent.Id,
                Credit credit => credit.Id,
                PortalSettings settings => settings.Id,
                ImportBatch batch => batch.Id,
                Evidence evidence => evidence.Id,
                Statement statement => statement.Id,
                Invoice invoice => invoice.Id,
                _ => (Guid?)null,
            };
            if ((id is { } aggregate && touched.Contains(aggregate)) || entry is { State: EntityState.Modified, Entity: SourceTrust or ReminderPlan or MessageText })
            {
                entry.Property(nameof(Member.Version)).CurrentValue = Guid.NewGuid();
            }
        }
    }

    /// <summary>Whose money or months it is; of what changes hands, also whose it was.</summary>
    private static IEnumerable<Guid> OwnersOf(EntityEntry entry) => entry.Entity switch
    {
        Member member => [member.Id],
        Payment or MonthInterval or Credit when entry.Property(nameof(Payment.MemberId)) is var owner =>
            entry.State == EntityState.Added ? [(Guid)owner.CurrentValue!] : [(Guid)owner.CurrentValue!, (Guid)owner.OriginalValue!],
        _ => [],
    };

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(value => value, value => DateTime.SpecifyKind(value, DateTimeKind.Utc));

    private sealed class PeriodConverter() : ValueConverter<Period, string>(period => period.ToString(), text => Period.Parse(text, null));

    private sealed class PhoneConverter() : ValueConverter<PhoneNumber, string>(phone => phone.Value, text => PhoneNumber.FromCanonical(text));

    private sealed class NumberConverter() : ValueConverter<MemberNumber, string>(number => number.Value, text => MemberNumber.FromStored(text));

    private sealed class ActionConverter() : ValueConverter<AuditAction, string>(action => ActionName.Of(action), name => ActionName.Parse(name));
}

public sealed class SqliteDiasporaDbContext(DbContextOptions<SqliteDiasporaDbContext> options) : DiasporaDbContext(options)
{
    protected override string BinaryCollation => "BINARY";
}

public sealed class SqlServerDiasporaDbContext(DbContextOptions<SqlServerDiasporaDbContext> options) : DiasporaDbContext(options)
{
    private const int Chunk = 1000;

    protected override string BinaryCollation => "Latin1_General_100_BIN2";

    /// <summary>SQLite compares every text by its code. Here «Алматы» and «АЛМАТЫ» would be one town in the list's filter and two on the pages.</summary>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Member>().Property(member => member.City).UseCollation(BinaryCollation);
        builder.Entity<MemberListing>().Property(dues => dues.City).UseCollation(BinaryCollation);
    }

    /// <summary>The rows themselves, whatever the isolation shows: whoever asks for them so as well waits for the end of our transaction.</summary>
    public IQueryable<Guid> MemberRows(IReadOnlyList<Guid> memberIds) => Database.SqlQuery<Guid>(FormattableStringFactory.Create(
        "SELECT [Id] AS [Value] FROM [Members] WITH (UPDLOCK, ROWLOCK) WHERE [Id] IN (" + string.Join(", ", memberIds.Select((_, index) => $"{{{index}}}")) + ")",
        [.. memberIds.Cast<object>()]));

    protected internal override async Task LockMembersAsync(IReadOnlyList<Guid> memberIds, CancellationToken cancel)
    {
        foreach (var some in memberIds.Chunk(Chunk))
        {
            await MemberRows(some).ToListAsync(cancel);
        }
    }
}
