namespace Diaspora.Domain.Kernel;

/// <summary>Opens one short-lived unit of work per verb. No service keeps one: "scoped" lives as long as a tab in Blazor Server.</summary>
public interface IStore
{
    /// <summary>Reads, and closes what it read with. Nothing that <paramref name="read"/> loads is tracked or saved.</summary>
    Task<T> ReadAsync<T>(Func<IWork, Task<T>> read, CancellationToken cancel = default);

    /// <summary>
    /// Runs <paramref name="write"/> in one transaction, commits, then announces. It may run again after a transient fault or a
    /// lost race, each time on fresh repositories, so it touches only its argument.
    /// </summary>
    Task<T> WriteAsync<T>(Func<IWork, Task<T>> write, CancellationToken cancel = default);
}

/// <summary>
/// One unit of work: the repositories of one context, the audit entries and announcements of one verb. Each slice names its own repositories
/// as extension properties, so that <c>work.Payments</c> reads well and this floor knows no slice.
/// </summary>
public interface IWork
{
    IAuditRepository Audit { get; }

    /// <summary>The same one for every call within this unit of work.</summary>
    TRepository Repository<TRepository>() where TRepository : class;

    /// <summary>Published after the commit, and only if there was one.</summary>
    void Announce(Change change);
}
