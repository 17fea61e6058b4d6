using Diaspora.Domain.Backups;
using Diaspora.Domain.Operations;
using static Diaspora.Domain.Backups.BackupTrouble;

namespace Diaspora.Tests.Backups;

/// <summary>When backups are bad: one table, in hours before now.</summary>
public sealed class BackupStateTests
{
    private static readonly DateTime Now = new(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc);

    /// <summary>What was tried: how long ago, and how it went.</summary>
    public enum Try
    {
        Good,
        Copied,
        Failed,
        Damaged,
        Running,
    }

    public static TheoryData<string, (double Ago, Try How)[], double?, double?, bool, bool, BackupTrouble[]> Table => new()
    {
        { "a new portal", [], 1, null, false, false, [] },
        { "a portal of 26 hours", [], 26, null, false, false, [] },
        { "a portal of a day and a half that made none", [], 36, null, false, false, [Never] },
        { "a portal that is older than its mark", [], null, null, false, false, [] },
        { "made last night", [(4, Try.Good)], 100, 90, false, false, [] },
        { "made 26 hours ago", [(26, Try.Good)], 100, 90, false, false, [] },
        { "made 27 hours ago", [(27, Try.Good)], 100, 90, false, false, [Old] },
        { "made, then one failed", [(26, Try.Good), (2, Try.Failed)], 100, 90, false, false, [Failed] },
        { "failed again and again", [(50, Try.Good), (26, Try.Failed), (2, Try.Failed)], 100, 90, false, false, [Old, Failed] },
        { "failed, then made", [(4, Try.Failed), (3, Try.Good)], 100, 90, false, false, [] },
        { "the last one is damaged", [(26, Try.Good), (4, Try.Damaged)], 100, 90, false, false, [Failed] },
        { "the first one failed", [(1, Try.Failed)], 20, 10, false, false, [Failed] },
        { "one is being made", [(26, Try.Good), (0.1, Try.Running)], 100, 90, false, false, [] },
        { "one was killed", [(25, Try.Good), (1.5, Try.Running)], 100, 90, false, false, [Failed] },
        { "begun by a clock that was ahead", [(-500, Try.Good)], 100, 90, false, false, [Never] },
        { "no second place for a week", [(4, Try.Good)], 500, 168, false, false, [] },
        { "no second place for longer", [(4, Try.Good)], 500, 169, false, false, [NoSecondPlace] },
        { "no second place, and nobody's data", [(4, Try.Good)], 500, null, false, false, [] },
        { "no second place in a demo", [(4, Try.Good)], 500, 400, false, true, [] },
        { "in the second place", [(4, Try.Copied)], 500, 400, true, false, [] },
        { "not in the second place", [(4, Try.Good)], 500, 400, true, false, [NotCopied] },
        { "not in the second place and failed since", [(26, Try.Good), (4, Try.Failed)], 500, 400, true, false, [Failed] },
        { "all at once", [(50, Try.Good), (4, Try.Failed)], 500, 400, false, false, [Old, Failed, NoSecondPlace] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Of_Everything_IsBadOnlyForTheseReasons(string case_, (double Ago, Try How)[] tries, double? since, double? peopleSince, bool hasSecondPlace, bool isDemo, BackupTrouble[] troubles)
    {
        var runs = tries.Where(one => one.Ago >= 0).Select(Run).OrderByDescending(run => run.StartedAt).ToList();
        var facts = new BackupFacts(
            runs.Find(run => run.IsGood),
            runs.Find(run => run.FinishedAt is not null || run.StartedAt < Now - BackupState.Longest),
            Ago(since), Ago(peopleSince));

        var state = BackupState.Of(facts, new BackupPlan(new TimeOnly(3, 10), true, false, hasSecondPlace, isDemo), Now);

        Assert.Equal((case_, string.Join(' ', troubles)), (case_, string.Join(' ', state.Troubles)));
        Assert.Equal(troubles.Length > 0, state.IsBad);
        Assert.Equal(facts.Good?.StartedAt, state.GoodAt);
    }

    private static DateTime? Ago(double? hours) => hours is { } some ? Now - TimeSpan.FromHours(some) : null;

    private static BackupRun Run((double Ago, Try How) one)
    {
        var at = Ago(one.Ago)!.Value;
        return new BackupRun
        {
            StartedAt = at,
            FinishedAt = one.How == Try.Running ? null : at.AddSeconds(5),
            FileName = one.How is Try.Running or Try.Failed ? null : "diaspora-20260308-031000.zip",
            IsVerified = one.How is Try.Good or Try.Copied,
            CopiedAt = one.How == Try.Copied ? at : null,
            Problem = one.How is Try.Failed or Try.Damaged ? "The disk is full." : null,
        };
    }
}
