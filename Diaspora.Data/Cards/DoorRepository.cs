using Diaspora.Domain.Cards;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Cards;

internal sealed class DoorEventConfiguration : IEntityTypeConfiguration<DoorEvent>
{
    public void Configure(EntityTypeBuilder<DoorEvent> entity)
    {
        entity.ToTable("DoorEvents");
        entity.Property(begun => begun.Id).ValueGeneratedNever();
        entity.Property(begun => begun.Name).HasMaxLength(DoorEvent.NameLength);
        entity.HasIndex(begun => begun.BeganAt);
    }
}

internal sealed class DoorEntryConfiguration : IEntityTypeConfiguration<DoorEntry>
{
    public void Configure(EntityTypeBuilder<DoorEntry> entity)
    {
        // One entry for each card and event, in the database itself.
        entity.ToTable("DoorEntries");
        entity.HasKey(entry => new { entry.EventId, entry.Seal });
        entity.Property(entry => entry.Seal).HasMaxLength(CardMark.SealBytes * 2).IsUnicode(false).IsFixedLength();
        entity.HasIndex(entry => new { entry.EventId, entry.NotedAt });
        entity.HasOne<DoorEvent>().WithMany().HasForeignKey(entry => entry.EventId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DoorRepository(DiasporaDbContext context) : IDoorRepository
{
    public async Task<DoorEvent?> FindAsync(Guid id, CancellationToken cancel = default) => await context.Set<DoorEvent>().FirstOrDefaultAsync(begun => begun.Id == id, cancel);

    /// <summary>One that this unit of work began is not in the database yet.</summary>
    public async Task<DoorEvent?> CurrentAsync(DateTime after, CancellationToken cancel = default) =>
        context.Set<DoorEvent>().Local.Where(begun => begun.BeganAt > after)
            .Append(await context.Set<DoorEvent>().Where(begun => begun.BeganAt > after).OrderByDescending(begun => begun.BeganAt).FirstOrDefaultAsync(cancel))
            .MaxBy(begun => begun?.BeganAt);

    public void Add(DoorEvent begun) => context.Add(begun);

    public async Task<IReadOnlyList<DoorEntry>> EntriesAsync(Guid eventId, IReadOnlyCollection<string> seals, CancellationToken cancel = default) =>
        await context.Set<DoorEntry>().Where(entry => entry.EventId == eventId && seals.Contains(entry.Seal)).ToListAsync(cancel);

    public void Add(DoorEntry entry) => context.Add(entry);

    public async Task<IReadOnlyList<SeenCard>> NewAsync(Guid eventId, DateTime? since, CancellationToken cancel = default)
    {
        var rows = await context.Set<DoorEntry>().Where(entry => entry.EventId == eventId && (since == null || entry.NotedAt > since)).AsNoTracking().ToListAsync(cancel);
        var added = context.Set<DoorEntry>().Local.Where(entry => entry.EventId == eventId);
        return [.. added.Concat(rows).DistinctBy(entry => entry.Seal).Select(entry => new SeenCard(entry.Seal, entry.EnteredAt))];
    }

    public Task ForgetAsync(DateTime before, CancellationToken cancel = default) => context.Set<DoorEvent>().Where(begun => begun.BeganAt < before).ExecuteDeleteAsync(cancel);
}
