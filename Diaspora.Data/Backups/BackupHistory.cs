using Diaspora.Domain.Operations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Diaspora.Data.Backups;

/// <summary>What the database remembers of backups. That it cannot, on a full disk or in a database of an older version, is no reason to make none.</summary>
public sealed class BackupHistory(IContextFactory contexts, TimeProvider clock, ILogger<BackupHistory> log)
{
    internal Task KeepAsync(BackupRun run, CancellationToken cancel) => TryAsync(async context =>
    {
        context.Entry(run).State = await context.Backups.AnyAsync(kept => kept.Id == run.Id, cancel) ? EntityState.Modified : EntityState.Added;
        await context.SaveChangesAsync(cancel);
        return true;
    }, cancel);

    internal Task NoteAsync(string name, bool isSound, CancellationToken cancel) =>
        TryAsync(context => context.Backups.Where(run => run.FileName == name).ExecuteUpdateAsync(set => set.SetProperty(run => run.IsVerified, isSound), cancel), cancel);

    /// <summary>Names of the archives that were sound when they were last looked at.</summary>
    internal async Task<HashSet<string>> VerifiedAsync(CancellationToken cancel) =>
        await TryAsync(context => context.Backups.Where(run => run.IsVerified && run.FileName != null).Select(run => run.FileName!).ToHashSetAsync(cancel), cancel) ?? [];

    /// <summary>Which database it is; it learns so when it did not know.</summary>
    /// <returns>None where it is older than such marks, or cannot be written to.</returns>
    internal Task<Guid?> DatabaseIdAsync(CancellationToken cancel) => TryAsync<Guid?>(async context =>
    {
        if (await context.Marks.AsNoTracking().SingleOrDefaultAsync(cancel) is { } known)
        {
            return known.DatabaseId;
        }

        var mark = new DatabaseMark { CreatedAt = clock.GetUtcNow().UtcDateTime };
        context.Marks.Add(mark);
        await context.SaveChangesAsync(cancel);
        return mark.DatabaseId;
    }, cancel);

    /// <summary>Away from whoever asked: SQLite waits for another writer where it is called, here as long as a great import may take.</summary>
    private Task<T?> TryAsync<T>(Func<DiasporaDbContext, Task<T>> work, CancellationToken cancel) => Task.Run(
        async () =>
        {
            try
            {
                await using var context = contexts.Create();
                if (context.Database.IsSqlite())
                {
                    // Asked about a file that is not there, SQLite makes it.
                    if (!File.Exists(context.Database.GetDbConnection().DataSource))
                    {
                        return default;
                    }

                    await context.Database.OpenConnectionAsync(cancel);
                    await context.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout=30000;", cancel);
                }

                return await work(context);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "The history of backups could not be read or written");
                return default;
            }
        },
        cancel);
}
