using Diaspora.Domain.Access;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Settings;

namespace Diaspora.Domain.Payments;

/// <summary>Tells cashiers and admins that members wait for them; the background task's verb.</summary>
public sealed class ClaimsDigestService(IStore store, CurrentSettings settings, TimeProvider clock)
{
    /// <summary>Stands where a message says what it is about: all days' digests are of the one queue.</summary>
    private static readonly Guid Queue = new("5e771260-0000-7000-8000-000000000030");

    /// <summary>Once a day for each of them, never at night, and only while something waits so long.</summary>
    /// <param name="hours">How long a claim may wait before somebody is told.</param>
    /// <returns>How many are told.</returns>
    public async Task<int> TellAsync(int hours, CancellationToken cancel = default)
    {
        if (!QuietHours.IsAwake(settings.Rules.Zone, Now) || (await store.ReadAsync(work => WaitingAsync(work, hours, cancel), cancel)).Count == 0)
        {
            return 0;
        }

        return await store.WriteAsync(async work =>
        {
            var (count, oldest) = await WaitingAsync(work, hours, cancel);
            return count == 0 ? 0 : await work.TellStaffAsync(
                Permission.Cashier, Cause.ClaimsWaiting, Queue, StaffNotices.Moment(settings.Rules.DayOf(Now)), new NoticeFacts { Count = count, Hours = hours, Since = oldest }, cancel);
        }, cancel);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task<(int Count, DateTime? Oldest)> WaitingAsync(IWork work, int hours, CancellationToken cancel) => work.Payments.ClaimedBeforeAsync(Now.AddHours(-hours), cancel);
}

/// <summary>A digest goes only while something of what it counts is left to do, and only by day.</summary>
public sealed class ClaimsWaitingCheck(CurrentSettings settings, TimeProvider clock) : IMessageCheck
{
    public Cause Cause => Cause.ClaimsWaiting;

    public async Task<bool> HoldsAsync(IWork work, Message message, CancellationToken cancel = default)
    {
        var (now, hours) = (clock.GetUtcNow().UtcDateTime, NoticeFacts.Read(message.Facts).Hours ?? 0);
        return QuietHours.IsAwake(settings.Rules.Zone, now) && (await work.Payments.ClaimedBeforeAsync(now.AddHours(-hours), cancel)).Count > 0;
    }
}
