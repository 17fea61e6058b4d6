using Diaspora.Domain.Operations;

namespace Diaspora.Domain.Backups;

public interface IBackupRepository
{
    /// <param name="now">What began later than that was begun by a wrong clock, and says nothing.</param>
    Task<BackupFacts> FactsAsync(DateTime now, CancellationToken cancel = default);

    /// <summary>The last tries, newest first.</summary>
    Task<IReadOnlyList<BackupRun>> RecentAsync(int count, CancellationToken cancel = default);

    /// <summary>The one that made this archive.</summary>
    Task<BackupRun?> FindAsync(string fileName, CancellationToken cancel = default);

    /// <summary>Whether one of the admins has an address that letters reach.</summary>
    Task<bool> HasAddresseeAsync(CancellationToken cancel = default);
}

public static class BackupRepositories
{
    extension(IWork work)
    {
        public IBackupRepository Backups => work.Repository<IBackupRepository>();

        internal async Task<BackupState> BackupStateAsync(BackupPlan plan, DateTime now, CancellationToken cancel) => BackupState.Of(await work.Backups.FactsAsync(now, cancel), plan, now);
    }
}

/// <summary>A backup was made, failed, was looked into or thinned out.</summary>
public sealed record BackupsChanged : Change;
