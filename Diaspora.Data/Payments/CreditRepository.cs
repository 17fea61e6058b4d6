using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Diaspora.Data.Payments;

internal sealed class CreditRepository(DiasporaDbContext context) : ICreditRepository
{
    public void Add(Credit credit) => context.Credits.Add(credit);

    public async Task<Credit?> FindAsync(Guid creditId, CancellationToken cancel = default)
    {
        await context.Held.AddAsync(context.Credits.Where(credit => credit.Id == creditId).Select(credit => credit.MemberId), cancel);
        return await context.Credits.FirstOrDefaultAsync(credit => credit.Id == creditId, cancel);
    }

    public Task<IReadOnlyList<CreditRow>> OfMemberAsync(Guid memberId, CancellationToken cancel = default) =>
        RowsAsync(context.Credits.Where(credit => credit.MemberId == memberId), cancel);

    public async Task<IReadOnlyList<KeptMoney>> KeptAsync(Guid memberId, CancellationToken cancel = default) =>
        await (from credit in context.Credits
               where credit.MemberId == memberId && credit.Status == CreditStatus.Open
               join intent in context.Intents on credit.IntentId equals intent.Id
               orderby credit.CreatedAt descending, credit.Id
               select new KeptMoney(intent.Id, intent.Code, credit.Amount, credit.CreatedAt)).ToListAsync(cancel);

    public Task<IReadOnlyList<CreditRow>> OfIntentAsync(Guid intentId, CancellationToken cancel = default) =>
        RowsAsync(context.Credits.Where(credit => credit.IntentId == intentId || credit.UsedIntentId == intentId), cancel);

    private async Task<IReadOnlyList<CreditRow>> RowsAsync(IQueryable<Credit> credits, CancellationToken cancel) =>
        await credits.OrderByDescending(credit => credit.CreatedAt).ThenBy(credit => credit.Id).Select(credit => new CreditRow(
            credit.Id,
            credit.MemberId,
            context.Everybody.Where(member => member.Id == credit.MemberId).Select(member => member.FullName).First(),
            credit.Amount,
            credit.Status,
            credit.IntentId,
            context.Intents.Where(intent => intent.Id == credit.IntentId).Select(intent => intent.Code).First(),
            context.Everybody.Where(member => member.Id == credit.CreatedBy).Select(member => member.FullName).FirstOrDefault(),
            credit.CreatedAt,
            credit.UsedIntentId,
            context.Intents.Where(intent => intent.Id == credit.UsedIntentId).Select(intent => intent.Code).FirstOrDefault(),
            context.Everybody.Where(member => member.Id == credit.SettledBy).Select(member => member.FullName).FirstOrDefault(),
            credit.SettledAt,
            credit.Reason)).ToListAsync(cancel);
}

internal sealed class CreditConfiguration : IEntityTypeConfiguration<Credit>
{
    public void Configure(EntityTypeBuilder<Credit> entity)
    {
        entity.ToTable("Credits");
        entity.Property(credit => credit.Id).ValueGeneratedNever();
        entity.Property(credit => credit.Amount).HasConversion<MoneyConverter>();
        entity.Property(credit => credit.Reason).HasMaxLength(Validation.ReasonLength);
        entity.Property(credit => credit.Version).IsConcurrencyToken();
        entity.HasOne<Member>().WithMany().HasForeignKey(credit => credit.MemberId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne<PaymentIntent>().WithMany().HasForeignKey(credit => credit.IntentId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne<PaymentIntent>().WithMany().HasForeignKey(credit => credit.UsedIntentId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MoneyConverter() : ValueConverter<Money, long>(money => money.Tenge, tenge => new Money(tenge));
