using Diaspora.Domain.Members.Accounts;
using Xunit;
using static Diaspora.Tests.Accounts.PasswordRulesTests;

namespace Diaspora.Tests.Accounts;

/// <summary>What strangers try first, from lists of passwords that leaked.</summary>
public sealed class CommonPasswordsTests
{
    private const string Latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
    private const string Cyrillic = "йцукенгшщзхъфывапролджэячсмитьбю";

    /// <summary>Of 8 and more signs, from lists of leaked passwords other than the one that the portal has; those of the region as well.</summary>
    private static readonly string[] Typed =
    [
        "12345678", "123456789", "1234567890", "password", "password1", "iloveyou", "princess", "1qaz2wsx", "qwertyuiop", "1q2w3e4r", "1q2w3e4r5t", "sunshine", "football", "baseball",
        "superman", "trustno1", "starwars", "whatever", "computer", "michelle", "jennifer", "corvette", "mercedes", "liverpool", "11223344", "12344321", "87654321", "qwer1234", "asdf1234",
        "asdfghjkl", "zxcvbnm1", "samsung1", "q1w2e3r4", "qazwsxedc", "123123123", "147258369", "123654789", "789456123", "123qweasd", "1234567a", "a1234567", "abcd1234", "aa123456", "Aa123456",
        "google123", "dragon123", "monkey123", "welcome1", "admin123", "password123!", "P@ssw0rd", "Pass@123", "Admin@123", "India@123", "changeme", "passw0rd", "Passw0rd1", "qwerty12345", "qwerty123456",
        "1111aaaa", "11111111", "00000000", "88888888", "99999999", "12121212", "zaq12wsx", "gfhjkm123", "ghbdtn123", "natasha1", "marina123", "йцукен123", "пароль123", "любовь12", "привет123",
        "зфыыцщкв", "12345qwert", "1234qwer", "qwe123qwe", "asd123asd", "zxc123zxc", "1q2w3e4r5t6y", "letmein123", "football1", "liverpool1", "charlie1", "passpass", "passwordpassword", "kazakhstan", "Almaty2024",
    ];

    private static readonly string[] Leaked = Read();

    [Fact]
    public void Choose_OneOfTheCommonest_IsRefused()
    {
        Assert.True(Leaked.Length >= 10_000, $"{Leaked.Length}");
        AssertRefused([.. Leaked, .. Typed]);
    }

    [Fact]
    public void Choose_OneOfTheCommonestInOtherSpelling_IsRefused() =>
        AssertRefused([.. Typed.SelectMany(password => (string[])[password.ToUpperInvariant(), Exchange(password, Latin, Cyrillic), Exchange(password, Cyrillic, Latin), $"{password}!", $"{password}{password}"])]);

    /// <summary>Ten thousand with all their spellings: what has no pathological cost is done at once, what has would never end.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("qwe")]
    [InlineData("aygun")]
    [InlineData("87015550142")]
    [InlineData("@40$5317")]
    public void Choose_TheLongestOfOneKind_IsJudged(string piece)
    {
        var longest = string.Concat(Enumerable.Repeat(piece, PasswordRules.MaxLength))[..(PasswordRules.MaxLength - 1)] + "ж";
        Assert.NotEqual("PasswordTooLong", Rules.Check(longest, "Алиева Айгюн", "+77015550142")?.Code);
        Assert.Equal("PasswordTooLong", Rules.Check(string.Concat(Enumerable.Repeat(piece, 200_000)), "Алиева Айгюн", "+77015550142")?.Code);
    }

    private static void AssertRefused(string[] passwords)
    {
        var accepted = passwords.Where(password => Rules.Check(password) is null).ToArray();
        Assert.True(accepted.Length == 0, $"{accepted.Length} of {passwords.Length} are accepted: {string.Join(", ", accepted.Take(20))}");
    }

    private static string Exchange(string text, string from, string to) =>
        string.Concat(text.Select(sign => from.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var place ? to[place] : sign));

    private static string[] Read()
    {
        using var list = new StreamReader(typeof(Zxcvbn.Match).Assembly.GetManifestResourceStream("zxcvbn-core.Dictionaries.passwords.lst")!);
        return [.. list.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length >= PasswordRules.MinLength)];
    }
}
