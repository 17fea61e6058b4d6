using Diaspora.Domain.Access;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Backups;

/// <summary>Tells the admins that something is wrong with the backups; the background task's verb.</summary>
public sealed class BackupNoticeService(IStore store, BackupPlan plan, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>Stands where a message says what it is about: there is one set of backups.</summary>
    private static readonly Guid Backups = new("5e771260-0000-7000-8000-000000000031");

    /// <summary>Once a day for each of them, never at night, as long as it is wrong.</summary>
    /// <returns>How many are told.</returns>
    public async Task<int> TellAsync(CancellationToken cancel = default)
    {
        if (!QuietHours.IsAwake(settings.Rules.Zone, Now) || !(await store.ReadAsync(work => work.BackupStateAsync(plan, Now, cancel), cancel)).IsBad)
        {
            return 0;
        }

        return await store.WriteAsync(async work =>
        {
            var state = await work.BackupStateAsync(plan, Now, cancel);
            return state.IsBad
                ? await work.TellStaffAsync(
                    Permission.Admin, Cause.BackupMissing, Backups, StaffNotices.Moment(settings.Rules.DayOf(Now)), new NoticeFacts(Reason: string.Join(',', state.Troubles)) { Since = state.GoodAt }, cancel)
                : 0;
        }, cancel);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

/// <summary>It goes only while something is still wrong.</summary>
public sealed class BackupMissingCheck(BackupPlan plan, TimeProvider clock) : IMessageCheck
{
    public Cause Cause => Cause.BackupMissing;

    public async Task<bool> HoldsAsync(IWork work, Message message, CancellationToken cancel = default) =>
        (await work.BackupStateAsync(plan, clock.GetUtcNow().UtcDateTime, cancel)).IsBad;
}
