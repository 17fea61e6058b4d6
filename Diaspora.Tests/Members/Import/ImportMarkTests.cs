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
        Assert.Equal(new ImportMark(true, null), mark);
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
    [InlineData("2000+2000")]
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
