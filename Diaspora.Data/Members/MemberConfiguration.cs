using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Members;

internal sealed class MemberConfiguration : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> entity)
    {
        entity.ToTable("Members");
        entity.Property(member => member.Id).ValueGeneratedNever();
        entity.Property(member => member.FullName).HasMaxLength(Validation.NameLength);
        entity.Property(member => member.NameKey).HasMaxLength(Validation.NameLength * 2);
        entity.Property(member => member.NameSet).HasMaxLength(Validation.NameLength * 2);
        entity.Property(member => member.SortKey).HasMaxLength(Validation.NameLength * 4).IsUnicode(false);
        entity.Property(member => member.Email).HasMaxLength(254);
        entity.Property(member => member.Iin).HasMaxLength(12).IsUnicode(false);
        entity.Property(member => member.City).HasMaxLength(80);
        entity.Property(member => member.Language).HasMaxLength(5).IsUnicode(false);
        entity.Property(member => member.ConsentVersion).HasMaxLength(20).IsUnicode(false);
        entity.Property(member => member.BlockReason).HasMaxLength(Validation.ReasonLength);
        entity.Property(member => member.Version).IsConcurrencyToken();
        entity.HasIndex(member => member.Phone).IsUnique();
        entity.HasIndex(member => member.Number).IsUnique();

        // All that the lists of a report ask of members before they know whom they show.
        entity.HasIndex(member => new { member.SortKey, member.Id, member.JoinedOn, member.City, member.MergedIntoId }, "IX_Members_ByName");
        entity.HasIndex(member => member.NameSet);

        // How many had joined by a month, in each city: read without the rows themselves.
        entity.HasIndex(member => new { member.JoinedOn, member.City, member.MergedIntoId });

        // No foreign key: SQLite would rebuild the whole table for it, and no member is ever deleted.
        // The index leaves out members who were never merged. Nearly every query asks for those, and the database would wrongly use this index for it.
        entity.HasIndex(member => member.MergedIntoId).HasFilter("\"MergedIntoId\" IS NOT NULL");

        // No list, sum or search sees a record that was merged into another one, whoever writes the query.
        entity.HasQueryFilter(member => member.MergedIntoId == null);
        entity.HasMany(member => member.Exemptions).WithOne().HasForeignKey(exemption => exemption.MemberId).OnDelete(DeleteBehavior.Restrict);
        entity.HasMany(member => member.Suspensions).WithOne().HasForeignKey(suspension => suspension.MemberId).OnDelete(DeleteBehavior.Restrict);
        entity.Navigation(member => member.Exemptions).UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.Navigation(member => member.Suspensions).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class ExemptionConfiguration : IEntityTypeConfiguration<Exemption>
{
    public void Configure(EntityTypeBuilder<Exemption> entity)
    {
        entity.ToTable("Exemptions");
        entity.Property(exemption => exemption.Id).ValueGeneratedNever();
        entity.Property(exemption => exemption.Reason).HasMaxLength(Validation.ReasonLength);
        entity.Property(exemption => exemption.DecidedBy).HasColumnName("GrantedBy");
    }
}

internal sealed class SuspensionConfiguration : IEntityTypeConfiguration<Suspension>
{
    public void Configure(EntityTypeBuilder<Suspension> entity)
    {
        entity.ToTable("Suspensions");
        entity.Property(suspension => suspension.Id).ValueGeneratedNever();
        entity.Property(suspension => suspension.Reason).HasMaxLength(Validation.ReasonLength);
    }
}

internal sealed class MemberNoteConfiguration : IEntityTypeConfiguration<MemberNote>
{
    public void Configure(EntityTypeBuilder<MemberNote> entity)
    {
        entity.ToTable("MemberNotes");
        entity.Property(note => note.Id).ValueGeneratedNever();
        entity.Property(note => note.Text).HasMaxLength(MemberNote.MaxLength);
        entity.HasOne<Member>().WithMany().HasForeignKey(note => note.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}
