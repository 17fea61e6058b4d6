using Diaspora.Domain.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Diaspora.Data.Content;

internal sealed class ContentRepository(DiasporaDbContext context) : IContentRepository
{
    public Task<ContentPage?> FindAsync(string slug, string language, CancellationToken cancel = default) =>
        context.Pages.FirstOrDefaultAsync(page => page.Slug == slug && page.Language == language, cancel);
}

internal sealed class ContentPageConfiguration : IEntityTypeConfiguration<ContentPage>
{
    public void Configure(EntityTypeBuilder<ContentPage> entity)
    {
        entity.ToTable("pages");
        entity.HasKey(page => new { page.Slug, page.Language });
        entity.Property(page => page.Slug).HasMaxLength(60).IsUnicode(false);
        entity.Property(page => page.Language).HasMaxLength(5).IsUnicode(false);
        entity.Property(page => page.Title).HasMaxLength(200);
    }
}
