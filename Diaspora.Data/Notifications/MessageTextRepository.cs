using Diaspora.Domain.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Notifications;

internal sealed class MessageTextRepository(DiasporaDbContext context) : IMessageTextRepository
{
    public Task<MessageText?> FindAsync(Guid id, CancellationToken cancel = default) => context.Set<MessageText>().FirstOrDefaultAsync(text => text.Id == id, cancel);

    public async Task<IReadOnlyList<MessageText>> AllAsync(CancellationToken cancel = default) => await context.Set<MessageText>().OrderBy(text => text.Id).ToListAsync(cancel);

    public void Add(MessageText text) => context.Add(text);
}

internal sealed class MessageTextConfiguration : IEntityTypeConfiguration<MessageText>
{
    public void Configure(EntityTypeBuilder<MessageText> entity)
    {
        entity.ToTable("MessageTexts");
        entity.Property(text => text.Id).ValueGeneratedNever();
        entity.Property(text => text.Language).HasMaxLength(MessageText.LanguageLength).IsFixedLength().IsUnicode(false);
        entity.Property(text => text.Title).HasMaxLength(MessageText.TitleLength);
        entity.Property(text => text.Text).HasMaxLength(MessageText.TextLength);
        entity.Property(text => text.Version).IsConcurrencyToken();
    }
}
