using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MoneyConverter = Diaspora.Data.Payments.MoneyConverter;

namespace Diaspora.Data.Kaspi;

internal sealed class StatementConfiguration : IEntityTypeConfiguration<Statement>
{
    public void Configure(EntityTypeBuilder<Statement> entity)
    {
        entity.ToTable("Statements");
        entity.Property(statement => statement.Id).ValueGeneratedNever();
        entity.Property(statement => statement.FileName).HasMaxLength(Statement.FileNameLength);
        entity.Property(statement => statement.StoredName).HasMaxLength(64).IsUnicode(false);
        entity.Property(statement => statement.Sha256).HasMaxLength(64).IsFixedLength().IsUnicode(false);
        entity.Property(statement => statement.Account).HasMaxLength(Statement.AccountLength);
        entity.Property(statement => statement.Version).IsConcurrencyToken();
        entity.Ignore(statement => statement.Lines);
        entity.HasIndex(statement => statement.CreatedAt);
    }
}

internal sealed class KnownLineConfiguration : IEntityTypeConfiguration<KnownLine>
{
    public void Configure(EntityTypeBuilder<KnownLine> entity)
    {
        entity.ToTable("KnownLines");
        entity.HasKey(line => new { line.StatementId, line.EvidenceId });
        entity.HasOne<Statement>().WithMany().HasForeignKey(line => line.StatementId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne<Evidence>().WithMany().HasForeignKey(line => line.EvidenceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TableMapConfiguration : IEntityTypeConfiguration<TableMap>
{
    public void Configure(EntityTypeBuilder<TableMap> entity)
    {
        entity.ToTable("TableMaps");
        entity.HasKey(map => map.Head);
        entity.Property(map => map.Head).HasMaxLength(TableMap.HeadLength).IsUnicode(false);
    }
}

internal sealed class ReceiptReadingConfiguration : IEntityTypeConfiguration<ReceiptReading>
{
    public void Configure(EntityTypeBuilder<ReceiptReading> entity)
    {
        entity.ToTable("ReceiptReadings");
        entity.HasKey(reading => reading.ReceiptId);
        entity.Property(reading => reading.ReceiptId).ValueGeneratedNever();
        entity.HasOne<Receipt>().WithMany().HasForeignKey(reading => reading.ReceiptId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne<Evidence>().WithMany().HasForeignKey(reading => reading.EvidenceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BillerCallConfiguration : IEntityTypeConfiguration<BillerCall>
{
    public void Configure(EntityTypeBuilder<BillerCall> entity)
    {
        entity.ToTable("BillerCalls");
        entity.HasKey(call => call.Transaction);
        entity.Property(call => call.Transaction).HasMaxLength(BillerCall.TransactionLength).IsUnicode(false);
        entity.Property(call => call.Account).HasMaxLength(BillerCall.AccountLength);
        entity.Property(call => call.Answer).HasMaxLength(BillerCall.AnswerLength);
        entity.HasIndex(call => call.Number).IsUnique();
        entity.HasOne<Evidence>().WithMany().HasForeignKey(call => call.EvidenceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class WebhookEventConfiguration : IEntityTypeConfiguration<WebhookEvent>
{
    public void Configure(EntityTypeBuilder<WebhookEvent> entity)
    {
        entity.ToTable("WebhookEvents");
        entity.Property(call => call.Id).ValueGeneratedNever();
        entity.Property(call => call.Provider).HasMaxLength(WebhookEvent.ProviderLength).IsUnicode(false);
        entity.Property(call => call.Sha256).HasMaxLength(64).IsFixedLength().IsUnicode(false);
        entity.Property(call => call.Problem).HasMaxLength(WebhookEvent.ProblemLength);
        entity.HasIndex(call => new { call.Provider, call.Sha256 }).IsUnique();
        entity.HasIndex(call => call.WorkedAt);
    }
}

internal sealed class InvoiceConfiguration : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> entity)
    {
        entity.ToTable("Invoices");
        entity.Property(invoice => invoice.Id).ValueGeneratedNever();
        entity.Property(invoice => invoice.Provider).HasMaxLength(WebhookEvent.ProviderLength).IsUnicode(false);
        entity.Property(invoice => invoice.Order).HasMaxLength(Invoice.OrderLength).IsUnicode(false);
        entity.Property(invoice => invoice.Number).HasMaxLength(Invoice.NumberLength);
        entity.Property(invoice => invoice.Problem).HasMaxLength(Invoice.ProblemLength);
        entity.Property(invoice => invoice.Amount).HasConversion<MoneyConverter>();
        entity.Property(invoice => invoice.Version).IsConcurrencyToken();
        entity.HasIndex(invoice => invoice.Order).IsUnique();
        entity.HasIndex(invoice => invoice.State);
        entity.HasOne<PaymentIntent>().WithMany().HasForeignKey(invoice => invoice.IntentId).OnDelete(DeleteBehavior.Restrict);
    }
}
