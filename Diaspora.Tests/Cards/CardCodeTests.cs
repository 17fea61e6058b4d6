using System.Diagnostics;
using Diaspora.Domain.Cards;
using Diaspora.Domain.Dues;
using Diaspora.Web.Cards;
using Diaspora.Web.Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Cards;

/// <summary>What the code of a card says, and what becomes of a code that is not ours, is changed or is old.</summary>
public sealed class CardCodeTests(ITestOutputHelper output)
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 8, 7, 0, 0, TimeSpan.Zero));
    private readonly KeptKeys _files = new();
    private readonly IDataProtectionProvider _protection = new EphemeralDataProtectionProvider();

    private CardMark Mark => new("10482917", CardMark.SealOf(Guid.NewGuid()), Standing.Active, _clock.GetUtcNow().UtcDateTime + CardMark.Lasts);

    [Theory]
    [InlineData(Standing.Active)]
    [InlineData(Standing.Pending)]
    public void Read_WhatWasWritten_SaysTheSame(Standing standing)
    {
        var mark = Mark with { Standing = standing, Number = "00482910" };
        var codes = Codes();
        Assert.Equal((CardState.Valid, mark), codes.Read(codes.Write(mark)));
        Assert.Equal(CardCode.Length, codes.Write(mark).Length);
    }

    [Fact]
    public void Read_WithAnyLetterChanged_IsUnknown()
    {
        var codes = Codes();
        var code = codes.Write(Mark);
        Assert.All(Enumerable.Range(0, code.Length), place => Assert.Equal((CardState.Unknown, null), codes.Read(code[..place] + (code[place] == 'A' ? 'B' : 'A') + code[(place + 1)..])));
    }

    [Fact]
    public void Read_WhatIsNoCard_IsUnknown()
    {
        var codes = Codes();
        var code = codes.Write(Mark);
        var certificate = new CertificateStamp(_protection).Write(new(Guid.NewGuid(), null, [new Period(2026, 3)], new Money(2000), new DateOnly(2026, 3, 8)));
        string?[] others = [null, "", " ", "ы", code[1..], code + "A", new string('A', CardCode.Length), new string('ы', CardCode.Length), certificate, certificate[..CardCode.Length], "https://example.kz/card/verify#" + code];
        Assert.All(others, text => Assert.Equal(CardState.Unknown, codes.Read(text).State));
    }

    [Fact]
    public void Read_AfterItsEnd_IsExpired()
    {
        var codes = Codes();
        var code = codes.Write(Mark);
        _clock.Advance(CardMark.Lasts - TimeSpan.FromSeconds(1));
        Assert.Equal(CardState.Valid, codes.Read(code).State);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(CardState.Expired, codes.Read(code).State);
    }

    [Fact]
    public void Read_OfTheKeyBefore_HoldsUntilItsEndAndThenTheKeyIsForgotten()
    {
        var keys = Keys();
        var codes = new CardCode(keys, _clock);
        var first = Assert.Single(keys.All).Id;
        _clock.Advance(CardKeys.SignsFor - TimeSpan.FromMinutes(5));
        var code = codes.Write(Mark);
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(2, keys.All.Count);
        Assert.Equal(first, keys.All[1].Id);
        Assert.Equal(CardState.Valid, codes.Read(code).State);
        Assert.NotEqual(code[2..6], codes.Write(Mark)[2..6]);

        _clock.Advance(CardMark.Lasts + TimeSpan.FromHours(1));
        Assert.NotEqual(first, Assert.Single(keys.All).Id);
    }

    [Fact]
    public void Read_OfAKeyThatWasTakenAway_IsUnknown()
    {
        var codes = Codes();
        var code = codes.Write(Mark);
        _files.Clear();
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(CardState.Unknown, codes.Read(code).State);
        Assert.Equal(CardState.Valid, codes.Read(codes.Write(Mark)).State);
    }

    /// <summary>A second portal over the same folder knows the key that the first one made, and one that was made since.</summary>
    [Fact]
    public void Read_AtAnotherPortal_IsTheSame()
    {
        var (one, other) = (Codes(), Codes());
        Assert.Equal(CardState.Valid, other.Read(one.Write(Mark)).State);
        Assert.Equal(CardState.Valid, one.Read(other.Write(Mark)).State);
        _clock.Advance(CardKeys.SignsFor);
        Assert.Equal(CardState.Valid, other.Read(one.Write(Mark)).State);
        Assert.Equal(2, _files.Read().Count);
    }

    /// <summary>Without the data-protection keys that sealed it a key of cards is lost; there is a new one, and the start does not fail.</summary>
    [Fact]
    public void Write_WhereTheOldKeyCannotBeOpened_IsWithANewOne()
    {
        var code = Codes().Write(Mark);
        var after = new CardCode(new CardKeys(_files, new EphemeralDataProtectionProvider(), Options.Create(new CardOptions()), _clock, NullLogger<CardKeys>.Instance), _clock);
        Assert.Equal(CardState.Unknown, after.Read(code).State);
        Assert.Equal(CardState.Valid, after.Read(after.Write(Mark)).State);
    }

    [Fact]
    public void Read_WithKeysOfTheConfiguration_TheFirstSignsAndTheOthersHold()
    {
        string[] secrets = [.. Enumerable.Range(0, 2).Select(_ => Convert.ToBase64String(CardKey.NewSecret()))];
        var before = Codes(secrets[1]);
        var code = before.Write(Mark);
        var after = Codes($"-----BEGIN PRIVATE KEY-----\n{secrets[0]}\n-----END PRIVATE KEY-----", secrets[1]);

        Assert.Equal(CardState.Valid, after.Read(code).State);
        Assert.Equal(CardState.Unknown, before.Read(after.Write(Mark)).State);
        Assert.Empty(_files.Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("секрет")]
    [InlineData("AAAA")]
    public void Start_WithAKeyThatIsNone_IsRefused(string text)
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        var validator = new CardOptionsValidator();
        Assert.True(validator.Validate(null, new CardOptions { Keys = [Convert.ToBase64String(CardKey.NewSecret())] }).Succeeded);
        Assert.All((string[])[text, Convert.ToBase64String(rsa.ExportPkcs8PrivateKey())], key => Assert.Contains("Card:Keys:1", validator.Validate(null, new CardOptions { Keys = [Convert.ToBase64String(CardKey.NewSecret()), key] }).FailureMessage));
    }

    [Fact]
    public void Read_OneAfterTheOther_SaysHowLongItTakes()
    {
        var codes = Codes();
        var code = codes.Write(Mark);
        const int times = 200;
        var since = Stopwatch.GetTimestamp();
        for (var time = 0; time < times; time++)
        {
            Assert.Equal(CardState.Valid, codes.Read(code).State);
        }

        output.WriteLine($"A code of {code.Length} letters is read in {Stopwatch.GetElapsedTime(since).TotalMilliseconds / times:0.00} ms.");
    }

    private CardCode Codes(params string[] configured) => new(Keys(configured), _clock);

    private CardKeys Keys(params string[] configured) => new(_files, _protection, Options.Create(new CardOptions { Keys = configured }), _clock, NullLogger<CardKeys>.Instance);

    private sealed class KeptKeys : ICardKeyFiles
    {
        private readonly SortedDictionary<int, byte[]> _kept = [];

        public IReadOnlyList<(int Number, byte[] Content)> Read() => [.. _kept.Reverse().Select(each => (each.Key, each.Value))];

        public bool Add(int number, byte[] content) => _kept.TryAdd(number, content);

        public void Clear() => _kept.Clear();
    }
}
