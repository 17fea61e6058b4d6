using Diaspora.Domain.Backups;
using Diaspora.Domain.Operations;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Backups;

internal static class BackupSetup
{
    /// <summary>A database that is so old, and tries as they were told by the history.</summary>
    public static async Task RememberAsync(this TestDatabase database, TimeSpan age, params BackupRun[] runs)
    {
        await using var context = database.Context();
        context.Marks.RemoveRange(context.Marks);
        context.Marks.Add(new DatabaseMark { CreatedAt = database.Clock.GetUtcNow().UtcDateTime - age });
        context.Backups.AddRange(runs);
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public static BackupRun FailedRun(this TestDatabase database, string problem) =>
        new() { StartedAt = database.Clock.GetUtcNow().UtcDateTime, FinishedAt = database.Clock.GetUtcNow().UtcDateTime, Problem = problem };

    public static IBackupArchives Archives(this TestDatabase database) => database.Get<IBackupArchives>();
}
