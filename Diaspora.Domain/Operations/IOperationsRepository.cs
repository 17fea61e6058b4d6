namespace Diaspora.Domain.Operations;

/// <summary>What those who run the portal look at. It holds nothing of anybody.</summary>
public interface IOperationsRepository
{
    Task<PortalFigures> FiguresAsync(CancellationToken cancel = default);

    Task<WatchedFigures> WatchedAsync(CancellationToken cancel = default);
}

public static class OperationsRepositories
{
    extension(IWork work)
    {
        public IOperationsRepository Operations => work.Repository<IOperationsRepository>();
    }
}
