using Diaspora.Domain.Members;
using Diaspora.Domain.Rights;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Rights;

internal sealed class DeletionRequestConfiguration : IEntityTypeConfiguration<DeletionRequest>
{
    public void Configure(EntityTypeBuilder<DeletionRequest> entity)
    {
        entity.ToTable("DeletionRequests");
        entity.Property(request => request.Id).ValueGeneratedNever();
        entity.Property(request => request.Reason).HasMaxLength(Validation.ReasonLength);

        // Two answers at once collide.
        entity.Property(request => request.State).IsConcurrencyToken();

        // One that waits for each member, in the database itself.
        entity.HasIndex(request => request.MemberId, "IX_DeletionRequests_OneOpen").IsUnique().HasFilter("\"State\" = 0");
        entity.HasIndex(request => new { request.State, request.DueOn });
        entity.HasOne<Member>().WithMany().HasForeignKey(request => request.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DeletionRepository(DiasporaDbContext context) : IDeletionRepository
{
    public void Add(DeletionRequest request) => context.Add(request);

    public Task<DeletionRequest?> FindAsync(Guid id, CancellationToken cancel = default) => context.DeletionRequests.FirstOrDefaultAsync(request => request.Id == id, cancel);

    public async Task<IReadOnlyList<DeletionRequest>> OfMemberAsync(Guid memberId, CancellationToken cancel = default) =>
        await context.DeletionRequests
            .Where(request => request.MemberId == memberId || context.Everybody.Any(member => member.Id == request.MemberId && member.MergedIntoId == memberId))
            .OrderByDescending(request => request.AskedAt).ThenBy(request => request.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<DeletionRow>> OpenAsync(int most, CancellationToken cancel = default)
    {
        var rows = await (
            from request in context.DeletionRequests
            join asked in context.Everybody on request.MemberId equals asked.Id
            join member in context.Everybody on asked.MergedIntoId ?? asked.Id equals member.Id
            where request.State == DeletionState.Open
            orderby request.DueOn, request.AskedAt, request.Id
            select new { request.Id, member.Number, member.FullName, member.Phone, request.AskedAt, request.DueOn }).Take(most).ToListAsync(cancel);
        return rows.ConvertAll(row => new DeletionRow(row.Id, row.Number.Value, row.FullName, row.Phone.Value, row.AskedAt, row.DueOn));
    }
}
