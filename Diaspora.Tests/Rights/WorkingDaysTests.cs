using System.Globalization;
using Diaspora.Domain.Rights;

namespace Diaspora.Tests.Rights;

public sealed class WorkingDaysTests
{
    [Theory]
    [InlineData("2026-11-26", 1, "2026-11-27")]
    [InlineData("2026-11-27", 1, "2026-11-30")]
    [InlineData("2026-11-28", 1, "2026-11-30")]
    [InlineData("2026-11-29", 1, "2026-11-30")]
    [InlineData("2026-11-27", 15, "2026-12-18")]
    [InlineData("2026-11-28", 15, "2026-12-18")]
    [InlineData("2026-12-28", 15, "2027-01-18")]
    [InlineData("2026-11-28", 0, "2026-11-28")]
    public void Count_DaysFromTheNextOne_LeavesOutTheEndsOfWeeks(string day, int count, string last) =>
        Assert.Equal(DateOnly.Parse(last, CultureInfo.InvariantCulture), WorkingDays.After(DateOnly.Parse(day, CultureInfo.InvariantCulture), count));

    [Fact]
    public void Left_UntilTheLastDay_FallsToNothingAndStaysThere()
    {
        var asked = new DateOnly(2026, 11, 27);
        var last = WorkingDays.After(asked, DeletionRequest.WorkingDaysGiven);
        Assert.Equal([15, 15, 15, 14], Enumerable.Range(0, 4).Select(days => WorkingDays.Left(asked.AddDays(days), last)));
        Assert.Equal([1, 0, 0, 0], Enumerable.Range(-1, 4).Select(days => WorkingDays.Left(last.AddDays(days), last)));
    }
}
