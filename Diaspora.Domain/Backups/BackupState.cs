using Diaspora.Domain.Operations;

namespace Diaspora.Domain.Backups;

/// <summary>How this portal is told to keep its backups.</summary>
/// <param name="At">The local time of the daily one.</param>
/// <param name="IsDaily">The portal makes one every day by itself.</param>
/// <param name="IsEncrypted">A passphrase is set.</param>
/// <param name="HasSecondPlace">Each is laid in a second place besides.</param>
/// <param name="IsDemo">What is kept here is nobody's: nobody has to care for it.</param>
public sealed record BackupPlan(TimeOnly At, bool IsDaily, bool IsEncrypted, bool HasSecondPlace, bool IsDemo);

/// <summary>What is wrong with the backups, worst first.</summary>
public enum BackupTrouble
{
    /// <summary>There was never a good one, and there should be by now.</summary>
    Never,

    /// <summary>The last good one is too old.</summary>
    Old,

    /// <summary>The last try made none, or one that does not hold what it says.</summary>
    Failed,

    /// <summary>The last one did not reach the second place.</summary>
    NotCopied,

    /// <summary>There is no second place: what takes the machine takes the backups too.</summary>
    NoSecondPlace,
}

/// <summary>What the database knows of its backups.</summary>
/// <param name="Good">The last one that was made and found whole.</param>
/// <param name="LastTry">The last one that came to an end, or that was killed.</param>
/// <param name="Since">Since when there is this database. UTC.</param>
/// <param name="PeopleSince">Since when somebody's data are in it. UTC.</param>
public sealed record BackupFacts(BackupRun? Good, BackupRun? LastTry, DateTime? Since, DateTime? PeopleSince);

/// <summary>How the backups stand at a moment. Everything that shows or tells it uses this.</summary>
/// <param name="GoodAt">When the last good one was begun: what is in it is of that moment. UTC.</param>
/// <param name="IsCopied">It lies in the second place too.</param>
/// <param name="TriedAt">When the last try was begun. UTC.</param>
/// <param name="Problem">What the last try was told to have failed of.</param>
public sealed record BackupState(DateTime? GoodAt, bool IsCopied, DateTime? TriedAt, string? Problem, IReadOnlyList<BackupTrouble> Troubles)
{
    /// <summary>A day, and two hours for a portal that was off at the time.</summary>
    public static readonly TimeSpan OldAfter = TimeSpan.FromHours(26);

    /// <summary>An admin has so long to find a second place.</summary>
    public static readonly TimeSpan SecondPlaceWithin = TimeSpan.FromDays(7);

    /// <summary>One that has not ended by then was killed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public bool IsBad => Troubles.Count > 0;

    public static BackupState Of(BackupFacts facts, BackupPlan plan, DateTime now)
    {
        var (good, last) = (facts.Good, facts.LastTry);
        List<BackupTrouble> troubles = [];
        if (now - (good?.StartedAt ?? facts.Since) > OldAfter)
        {
            troubles.Add(good is null ? BackupTrouble.Never : BackupTrouble.Old);
        }

        if (last is { IsGood: false })
        {
            troubles.Add(BackupTrouble.Failed);
        }

        if (!plan.HasSecondPlace)
        {
            if (!plan.IsDemo && now - facts.PeopleSince > SecondPlaceWithin)
            {
                troubles.Add(BackupTrouble.NoSecondPlace);
            }
        }
        else if (last is { IsGood: true, CopiedAt: null })
        {
            troubles.Add(BackupTrouble.NotCopied);
        }

        return new BackupState(good?.StartedAt, good?.CopiedAt is not null, last?.StartedAt, last?.Problem, troubles);
    }
}
