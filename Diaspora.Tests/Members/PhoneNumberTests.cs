using Diaspora.Domain.Members;
using Xunit;

namespace Diaspora.Tests.Members;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+77015550142")]
    [InlineData("87015550142")]
    [InlineData("77015550142")]
    [InlineData("7015550142")]
    [InlineData("8 701 555 01 42")]
    [InlineData("8 701 555-01-42")]
    [InlineData("701 555 01 42")]
    [InlineData("+7 (701) 555-01-42")]
    [InlineData("8(701)5550142")]
    [InlineData("7 701 555 01 42")]
    [InlineData("007 701 555 01 42")]
    [InlineData("00 7 701 555 01 42")]
    [InlineData("  +7 701 555 01 42 ")]
    [InlineData("+7\u00A0701\u00A0555\u00A001\u00A042")]
    [InlineData("+7 701 555\u201301\u201342")]
    [InlineData("+7.701.555.01.42")]
    public void Type_InAnyUsualWay_IsOneNumber(string typed) => Assert.Equal("+77015550142", PhoneNumber.Parse(typed).Value);

    [Theory]
    [InlineData("+994 50 123 45 67", "+994501234567")]
    [InlineData("00994501234567", "+994501234567")]
    [InlineData("00994 50 123-45-67", "+994501234567")]
    [InlineData("+994 (12) 493-00-91", "+994124930091")]
    [InlineData("994 50 123 45 67", "+994501234567")]
    [InlineData("8 727 250 11 11", "+77272501111")]
    [InlineData("+7 7172 50 11 11", "+77172501111")]
    [InlineData("8 916 123 45 67", "+79161234567")]
    [InlineData("+7 916 123 45 67", "+79161234567")]
    [InlineData("+90 532 123 45 67", "+905321234567")]
    [InlineData("+998 90 123 45 67", "+998901234567")]
    [InlineData("+49 1512 3456789", "+4915123456789")]
    public void Type_LandlineOrForeign_IsWelcome(string typed, string canonical) => Assert.Equal(canonical, PhoneNumber.Parse(typed).Value);

    [Theory]
    [MemberData(nameof(MobileCodes))]
    public void Type_EveryMobileCodeOfKazakhstan_IsPossible(string code)
    {
        Assert.Equal($"+7{code}5550142", PhoneNumber.Parse($"8 {code} 555 01 42").Value);
        Assert.Equal($"+7 {code} 555 01 42", PhoneNumber.Parse($"{code}5550142").ToDisplay());
    }

    public static TheoryData<string> MobileCodes => ["700", "701", "702", "703", "704", "705", "706", "707", "708", "747", "771", "775", "776", "777", "778"];

    [Theory]
    [InlineData("+7 701 555 01", 2)]
    [InlineData("+7 701 555 01 4", 1)]
    [InlineData("8701555014", 1)]
    [InlineData("870155501", 2)]
    [InlineData("8 701 55", 5)]
    [InlineData("701555014", 1)]
    [InlineData("70155501", 2)]
    [InlineData("70155", 5)]
    [InlineData("747 555 01", 2)]
    [InlineData("778 555 014", 1)]
    [InlineData("7 701 555 01", 2)]
    [InlineData("007 701 555 01", 2)]
    [InlineData("8 727 250 11", 2)]
    public void Type_TooShort_SaysHowManyDigitsAreMissing(string typed, int missing) =>
        Assert.Equal(new Problem(Problems.PhoneTooShort, missing).ToString(), ProblemOf(typed).ToString());

    [Theory]
    [InlineData("8 701 555 01 42 3")]
    [InlineData("+7 701 555 01 42 33")]
    [InlineData("701 555 01 42 33")]
    [InlineData("8 707 555 01 42 3")]
    public void Type_TooLong_IsSaid(string typed) => Assert.Equal(Problems.PhoneTooLong, ProblemOf(typed).Code);

    [Theory]
    [InlineData("+7 001 555 01 42")]
    [InlineData("+7 111 111 11 11")]
    [InlineData("0000000000")]
    [InlineData("+994 1")]
    [InlineData("+1 23")]
    [InlineData("+999 501234567")]
    [InlineData("abc")]
    [InlineData("восемь семьсот один")]
    [InlineData("8 701 555 ABCD")]
    [InlineData("8701FLOWERS")]
    [InlineData("+")]
    [InlineData("-")]
    [InlineData("а7015550142")]
    public void Type_WhatIsNoNumber_IsImpossible(string typed) => Assert.Equal(Problems.PhoneImpossible, ProblemOf(typed).Code);

    /// <summary>As people dial it at home in Turkey or Azerbaijan. No number here begins so, and whose country it is nobody can guess.</summary>
    [Theory]
    [InlineData("0532 123 45 67")]
    [InlineData("05321234567")]
    [InlineData("(050) 123-45-67")]
    [InlineData("050 123 45 67")]
    [InlineData("012 493 00 91")]
    [InlineData("532 123 45 67")]
    [InlineData("50 123 45 67")]
    [InlineData("90 532 123 45 67")]
    [InlineData("49 1512 3456789")]
    public void Type_WithoutTheCountryOfAnotherOne_SaysToBeginWithThePlus(string typed) => Assert.Equal(Problems.PhoneNeedsPlus, ProblemOf(typed).Code);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void Type_Nothing_IsEmpty(string? typed) => Assert.Equal(Problems.PhoneEmpty, ProblemOf(typed).Code);

    [Fact]
    public void Parse_Impossible_IsRefusedWithTheSameProblem() =>
        Assert.Equal(Problems.PhoneTooShort, Assert.Throws<DomainException>(() => PhoneNumber.Parse("+7 701 555 01")).Problem.Code);

    [Theory]
    [InlineData("+77015550142", "+7 701 555 01 42")]
    [InlineData("+994501234567", "+994 50 123 45 67")]
    public void Show_Number_IsInGroups(string canonical, string shown) => Assert.Equal(shown, PhoneNumber.FromCanonical(canonical).ToDisplay());

    private static Problem ProblemOf(string? typed)
    {
        Assert.False(PhoneNumber.TryParse(typed, out var phone, out var problem), $"«{typed}» was taken as {phone}");
        return problem;
    }
}
