using Diaspora.Data.Payments;
using Diaspora.Domain.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Settings;

internal sealed class SettingsRepository(DiasporaDbContext context) : ISettingsRepository
{
    public Task<PortalSettings?> FindAsync(CancellationToken cancel = default) =>
        context.Settings.Include(settings => settings.Fees).FirstOrDefaultAsync(settings => settings.Id == PortalSettings.OnlyId, cancel);

    public void Add(PortalSettings settings) => context.Settings.Add(settings);
}

internal sealed class SettingsConfiguration : IEntityTypeConfiguration<PortalSettings>
{
    public void Configure(EntityTypeBuilder<PortalSettings> entity)
    {
        entity.ToTable("Settings");
        entity.Property(settings => settings.Id).ValueGeneratedNever();
        entity.Property(settings => settings.Version).IsConcurrencyToken();
        entity.ComplexProperty(settings => settings.Association, association =>
        {
            association.Property(contacts => contacts.Name).HasMaxLength(SettingsLimits.NameLength);
            association.Property(contacts => contacts.NameKazakh).HasMaxLength(SettingsLimits.NameLength);
            association.Property(contacts => contacts.Email).HasMaxLength(SettingsLimits.EmailLength);
            association.Property(contacts => contacts.Phone).HasMaxLength(SettingsLimits.PhoneLength);
            association.Property(contacts => contacts.WhatsApp).HasMaxLength(SettingsLimits.PhoneLength);
            association.Property(contacts => contacts.Address).HasMaxLength(SettingsLimits.AddressLength);
            association.Property(contacts => contacts.AddressKazakh).HasMaxLength(SettingsLimits.AddressLength);
        });
        entity.ComplexProperty(settings => settings.Kaspi, kaspi =>
        {
            kaspi.Property(requisites => requisites.Recipient).HasMaxLength(SettingsLimits.NameLength);
            kaspi.Property(requisites => requisites.Phone).HasMaxLength(SettingsLimits.PhoneLength);
            kaspi.Property(requisites => requisites.Link).HasMaxLength(SettingsLimits.LinkLength);
            kaspi.Property(requisites => requisites.AccountPrefix).HasMaxLength(SettingsLimits.PrefixLength).IsUnicode(false);
        });
        entity.ComplexProperty(settings => settings.Reminder, reminder =>
        {
            reminder.Property(texts => texts.Russian).HasMaxLength(SettingsLimits.ReminderLength);
            reminder.Property(texts => texts.Kazakh).HasMaxLength(SettingsLimits.ReminderLength);
        });
        entity.HasMany(settings => settings.Fees).WithOne().HasForeignKey(fee => fee.SettingsId).OnDelete(DeleteBehavior.Cascade);
        entity.Navigation(settings => settings.Fees).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class StoredFeeConfiguration : IEntityTypeConfiguration<StoredFee>
{
    public void Configure(EntityTypeBuilder<StoredFee> entity)
    {
        entity.ToTable("Fees");
        entity.HasKey(fee => new { fee.SettingsId, fee.From });
        entity.Property(fee => fee.From).ValueGeneratedNever();
        entity.Property(fee => fee.Amount).HasConversion<MoneyConverter>();
    }
}
