using Diaspora.Domain.Operations;
using Diaspora.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Operations;

internal sealed class OperationsRepository(DiasporaDbContext context) : IOperationsRepository
{
    private const string SqliteBytes = "SELECT page_count * page_size AS Value FROM pragma_page_count(), pragma_page_size()";
    private const string ServerBytes = "SELECT SUM(CAST(size AS bigint)) * 8192 AS Value FROM sys.database_files";

    public async Task<PortalFigures> FiguresAsync(CancellationToken cancel = default) => new(
        await context.Database.SqlQueryRaw<long>(context.Database.IsSqlite() ? SqliteBytes : ServerBytes).SingleAsync(cancel),
        await context.Members.CountAsync(cancel),
        await context.Payments.CountAsync(cancel),
        await context.TaskRuns.Where(run => run.LastRunAt != null).OrderByDescending(run => run.LastRunAt).Select(run => new TaskRunRow(run.Name, run.LastRunAt!.Value)).ToListAsync(cancel),
        await context.Instances.OrderBy(portal => portal.StartedAt).Select(portal => new InstanceRow(portal.Name, portal.StartedAt, portal.SeenAt)).ToListAsync(cancel),
        await Sound.Select(run => new BackupFigure(run.FinishedAt!.Value, run.Bytes, run.IsEncrypted, run.CopiedAt != null)).FirstOrDefaultAsync(cancel));

    public async Task<WatchedFigures> WatchedAsync(CancellationToken cancel = default)
    {
        // As the queue counts them: from the few pending payments, each of which looks up its one intent.
        var waiting = from payment in context.Payments
                      join intent in context.Intents on payment.IntentId equals intent.Id
                      where payment.Status == PaymentStatus.Pending && intent.ClaimedAt != null
                      select new { intent.Id, intent.ClaimedAt };
        var last = await Sound.Select(run => new { run.StartedAt, run.FinishedAt }).FirstOrDefaultAsync(cancel);
        var since = last?.StartedAt ?? DateTime.MinValue;
        return new WatchedFigures(
            await waiting.Select(one => one.Id).Distinct().CountAsync(cancel),
            await waiting.MinAsync(one => one.ClaimedAt, cancel),
            last?.FinishedAt,
            await context.Backups.CountAsync(run => run.StartedAt > since && run.Problem != null, cancel));
    }

    private IQueryable<BackupRun> Sound => context.Backups.Where(run => run.FinishedAt != null && run.FileName != null && run.IsVerified).OrderByDescending(run => run.StartedAt);
}
