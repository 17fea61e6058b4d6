using Diaspora.Data.Accounts;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Settings;
using Xunit;

namespace Diaspora.Tests.Accounts;

public sealed class PasswordRulesTests
{
    private static readonly DuesRules Dues = new(FeeSchedule.Always(new Money(2000)), 10, 12, 14, TimeZoneInfo.Utc);

    /// <summary>With the list of the portal, and an association of this name.</summary>
    internal static PasswordRules Rules { get; } = Of(new SettingsSnapshot(Dues) { Association = AssociationContacts.None with { Name = "Ассоциация «Хазар»", NameKazakh = "«Хазар» бірлестігі" } });

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Choose_Nothing_IsEmpty(string? password) => Assert.Equal(Problems.PasswordEmpty, Rules.Check(password!)?.Code);

    [Fact]
    public void Choose_FiveSigns_SaysFiveOfEight() => Assert.Equal("PasswordTooShort(5, 8)", Rules.Check("дом-5")?.ToString());

    [Fact]
    public void Choose_Length_MayBeEightTo128()
    {
        Assert.NotNull(Rules.Check("гранат7"));
        Assert.Null(Rules.Check("лимон7-ж"));
        Assert.Null(Rules.Check(Words(128)));
        Assert.Equal("PasswordTooLong(128)", Rules.Check(Words(129))?.ToString());
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
    public void Choose_WhatEverybodyTriesFirst_IsRefused(string password) => Assert.Equal(Problems.PasswordCommon, Rules.Check(password)?.Code);

    [Theory]
    [InlineData("три кота и гранат")]
    [InlineData("correct horse battery staple")]
    [InlineData("Zx7-лимон")]
    [InlineData("қызыл алма 5")]
    [InlineData("74920581")]
    public void Choose_OwnWords_IsTakenWithoutRulesOfComposition(string password) => Assert.Null(Rules.Check(password));

    [Theory]
    [InlineData("Айгюн1990")]
    [InlineData("aygun2026")]
    [InlineData("Aliyeva!!")]
    [InlineData("алиева-айгюн")]
    [InlineData("AYGUN ALIEVA")]
    [InlineData("fqu.y1990")]
    [InlineData("aygun15051990")]
    [InlineData("aygunpassword")]
    [InlineData("+7 701 555-01-42")]
    [InlineData("87015550142")]
    [InlineData("5550142a")]
    [InlineData("айгюн5550142")]
    [InlineData("khazar2026")]
    [InlineData("Хазар-Хазар-5")]
    [InlineData("[fpfh12345")]
    public void Choose_OwnNamePhoneOrAssociation_IsRefused(string password) =>
        Assert.Equal(Problems.PasswordOwn, Rules.Check(password, "Алиева Айгюн", "+77015550142")?.Code);

    [Theory]
    [InlineData("Айгюн любит гранаты")]
    [InlineData("nar-va-alma-26")]
    [InlineData("aygun74920581")]
    public void Choose_OwnNameWithEnoughBeside_IsTaken(string password) => Assert.Null(Rules.Check(password, "Алиева Айгюн", "+77015550142"));

    private static PasswordRules Of(SettingsSnapshot settings)
    {
        var current = new CurrentSettings();
        current.Use(settings);
        return new PasswordRules(new CommonPasswords(), current);
    }

    private static string Words(int length) => string.Concat(Enumerable.Repeat("гранат и море ", 20))[..length];
}
