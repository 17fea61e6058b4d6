using Diaspora.Domain.Operations;

namespace Diaspora.Domain.Backups;

/// <summary>Somebody to write to.</summary>
public sealed record BackupAddressee(string Address, string Language);

public interface IBackupRepository
{
    /// <param name="now">What began later than that was begun by a wrong clock, and says nothing.</param>
    Task<BackupFacts> FactsAsync(DateTime now, CancellationToken cancel = default);

    /// <summary>The last tries, newest first.</summary>
    Task<IReadOnlyList<BackupRun>> RecentAsync(int count, CancellationToken cancel = default);

    /// <summary>The one that made this archive.</summary>
    Task<BackupRun?> FindAsync(string fileName, CancellationToken cancel = default);

    /// <summary>The admins that have an address.</summary>
    Task<IReadOnlyList<BackupAddressee>> AdminsAsync(CancellationToken cancel = default);
}

public static class BackupRepositories
{
    extension(IWork work)
    {
        public IBackupRepository Backups => work.Repository<IBackupRepository>();
    }
}

/// <summary>A backup was made, failed, was looked into or thinned out.</summary>
public sealed record BackupsChanged : Change;
