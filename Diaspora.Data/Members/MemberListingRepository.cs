using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Members;

internal sealed class MemberListingConfiguration : IEntityTypeConfiguration<MemberListing>
{
    public void Configure(EntityTypeBuilder<MemberListing> entity)
    {
        entity.ToTable("MemberDues");
        entity.HasKey(dues => dues.MemberId);
        entity.HasOne<Member>().WithOne().HasForeignKey<MemberListing>(dues => dues.MemberId).OnDelete(DeleteBehavior.Restrict);
        entity.Property(dues => dues.NameKey).HasMaxLength(Validation.NameLength * 2);
        entity.Property(dues => dues.SortKey).HasMaxLength(Validation.NameLength * 4).IsUnicode(false);
        entity.Property(dues => dues.Debt).HasConversion<Payments.MoneyConverter>();
        entity.Property(dues => dues.City).HasMaxLength(80);
        entity.Property(dues => dues.Strip).HasMaxLength(MemberListing.StripMonths).IsUnicode(false);

        // The order the list opens with. Any other sort reads the whole table, which is narrow for that reason.
        entity.HasIndex(dues => new { dues.SortKey, dues.MemberId });
    }
}

internal sealed class MemberListingRepository(DiasporaDbContext context) : IMemberListingRepository
{
    public async Task<IReadOnlyList<Guid>> StaleAsync(DateOnly today, DateTime? rulesAt, int count, CancellationToken cancel = default)
    {
        var missing = await context.Members.Where(member => !context.Listings.Any(dues => dues.MemberId == member.Id)).Select(member => member.Id).OrderBy(id => id).Take(count).ToListAsync(cancel);
        return missing.Count > 0
            ? missing
            : await context.Listings.Where(dues => dues.AsOf != today || (rulesAt != null && (dues.RulesAt == null || dues.RulesAt < rulesAt))).Select(dues => dues.MemberId).OrderBy(id => id).Take(count).ToListAsync(cancel);
    }

    public async Task RefreshAsync(IReadOnlyCollection<Guid> memberIds, SettingsSnapshot settings, DateTime nowUtc, CancellationToken cancel = default)
    {
        await context.Held.AddAsync(memberIds, cancel);
        var members = await context.Members.AsNoTracking().Where(member => memberIds.Contains(member.Id))
            .Include(member => member.Exemptions).Include(member => member.Suspensions).ToListAsync(cancel);
        var facts = await MemberRepository.FactsAsync(context, members, cancel);
        var known = await context.Listings.AsTracking().Where(dues => memberIds.Contains(dues.MemberId)).ToDictionaryAsync(dues => dues.MemberId, cancel);
        // Whoever was merged into somebody else is in no list any more.
        context.Listings.RemoveRange(known.Values.Where(dues => !members.Exists(member => member.Id == dues.MemberId)));
        foreach (var (member, fact) in members.Zip(facts))
        {
            if (!known.TryGetValue(member.Id, out var dues))
            {
                dues = new MemberListing(member.Id);
                context.Listings.Add(dues);
            }

            dues.Fill(member, fact, settings.Rules, settings.StoredAt, nowUtc);
        }

        await context.SaveChangesAsync(cancel);
    }
}
