using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Shell;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Members;

/// <summary>Half of a pair and U+FFFE are no characters, and yet arrive in names, searches and passwords: they end nothing.</summary>
public sealed class WholeTextTests
{
    private static readonly string[] Broken = ["Алиев\uFFFEРашад", "\uFFFE", "Алиев\uD800", "\uDC00Алиев", "e\u0301\uD83D"];

    [Fact]
    public async Task Read_WhatIsNoCharacter_IsTextAllTheSame()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var passwords = database.Get<IPasswords>();
        await Assert.AllAsync(Broken, async text =>
        {
            _ = NameSkeleton.Of(text);
            _ = NameOrder.KeyOf(text);
            Assert.NotEmpty(PasswordForms.Of(text));
            Assert.Contains('\uFFFD', PersonName.Tidy(text));
            Assert.Equal(PasswordCheck.Right, await passwords.VerifyAsync(await passwords.HashAsync(text), text));
        });
    }

    [Fact]
    public void Normalise_AnyText_InOnePlace() =>
        Assert.Empty(Sources.OfDomain.Concat(Sources.OfData).Concat(Sources.OfWeb).Where(file => !file.EndsWith("WholeText.cs", StringComparison.Ordinal) && Sources.WithoutComments(File.ReadAllText(file)).Contains(".Normalize(", StringComparison.Ordinal)).Select(Sources.Short));
}
