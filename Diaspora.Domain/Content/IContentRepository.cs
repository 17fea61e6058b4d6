namespace Diaspora.Domain.Content;

public interface IContentRepository
{
    Task<ContentPage?> FindAsync(string slug, string language, CancellationToken cancel = default);
}

public static class ContentRepositories
{
    extension(IWork work)
    {
        public IContentRepository Content => work.Repository<IContentRepository>();
    }
}
