using Diaspora.Domain.Members.Accounts;
using Xunit;

namespace Diaspora.Tests.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Choose_Nothing_IsEmpty(string? password) => Assert.Equal(Problems.PasswordEmpty, PasswordRules.Check(password!)?.Code);

    [Fact]
    public void Choose_FiveSigns_SaysFiveOfEight() => Assert.Equal("PasswordTooShort(5, 8)", PasswordRules.Check("дом-5")?.ToString());

    [Fact]
    public void Choose_Length_MayBeEightTo128()
    {
        Assert.NotNull(PasswordRules.Check("гранат7"));
        Assert.Null(PasswordRules.Check("гранат-7"));
        Assert.Null(PasswordRules.Check(Words(128)));
        Assert.Equal("PasswordTooLong(128)", PasswordRules.Check(Words(129))?.ToString());
    }

    [Theory]
    [InlineData("password")]
    [InlineData("Password1")]
    [InlineData("P@ssw0rd!")]
    [InlineData("12345678")]
    [InlineData("123456789")]
    [InlineData("1234567890")]
    [InlineData("87654321")]
    [InlineData("11111111")]
    [InlineData("12121212")]
    [InlineData("12341234")]
    [InlineData("abcabcabc")]
    [InlineData("qwertyui")]
    [InlineData("qwerty123")]
    [InlineData("1q2w3e4r")]
    [InlineData("1qaz2wsx")]
    [InlineData("йцукенгш")]
    [InlineData("пароль123")]
    [InlineData("Almaty2024")]
    [InlineData("казахстан")]
    [InlineData("Azerbaijan1")]
    [InlineData("kaspi2026")]
    [InlineData("19900515")]
    [InlineData("15051990")]
    [InlineData("        ")]
    public void Choose_WhatEverybodyTriesFirst_IsRefused(string password) => Assert.Equal(Problems.PasswordCommon, PasswordRules.Check(password)?.Code);

    [Theory]
    [InlineData("три кота и гранат")]
    [InlineData("correct horse battery staple")]
    [InlineData("Zx7-лимон")]
    [InlineData("қызыл алма 5")]
    [InlineData("74920581")]
    public void Choose_OwnWords_IsTakenWithoutRulesOfComposition(string password) => Assert.Null(PasswordRules.Check(password));

    private static string Words(int length) => string.Concat(Enumerable.Repeat("гранат и море ", 20))[..length];
}
