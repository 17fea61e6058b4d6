using Diaspora.Domain.Kaspi;
using static Diaspora.Tests.Kaspi.StatementMonths;

namespace Diaspora.Tests.Kaspi;

/// <summary>A line that comes again is the same line; two lines that look the same are two.</summary>
public sealed class StatementIdentityTests
{
    private static IReadOnlyList<string> Of(ReadStatement statement) => StatementIdentity.Of(statement.Format, statement.Account, statement.Lines);

    [Fact]
    public void Of_AnOverlappingPeriodUnderAnotherCertificate_IsTheSame()
    {
        var first = Of(Statement(new GoldFile { From = new(2026, 11, 1), To = new(2026, 11, 30) }.Draw(Small)));
        var second = Of(Statement(new GoldFile { From = new(2026, 11, 2), To = new(2026, 12, 5), Certificate = "777", Opening = 0 }.Draw([.. Small.Skip(1), StatementEntry.Of("2026-12-01", "09:00", 2000, "Айгүн М.")])));

        Assert.Equal(first.Take(4), second.Skip(1));
        Assert.DoesNotContain(second[0], first);
    }

    [Fact]
    public void Of_EqualLinesOfOneDay_AreTwo() => Assert.Equal(Small.Count, Of(Statement(StatementFiles.Gold(Small))).Distinct().Count());

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    public void Of_AReportInAnotherFormAndOrder_IsTheSame(char separator) =>
        Assert.Equal(Of(Statement(StatementFiles.PayXlsx(Small))).Order(), Of(Statement(StatementFiles.PayCsv([.. Small.Reverse()], separator))).Order());

    [Fact]
    public void Of_APurchaseAndItsRefundUnderOneNumber_AreTwo()
    {
        IReadOnlyList<StatementEntry> month = [StatementEntry.Of("2026-11-01", "10:00", 2000, "Фарид Г.", "", "1345"), StatementEntry.Of("2026-11-03", "10:00", -2000, "Фарид Г.", "", "1345"), StatementEntry.Of("2026-11-04", "10:00", -500, "Фарид Г.", "", "1345")];

        Assert.Equal(3, Of(Statement(StatementFiles.PayXlsx(month))).Distinct().Count());
    }

    /// <summary>A payment order has the number that its payer gave it.</summary>
    [Fact]
    public void Of_OneNumberOfTwoPayers_AreTwo()
    {
        IReadOnlyList<StatementEntry> month = [StatementEntry.Of("2026-11-01", "10:00", 2000, "Фарид Г.", "взнос", "12"), StatementEntry.Of("2026-11-03", "10:00", 2000, "Айгүн М.", "взнос", "12")];

        Assert.Equal(["0", "0"], Of(Statement(StatementFiles.OneC(month))).Select(identity => identity[^1..]));
        Assert.Equal(2, Of(Statement(StatementFiles.OneC(month))).Distinct().Count());
        Assert.Equal(Of(Statement(StatementFiles.OneC(month))).Order(), Of(Statement(StatementFiles.OneC([.. month.Reverse()]))).Order());
    }
}
