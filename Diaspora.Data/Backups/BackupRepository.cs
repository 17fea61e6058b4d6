using Diaspora.Domain.Access;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Operations;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Data.Backups;

internal sealed class BackupRepository(DiasporaDbContext context) : IBackupRepository
{
    public async Task<BackupFacts> FactsAsync(DateTime now, CancellationToken cancel = default)
    {
        var begun = context.Backups.Where(run => run.StartedAt <= now).OrderByDescending(run => run.StartedAt);
        var killedBefore = now - BackupState.Longest;
        return new BackupFacts(
            await begun.FirstOrDefaultAsync(run => run.FinishedAt != null && run.FileName != null && run.IsVerified, cancel),
            await begun.FirstOrDefaultAsync(run => run.FinishedAt != null || run.StartedAt < killedBefore, cancel),
            await context.Marks.Select(mark => (DateTime?)mark.CreatedAt).SingleOrDefaultAsync(cancel),

            // Numbers are given one after the other, so the lowest one was there first.
            await context.Members.Where(member => member.Role == Role.Member).OrderBy(member => member.Number).Select(member => (DateTime?)member.CreatedAt).FirstOrDefaultAsync(cancel));
    }

    public async Task<IReadOnlyList<BackupRun>> RecentAsync(int count, CancellationToken cancel = default) =>
        await context.Backups.OrderByDescending(run => run.StartedAt).Take(count).ToListAsync(cancel);

    public Task<BackupRun?> FindAsync(string fileName, CancellationToken cancel = default) =>
        context.Backups.OrderByDescending(run => run.StartedAt).FirstOrDefaultAsync(run => run.FileName == fileName, cancel);

    public Task<bool> HasAddresseeAsync(CancellationToken cancel = default) =>
        context.Members.AnyAsync(member => member.Role == Role.Admin && member.BlockedAt == null && member.Email != null
            && !context.Set<MemberContact>().Any(contact => contact.MemberId == member.Id && contact.DeadMail == member.Email), cancel);
}
