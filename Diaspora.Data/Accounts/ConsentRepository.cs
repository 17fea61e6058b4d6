using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Accounts;

internal sealed class PastConsentConfiguration : IEntityTypeConfiguration<PastConsent>
{
    public void Configure(EntityTypeBuilder<PastConsent> entity)
    {
        entity.ToTable("PastConsents");
        entity.HasKey(consent => new { consent.MemberId, consent.Version });
        entity.Property(consent => consent.Version).HasMaxLength(20).IsUnicode(false);
        entity.HasOne<Member>().WithMany().HasForeignKey(consent => consent.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ConsentRepository(DiasporaDbContext context) : IConsentRepository
{
    public void Add(PastConsent consent) => context.Add(consent);

    public async Task<IReadOnlyList<PastConsent>> OfMemberAsync(Guid memberId, CancellationToken cancel = default) =>
        await context.Set<PastConsent>().Where(consent => consent.MemberId == memberId).OrderByDescending(consent => consent.GivenAt).ToListAsync(cancel);
}
