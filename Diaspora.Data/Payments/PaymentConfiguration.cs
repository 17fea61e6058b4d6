using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Payments;

internal sealed class PaymentIntentConfiguration : IEntityTypeConfiguration<PaymentIntent>
{
    public void Configure(EntityTypeBuilder<PaymentIntent> entity)
    {
        entity.ToTable("PaymentIntents");
        entity.Property(intent => intent.Id).ValueGeneratedNever();
        entity.Property(intent => intent.Code).HasMaxLength(12).IsUnicode(false);
        entity.Property(intent => intent.Received).HasConversion<MoneyConverter>();
        entity.Property(intent => intent.Note).HasMaxLength(DivideSumForm.NoteLength);
        entity.Property(intent => intent.Version).IsConcurrencyToken();
        entity.HasIndex(intent => intent.Code).IsUnique();

        // When its money came: a month of that is what the reports ask for, and all they ask of it is in the first index. Nearly all say no day of their own: with them in the second the
        // database takes it for a short way to those.
        entity.HasIndex(intent => new { intent.ClaimedAt, intent.CreatedAt, intent.ReceivedOn, intent.RecordedBy, intent.Id, intent.PayerId }, "IX_PaymentIntents_Came");
        entity.HasIndex(intent => intent.ReceivedOn).HasFilter("\"ReceivedOn\" IS NOT NULL");
        entity.HasOne<Member>().WithMany().HasForeignKey(intent => intent.PayerId).OnDelete(DeleteBehavior.Restrict);
        entity.HasMany(intent => intent.Payments).WithOne().HasForeignKey(payment => payment.IntentId).OnDelete(DeleteBehavior.Restrict);
        entity.HasMany(intent => intent.Receipts).WithOne().HasForeignKey(receipt => receipt.IntentId).OnDelete(DeleteBehavior.Cascade);
        entity.Navigation(intent => intent.Payments).UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.Navigation(intent => intent.Receipts).UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.Ignore(intent => intent.Total);
    }
}

internal sealed class PaymentConfiguration : IEntityTypeConfiguration<Payment>
{
    internal const string MonthsOfMember = "IX_Payments_MonthsOfMember";

    public void Configure(EntityTypeBuilder<Payment> entity)
    {
        entity.ToTable("Payments");
        entity.Property(payment => payment.Id).ValueGeneratedNever();
        entity.ComplexProperty(payment => payment.Amount, amount => amount.Property(money => money.Tenge).HasColumnName("Amount"));
        entity.Property(payment => payment.Currency).HasMaxLength(3).IsFixedLength().IsUnicode(false);
        entity.Property(payment => payment.ProviderPaymentId).HasMaxLength(64);
        entity.Property(payment => payment.ProofUrl).HasMaxLength(500);
        entity.Property(payment => payment.Reason).HasMaxLength(Validation.ReasonLength);
        entity.HasOne<Member>().WithMany().HasForeignKey(payment => payment.MemberId).OnDelete(DeleteBehavior.Restrict);

        // The promise "nothing is booked twice" in the database itself: one live payment per member and month.
        entity.HasIndex(payment => new { payment.MemberId, payment.Period }, "IX_Payments_OneLivePerMonth").IsUnique().HasFilter("\"Status\" IN (0,1)");

        // A month's sums read nothing but the first of these, and the sums of a day's intents nothing but the second; the migrations have the amount in both, as below.
        entity.HasIndex(payment => new { payment.Period, payment.Status, payment.Method, payment.MemberId }, "IX_Payments_SumsOfMonth");
        entity.HasIndex(payment => new { payment.IntentId, payment.Status, payment.Method }, "IX_Payments_SumsOfIntent");
        entity.HasIndex(payment => payment.Status);

        // What somebody decided on a day.
        entity.HasIndex(payment => new { payment.DecidedBy, payment.DecidedAt });

        // All that a member's months are reckoned from, so that a file of everybody reads this index alone. The migrations have the amount in it too, before the month: the
        // model cannot name a part of a value.
        entity.HasIndex(payment => new { payment.MemberId, payment.Status, payment.Period }, MonthsOfMember);
    }
}

internal sealed class ReceiptConfiguration : IEntityTypeConfiguration<Receipt>
{
    public void Configure(EntityTypeBuilder<Receipt> entity)
    {
        entity.ToTable("Receipts");
        entity.Property(receipt => receipt.Id).ValueGeneratedNever();
        entity.Property(receipt => receipt.FileName).HasMaxLength(100);
        entity.Property(receipt => receipt.StoredName).HasMaxLength(64).IsUnicode(false);
        entity.Property(receipt => receipt.ContentType).HasMaxLength(40).IsUnicode(false);
        entity.Property(receipt => receipt.Sha256).HasMaxLength(64).IsFixedLength().IsUnicode(false);
        entity.HasIndex(receipt => receipt.Sha256);
    }
}
