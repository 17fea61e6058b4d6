using Diaspora.Domain;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Members;

internal sealed class MemberDuesConfiguration : IEntityTypeConfiguration<MemberDues>
{
    public void Configure(EntityTypeBuilder<MemberDues> entity)
    {
        entity.ToTable("MemberDues");
        entity.HasKey(dues => dues.MemberId);
        entity.HasOne<Member>().WithOne().HasForeignKey<MemberDues>(dues => dues.MemberId).OnDelete(DeleteBehavior.Restrict);
        entity.Property(dues => dues.NameKey).HasMaxLength(Validation.NameLength * 2);
        entity.Property(dues => dues.SortKey).HasMaxLength(Validation.NameLength * 4).IsUnicode(false);
        entity.Property(dues => dues.Debt).HasConversion<Payments.MoneyConverter>();
        entity.Property(dues => dues.City).HasMaxLength(80);
        entity.Property(dues => dues.Strip).HasMaxLength(MemberDues.StripMonths).IsUnicode(false);

        // The order the list opens with; any other sort reads the table once, which is narrow for that.
        entity.HasIndex(dues => new { dues.SortKey, dues.MemberId });
    }
}

internal sealed class MemberDuesRepository(DiasporaDbContext context) : IMemberDuesRepository
{
    public async Task<IReadOnlyList<Guid>> StaleAsync(DateOnly today, DateTime? rulesAt, int count, CancellationToken cancel = default)
    {
        var missing = await context.Members.Where(member => !context.Dues.Any(dues => dues.MemberId == member.Id)).Select(member => member.Id).Take(count).ToListAsync(cancel);
        return missing.Count > 0
            ? missing
            : await context.Dues.Where(dues => dues.AsOf != today || (rulesAt != null && (dues.RulesAt == null || dues.RulesAt < rulesAt))).Select(dues => dues.MemberId).Take(count).ToListAsync(cancel);
    }

    public async Task RefreshAsync(IReadOnlyCollection<Guid> memberIds, SettingsSnapshot settings, DateTime nowUtc, CancellationToken cancel = default)
    {
        await context.Held.AddAsync(memberIds, cancel);
        var members = await context.Members.AsNoTracking().Where(member => memberIds.Contains(member.Id))
            .Include(member => member.Exemptions).Include(member => member.Suspensions).ToListAsync(cancel);
        var facts = await MemberRepository.FactsAsync(context, members, cancel);
        var known = await context.Dues.AsTracking().Where(dues => memberIds.Contains(dues.MemberId)).ToDictionaryAsync(dues => dues.MemberId, cancel);
        // Whoever was merged into somebody else is in no list any more.
        context.Dues.RemoveRange(known.Values.Where(dues => !members.Exists(member => member.Id == dues.MemberId)));
        foreach (var (member, fact) in members.Zip(facts))
        {
            if (!known.TryGetValue(member.Id, out var dues))
            {
                dues = new MemberDues(member.Id);
                context.Dues.Add(dues);
            }

            dues.Fill(member, fact, settings.Rules, settings.StoredAt, nowUtc);
        }

        await context.SaveChangesAsync(cancel);
    }
}
