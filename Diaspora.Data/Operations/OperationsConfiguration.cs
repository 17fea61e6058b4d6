using Diaspora.Domain.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Operations;

internal sealed class DatabaseMarkConfiguration : IEntityTypeConfiguration<DatabaseMark>
{
    public void Configure(EntityTypeBuilder<DatabaseMark> entity)
    {
        entity.ToTable("DatabaseMarks");
        entity.Property(mark => mark.Id).ValueGeneratedNever();
    }
}

internal sealed class TaskRunConfiguration : IEntityTypeConfiguration<TaskRun>
{
    public void Configure(EntityTypeBuilder<TaskRun> entity)
    {
        entity.ToTable("TaskRuns");
        entity.HasKey(run => run.Name);
        entity.Property(run => run.Name).HasMaxLength(TaskRun.NameLength).IsUnicode(false);
    }
}

internal sealed class PortalInstanceConfiguration : IEntityTypeConfiguration<PortalInstance>
{
    public void Configure(EntityTypeBuilder<PortalInstance> entity)
    {
        entity.ToTable("PortalInstances");
        entity.Property(portal => portal.Id).ValueGeneratedNever();
        entity.Property(portal => portal.Name).HasMaxLength(PortalInstance.NameLength);
    }
}

internal sealed class BackupRunConfiguration : IEntityTypeConfiguration<BackupRun>
{
    public void Configure(EntityTypeBuilder<BackupRun> entity)
    {
        entity.ToTable("BackupRuns");
        entity.Property(run => run.Id).ValueGeneratedNever();
        entity.Property(run => run.FileName).HasMaxLength(BackupRun.FileLength);
        entity.Property(run => run.Problem).HasMaxLength(BackupRun.ProblemLength);
        entity.HasIndex(run => run.StartedAt);
    }
}
