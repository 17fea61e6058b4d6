using Diaspora.Domain.Members;
using Diaspora.Domain.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Notifications;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> entity)
    {
        entity.ToTable("Messages");
        entity.Property(message => message.Id).ValueGeneratedNever();
        entity.Property(message => message.Language).HasMaxLength(Message.LanguageLength).IsUnicode(false);
        entity.Property(message => message.Facts).HasMaxLength(Message.FactsLength);
        entity.Property(message => message.Problem).HasMaxLength(Message.ProblemLength).IsUnicode(false);

        entity.Property(message => message.ProviderId).HasMaxLength(Message.ProviderIdLength).IsUnicode(false);
        entity.HasIndex(message => message.ProviderId);

        // Two portals that claim the same one collide.
        entity.Property(message => message.State).IsConcurrencyToken();
        entity.HasIndex(message => new { message.AboutId, message.Cause, message.OccurredAt, message.MemberId, message.Channel }).IsUnique();
        entity.HasIndex(message => new { message.State, message.DueAt });
        entity.HasIndex(message => new { message.MemberId, message.CreatedAt });
        entity.HasOne<Member>().WithMany().HasForeignKey(message => message.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PushDeviceConfiguration : IEntityTypeConfiguration<PushDevice>
{
    public void Configure(EntityTypeBuilder<PushDevice> entity)
    {
        entity.ToTable("PushDevices");
        entity.Property(device => device.Id).ValueGeneratedNever();
        entity.Property(device => device.Endpoint).HasMaxLength(PushDevice.EndpointLength).IsUnicode(false);
        entity.Property(device => device.Key).HasMaxLength(PushDevice.KeyLength).IsUnicode(false);
        entity.Property(device => device.Secret).HasMaxLength(PushDevice.KeyLength).IsUnicode(false);
        entity.Property(device => device.Device).HasMaxLength(PushDevice.DeviceLength);
        entity.HasIndex(device => device.Endpoint).IsUnique();
        entity.HasIndex(device => new { device.MemberId, device.CreatedAt });
        entity.HasOne<Member>().WithMany().HasForeignKey(device => device.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ChannelConsentConfiguration : IEntityTypeConfiguration<ChannelConsent>
{
    public void Configure(EntityTypeBuilder<ChannelConsent> entity)
    {
        entity.ToTable("ChannelConsents");
        entity.HasKey(consent => new { consent.MemberId, consent.Channel });
        entity.Property(consent => consent.Version).HasMaxLength(ChannelConsent.VersionLength).IsUnicode(false);
        entity.Property(consent => consent.Text).HasMaxLength(ChannelConsent.TextLength);
        entity.Property(consent => consent.DeadPhone).HasMaxLength(ChannelConsent.PhoneLength).IsUnicode(false);
        entity.HasOne<Member>().WithMany().HasForeignKey(consent => consent.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MemberContactConfiguration : IEntityTypeConfiguration<MemberContact>
{
    public void Configure(EntityTypeBuilder<MemberContact> entity)
    {
        entity.ToTable("MemberContacts");
        entity.HasKey(choice => choice.MemberId);
        entity.Property(choice => choice.DeadMail).HasMaxLength(MemberContact.MailLength);
        entity.Property(choice => choice.TelegramCode).HasMaxLength(MemberContact.CodeLength).IsUnicode(false);
        entity.HasIndex(choice => choice.TelegramChat).IsUnique();
        entity.HasIndex(choice => choice.TelegramCode).IsUnique();
        entity.HasOne<Member>().WithOne().HasForeignKey<MemberContact>(choice => choice.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}
