using CsCheck;
using Diaspora.Data.Backups;
using Diaspora.Domain.Backups;
using Xunit;

namespace Diaspora.Tests.Backups;

/// <summary>Which archives are kept.</summary>
public sealed class RetentionTests
{
    private static readonly HashSet<string> None = [];

    [Fact]
    public void Keep_AYearOfDailyArchives_LeavesDaysWeeksAndMonths()
    {
        var left = Left([.. Days("2025-03-01", "2026-03-08").Select(day => At(day, 22))]);

        Assert.Equal(
            [
                // The last of the months, of the eight weeks (Sundays), and the fourteen days.
                "2025-04-30", "2025-05-31", "2025-06-30", "2025-07-31", "2025-08-31", "2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31",
                "2026-01-18", "2026-01-25", "2026-01-31", "2026-02-01", "2026-02-08", "2026-02-15", "2026-02-22",
                "2026-02-23", "2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27", "2026-02-28", "2026-03-01",
                "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08",
            ],
            left.Select(file => file.MadeAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Keep_SeveralOfADay_LeavesTheNewestAndTheLastThatIsSound()
    {
        BackupFile[] files = [At(new DateOnly(2026, 3, 8), 3), At(new DateOnly(2026, 3, 8), 9), At(new DateOnly(2026, 3, 8), 12), At(new DateOnly(2026, 3, 12), 3)];

        Assert.Equal([files[2], files[3]], Left(files));
        Assert.Equal([files[0], files[2], files[3]], Left(files, [files[0].Name]));
    }

    /// <summary>It was made before an update, the nightly one comes hours later, and the way back needs the first.</summary>
    [Fact]
    public void Keep_WhatWasMadeByHandTheSameDay_ForTwoDays()
    {
        BackupFile[] files = [At(new DateOnly(2026, 3, 8), 7), At(new DateOnly(2026, 3, 8), 22), At(new DateOnly(2026, 3, 9), 22)];

        Assert.Equal(files, Left(files));
        Assert.Equal(Retention.Fresh, Left([.. Enumerable.Range(0, 20).Select(hour => At(new DateOnly(2026, 3, 8), hour))]).Count);
    }

    /// <summary>A portal that was off for years, and a clock that was a year ahead.</summary>
    [Fact]
    public void Keep_FewArchivesFarApart_LeavesThemAll()
    {
        BackupFile[] files = [At(new DateOnly(2020, 1, 1), 3), At(new DateOnly(2026, 3, 7), 3), At(new DateOnly(2026, 3, 8), 3), At(new DateOnly(2027, 3, 8), 3)];

        Assert.Equal(files, Left(files));
    }

    /// <summary>Whatever there is: the newest stays, the last sound one stays, no more than 14 + 8 + 12 + 1 and the fresh ones stay, and to ask again removes nothing more.</summary>
    [Fact]
    public void Keep_AnyArchives_LeavesTheNewestAndIsDoneAtOnce() =>
        Gen.Select(Gen.Int[0, 24 * 1000].HashSet[1, 200], Gen.Int[0, 199]).Sample((hours, sound) =>
        {
            BackupFile[] files = [.. hours.Order().Select(hour => At(new DateOnly(2024, 1, 1).AddDays(hour / 24), hour % 24))];
            HashSet<string> verified = [files[sound % files.Length].Name];
            var left = Left(files, verified);
            Assert.Equal(files[^1], left[^1]);
            Assert.Contains(left, file => verified.Contains(file.Name));
            Assert.InRange(left.Count, 1, 35 + Retention.Fresh);
            Assert.Equal(left, Left([.. left], verified));
        }, iter: 200);

    private static List<BackupFile> Left(BackupFile[] files, HashSet<string>? verified = null) => [.. files.Except(Retention.Superfluous(files, verified ?? None))];

    private static BackupFile At(DateOnly day, int hour) => new($"diaspora-{day:yyyyMMdd}-{hour:00}0000.zip", day.ToDateTime(new TimeOnly(hour, 0), DateTimeKind.Utc), 1, IsEncrypted: false);

    private static IEnumerable<DateOnly> Days(string from, string to)
    {
        for (var day = DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture); day <= DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture); day = day.AddDays(1))
        {
            yield return day;
        }
    }
}
