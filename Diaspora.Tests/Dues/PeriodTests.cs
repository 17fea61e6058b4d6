using Xunit;

namespace Diaspora.Tests.Dues;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2026-01", 2026, 1)]
    [InlineData("2026-12", 2026, 12)]
    [InlineData("0001-01", 1, 1)]
    public void Parse_YearAndMonth_IsThatMonth(string text, int year, int month) =>
        Assert.Equal(new Period(year, month), Period.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("2026-1")]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("0000-01")]
    [InlineData("2026-01-01")]
    [InlineData(" 2026-01")]
    [InlineData("01-2026")]
    [InlineData("2026-1x")]
    [InlineData("ab-cd")]
    public void Parse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(Period.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Period.Parse(text!));
    }

    [Theory]
    [InlineData(2026, 0)]
    [InlineData(2026, 13)]
    [InlineData(0, 1)]
    [InlineData(10000, 1)]
    public void Make_MonthThatIsNot_IsRefused(int year, int month) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Period(year, month));

    [Fact]
    public void Next_AfterDecember_IsJanuaryOfTheNextYear()
    {
        Assert.Equal(new Period(2027, 1), new Period(2026, 12).Next);
        Assert.Equal(new Period(2025, 12), new Period(2026, 1).Previous);
        Assert.Equal(new Period(2028, 2), new Period(2026, 12).AddMonths(14));
        Assert.Equal(14, new Period(2028, 2).MonthsSince(new Period(2026, 12)));
    }

    [Fact]
    public void Range_OverAYearBoundary_HasEveryMonthOnce() =>
        Assert.Equal(["2025-11", "2025-12", "2026-01", "2026-02"], Period.Range(new Period(2025, 11), new Period(2026, 2)).Select(period => period.ToString()));

    [Fact]
    public void Range_WrongWayRound_IsEmpty() => Assert.Empty(Period.Range(new Period(2026, 2), new Period(2026, 1)));

    [Fact]
    public void Sort_AsText_IsTheOrderOfTime()
    {
        Period[] months = [.. Period.Range(new Period(2019, 9), new Period(2027, 4))];
        Assert.Equal(months, months.OrderBy(month => month.ToString(), StringComparer.Ordinal));
        Assert.Equal(months, months.Reverse().Order());
    }

    [Theory]
    [InlineData(2024, 29)]
    [InlineData(2026, 28)]
    [InlineData(2100, 28)]
    public void Days_OfFebruary_KnowsLeapYears(int year, int days) => Assert.Equal(days, new Period(year, 2).Days);

    [Fact]
    public void Json_ThereAndBack_IsTheSameMonth()
    {
        Assert.Equal("\"2026-03\"", System.Text.Json.JsonSerializer.Serialize(new Period(2026, 3)));
        Assert.Equal(new Period(2026, 3), System.Text.Json.JsonSerializer.Deserialize<Period>("\"2026-03\""));
        Assert.Throws<System.Text.Json.JsonException>(() => System.Text.Json.JsonSerializer.Deserialize<Period>("\"2026-3\""));
    }
}
