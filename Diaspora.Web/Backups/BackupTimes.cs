using Cronos;
using Diaspora.Domain.Backups;

namespace Diaspora.Web.Backups;

/// <summary>When the daily backup is due.</summary>
public sealed class BackupTimes(BackupPlan plan, TimeZoneInfo zone)
{
    /// <summary>After a try that failed.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);

    private readonly CronExpression _daily = CronExpression.Parse($"{plan.At.Minute} {plan.At.Hour} * * *");

    /// <param name="lastRunAt">When the last daily one was made.</param>
    /// <returns>The next planned time; one in the past where a portal was off at that time.</returns>
    public DateTime DueAt(DateTime? lastRunAt, BackupFacts facts, DateTime now)
    {
        // Later than now is what a wrong clock has written, and nothing at all is a database from before there were backups: both are due.
        var since = (lastRunAt ?? facts.Since) is { } known && known <= now ? known : now - TimeSpan.FromDays(1);
        var due = Next(since);
        return facts.LastTry is { IsGood: false } failed && failed.StartedAt >= due ? failed.StartedAt + RetryAfter : due;
    }

    /// <summary>The next planned time after this.</summary>
    public DateTime Next(DateTime after) => _daily.GetNextOccurrence(DateTime.SpecifyKind(after, DateTimeKind.Utc), zone)!.Value;
}
