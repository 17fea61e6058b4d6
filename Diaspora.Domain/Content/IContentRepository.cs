namespace Diaspora.Domain.Content;

public interface IContentRepository
{
    Task<ContentPage?> FindAsync(string slug, string language, CancellationToken cancellationToken);
}
