using Diaspora.Domain.Access;

namespace Diaspora.Domain.Notifications;

/// <summary>What staff are told of their work, each once, as everybody else is told.</summary>
public static class StaffNotices
{
    /// <summary>Tells those who may do it, but for whoever was told of the same already: so it may be asked as often as one likes.</summary>
    /// <param name="about">With the cause and the moment it says what it was, as in <see cref="Notice"/>.</param>
    /// <returns>How many are to be told.</returns>
    public static async Task<int> TellStaffAsync(this IWork work, Permission permission, Cause cause, Guid about, DateTime at, NoticeFacts facts, CancellationToken cancel = default)
    {
        var told = await work.Outbox.ToldAsync(cause, about, at, cancel);
        var untold = (await work.Outbox.StaffAsync(permission, cancel)).Except(told).ToList();
        var reached = untold.Count == 0 ? [] : (await work.Outbox.WaysAsync(untold, cancel)).Where(way => way.For(cause).Count > 0).Select(way => way.MemberId).ToHashSet();
        untold.RemoveAll(memberId => !reached.Contains(memberId));
        untold.ForEach(memberId => work.Outbox.Tell(new Notice(cause, about, memberId, at, facts)));
        return untold.Count;
    }

    /// <summary>The moment of what is told once a day.</summary>
    public static DateTime Moment(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}
