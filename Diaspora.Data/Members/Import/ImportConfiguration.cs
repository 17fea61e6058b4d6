using Diaspora.Domain.Import;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Members.Import;

internal sealed class ImportBatchConfiguration : IEntityTypeConfiguration<ImportBatch>
{
    public void Configure(EntityTypeBuilder<ImportBatch> entity)
    {
        entity.ToTable("ImportBatches");
        entity.Property(batch => batch.Id).ValueGeneratedNever();
        entity.Property(batch => batch.FileName).HasMaxLength(100);
        entity.Property(batch => batch.Sha256).HasMaxLength(64).IsFixedLength().IsUnicode(false);
        entity.Property(batch => batch.Version).IsConcurrencyToken();
        entity.Property(batch => batch.LayoutJson).HasColumnName("ColumnsJson");
        entity.Ignore(batch => batch.Totals);
        entity.HasIndex(batch => batch.CreatedAt);
    }
}

internal sealed class ImportRowConfiguration : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> entity)
    {
        entity.ToTable("ImportRows");
        entity.HasKey(row => new { row.BatchId, row.Number });
        entity.HasOne<ImportBatch>().WithMany().HasForeignKey(row => row.BatchId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ImportTraceConfiguration : IEntityTypeConfiguration<ImportTrace>
{
    public void Configure(EntityTypeBuilder<ImportTrace> entity)
    {
        // No foreign key to members and intents: a trace stays when they are deleted again.
        entity.ToTable("ImportTraces");
        entity.HasKey(trace => new { trace.BatchId, trace.Number });
        entity.Ignore(trace => trace.Before);
        entity.HasOne<ImportBatch>().WithMany().HasForeignKey(trace => trace.BatchId).OnDelete(DeleteBehavior.Restrict);
    }
}
