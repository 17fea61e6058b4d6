using Diaspora.Domain.Members;

namespace Diaspora.Tests.Members;

public sealed class IinTests
{
    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("061211600012")]
    [InlineData("990101300409")]
    [InlineData(" 061211 600012 ")]
    public void Check_AnIinThatCanBe_HasNoProblem(string? text) => Assert.Null(Iin.Check(text));

    [Theory]
    [InlineData("06121160001", Problems.IinLength)]
    [InlineData("0612116000123", Problems.IinLength)]
    [InlineData("06121160001a", Problems.IinLength)]
    [InlineData("061211600013", Problems.IinImpossible)]
    [InlineData("061311600012", Problems.IinImpossible)]
    [InlineData("061240000019", Problems.IinOfCompany)]
    public void Check_AnythingElse_SaysWhatIsWrong(string text, string problem) => Assert.Equal(problem, Iin.Check(text)?.Code);

    [Theory]
    [InlineData("061211600012", "2006-12-11")]
    [InlineData("990101300409", "1999-01-01")]
    public void BirthDate_ComesFromTheFirstSevenDigits(string iin, string day) => Assert.Equal(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), Iin.BirthDate(iin));

    [Fact]
    public void Check_AnyOtherCheckDigit_IsNoticed()
    {
        foreach (var iin in new[] { "061211600012", "990101300409" })
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                var other = iin[..^1] + digit;
                Assert.Equal(other == iin ? null : Problems.IinImpossible, Iin.Check(other)?.Code);
            }
        }
    }
}
