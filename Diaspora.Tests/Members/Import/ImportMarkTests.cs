using Diaspora.Domain.Import;

namespace Diaspora.Tests.Members.Import;

public sealed class ImportMarkTests
{
    [Theory]
    [InlineData("да")]
    [InlineData("ДА ")]
    [InlineData("иә")]
    [InlineData("bəli")]
    [InlineData("+")]
    [InlineData("✓")]
    [InlineData("true")]
    [InlineData("оплачено")]
    [InlineData("05.03.2025")]
    [InlineData("2025-03-05")]
    [InlineData("03/04/2025")]
    public void Read_AWordOrADate_IsPaidWithTheFee(string text)
    {
        Assert.Null(ImportMark.Read(text, out var mark));
        Assert.Equal((true, null), (mark.IsPaid, mark.Amount));
    }

    [Theory]
    [InlineData("05.03.2025", "2025-03-05", null)]
    [InlineData("2025-03-05", "2025-03-05", null)]
    [InlineData("06.02.26", "2026-02-06", null)]
    [InlineData("каспи 05.03.2025", "2025-03-05", "каспи 05.03.2025")]
    [InlineData("каспи 05.03", null, "каспи 05.03")]
    [InlineData("03/04/2025", null, "03/04/2025")]
    [InlineData("да", null, null)]
    public void Read_ADay_IsWhenItWasPaidWhereItIsPlain(string text, string? on, string? beside)
    {
        Assert.Null(ImportMark.Read(text, out var mark));
        Assert.Equal((true, on is null ? null : (DateOnly?)DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), beside), (mark.IsPaid, mark.On, mark.Beside));
    }

    [Theory]
    [InlineData("2000", 2000)]
    [InlineData("2 000", 2000)]
    [InlineData("2\u00A0000 ₸", 2000)]
    [InlineData("2000,00", 2000)]
    [InlineData("2000.00 тг", 2000)]
    [InlineData("2.000", 2000)]
    [InlineData("1,500", 1500)]
    [InlineData("12 500 тенге", 12500)]
    [InlineData("+1000", 1000)]
    [InlineData("1 000 000", 1_000_000)]
    [InlineData("1000+1000", 2000)]
    [InlineData("1 000 + 1 000 тг", 2000)]
    [InlineData("2000 (каспи)", 2000)]
    [InlineData("нал. 2 000", 2000)]
    public void Read_ASum_IsPaidWithThatSum(string text, long tenge)
    {
        Assert.Null(ImportMark.Read(text, out var mark));
        Assert.Equal((true, tenge), (mark.IsPaid, mark.Amount!.Value.Tenge));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-")]
    [InlineData("—")]
    [InlineData("нет")]
    [InlineData("жоқ")]
    [InlineData("0")]
    [InlineData("0,00")]
    [InlineData("false")]
    public void Read_NothingOrNo_IsNotPaid(string? text)
    {
        Assert.Null(ImportMark.Read(text, out var mark));
        Assert.False(mark.IsPaid);
    }

    [Theory]
    [InlineData("потом")]
    [InlineData("-2000")]
    [InlineData("2000.50")]
    [InlineData("2000+")]
    [InlineData("2000 (долг)")]
    [InlineData("каспи")]
    [InlineData("опл")]
    [InlineData("х")]
    [InlineData("?")]
    [InlineData("перенос")]
    [InlineData("бесплатно")]
    [InlineData("пенсионер")]
    [InlineData("освобожден")]
    [InlineData("1e6")]
    [InlineData("999999999")]
    [InlineData("31.02.2025")]
    [InlineData("#DIV/0!")]
    public void Read_AnythingElse_IsAnErrorThatNamesIt(string text)
    {
        var problem = ImportMark.Read(text, out var mark);
        Assert.Equal((Problems.ImportMarkUnknown, text), (problem?.Code, problem?.Args[0]));
        Assert.False(mark.IsPaid);
    }
}
