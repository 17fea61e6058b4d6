using Diaspora.Domain.Members;
using Diaspora.Domain.Reminding;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Reminding;

internal sealed class ReminderPlanConfiguration : IEntityTypeConfiguration<ReminderPlan>
{
    public void Configure(EntityTypeBuilder<ReminderPlan> entity)
    {
        entity.ToTable("ReminderPlans");
        entity.Property(plan => plan.Id).ValueGeneratedNever();
        entity.Property(plan => plan.Stored).HasColumnName("Days").HasMaxLength(ReminderPlan.DaysLength).IsUnicode(false);
        entity.Property(plan => plan.StoredOrder).HasColumnName("Channels").HasMaxLength(ReminderPlan.OrderLength).IsUnicode(false);
        entity.Property(plan => plan.Version).IsConcurrencyToken();
    }
}

internal sealed class ReminderStopConfiguration : IEntityTypeConfiguration<ReminderStop>
{
    public void Configure(EntityTypeBuilder<ReminderStop> entity)
    {
        entity.ToTable("ReminderStops");
        entity.HasKey(stop => stop.MemberId);
        entity.HasOne<Member>().WithOne().HasForeignKey<ReminderStop>(stop => stop.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}
