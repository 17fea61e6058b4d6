using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Accounts;

internal sealed class RegistrationRequestConfiguration : IEntityTypeConfiguration<RegistrationRequest>
{
    public void Configure(EntityTypeBuilder<RegistrationRequest> entity)
    {
        entity.ToTable("RegistrationRequests");
        entity.Property(request => request.Id).ValueGeneratedNever();
        entity.Property(request => request.Code).HasMaxLength(RegistrationTicket.CodeLength).IsUnicode(false);
        entity.Property(request => request.FullName).HasMaxLength(Validation.NameLength);
        entity.Property(request => request.Email).HasMaxLength(254);
        entity.Property(request => request.City).HasMaxLength(80);
        entity.Property(request => request.PasswordHash).HasMaxLength(256).IsUnicode(false);
        entity.Property(request => request.Language).HasMaxLength(5).IsUnicode(false);
        entity.Property(request => request.ConsentVersion).HasMaxLength(20).IsUnicode(false);
        entity.HasIndex(request => request.Phone);
        entity.HasOne<Member>().WithMany().HasForeignKey(request => request.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RegistrationRepository(DiasporaDbContext context) : IRegistrationRepository
{
    public void Add(RegistrationRequest request) => context.Registrations.Add(request);

    public Task<RegistrationRequest?> FindAsync(Guid id, CancellationToken cancel = default) => Open().FirstOrDefaultAsync(request => request.Id == id, cancel);

    public async Task<IReadOnlyList<RegistrationRequest>> OfPhoneAsync(PhoneNumber phone, CancellationToken cancel = default) =>
        await Open().Where(request => request.Phone == phone).AsNoTracking().OrderByDescending(request => request.AskedAt).ThenBy(request => request.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<RegistrationRequestRow>> ListAsync(int most, CancellationToken cancel = default)
    {
        var rows = await (
            from request in Open()
            join member in context.Members on request.MemberId equals member.Id
            orderby request.AskedAt, request.Id
            select new { Request = request, member.Number, member.FullName, member.City, member.Role, member.NameSet }).AsNoTracking().Take(most).ToListAsync(cancel);
        return rows.ConvertAll(row => new RegistrationRequestRow(
            row.Request.Id, row.Request.FullName, row.Request.Email, row.Request.City, row.Request.Language, row.Request.AskedAt, row.Number.Value, row.FullName, row.Request.Phone.Value, row.City, row.Role,
            NameSkeleton.InAnyOrder(NameSkeleton.Of(row.Request.FullName)) == row.NameSet));
    }

    public Task<int> CountAsync(CancellationToken cancel = default) => Open().CountAsync(cancel);

    public Task RemoveAsync(Guid id, CancellationToken cancel = default) => context.Registrations.Where(request => request.Id == id).ExecuteDeleteAsync(cancel);

    public Task RemoveOfMemberAsync(Guid memberId, CancellationToken cancel = default) =>
        context.Registrations.Where(request => request.MemberId == memberId).ExecuteDeleteAsync(cancel);

    public Task RemoveBeforeAsync(DateTime utc, CancellationToken cancel = default) => context.Registrations.Where(request => request.AskedAt < utc).ExecuteDeleteAsync(cancel);

    private IQueryable<RegistrationRequest> Open() =>
        from request in context.Registrations
        join member in context.Members on new { Id = request.MemberId, request.Phone } equals new { member.Id, member.Phone }
        join account in context.Users on request.MemberId equals account.Id
        where account.PasswordHash == null
        select request;
}
