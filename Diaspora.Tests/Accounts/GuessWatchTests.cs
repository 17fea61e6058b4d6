using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Microsoft.Extensions.Time.Testing;

namespace Diaspora.Tests.Accounts;

/// <summary>Guessers with many addresses, and those who share an address with them.</summary>
public sealed class GuessWatchTests
{
    private static readonly PhoneNumber Phone = Number(42);
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly GuessWatch _watch;

    public GuessWatchTests() => _watch = new GuessWatch(_clock);

    /// <summary>A provider gives one customer up to 65 536 networks.</summary>
    [Fact]
    public void Enter_OnePhoneFromManyNetworksOfOneSite_IsSlowedThereAndNowhereElse()
    {
        for (var home = 0; home < 20; home++)
        {
            _watch.Enter(Home(home), Phone);
            _watch.Fail(Home(home), Phone);
        }

        _watch.Enter(Home(20), Phone);
        Assert.Equal(Problems.SignInPaused, Assert.Throws<DomainException>(() => _watch.Enter(Home(21), Phone)).Problem.Code);

        _watch.Enter(Home(22), Number(43));
        _watch.Enter("2001:db8:2:1::", Phone);
        _watch.Enter("192.0.2.7", Phone);
        _clock.Advance(GuessWatch.Slow);
        _watch.Enter(Home(23), Phone);
        _clock.Advance(GuessWatch.Window);
        _watch.Enter(Home(24), Phone);
        _watch.Enter(Home(25), Phone);
    }

    [Fact]
    public void Fail_OnePhoneFromEverywhere_IsToldOnceAnHour()
    {
        var noticed = Enumerable.Range(0, 250).SelectMany(place => _watch.Fail($"198.51.100.{place}", Phone)).ToList();
        Assert.Equal(new Guessing(null, 1, 200, _clock.GetUtcNow().UtcDateTime), Assert.Single(noticed));
        Assert.Equal(noticed[0], _watch.Last);
    }

    /// <summary>A carrier puts thousands behind one address: a few of them mistype at any time.</summary>
    [Fact]
    public void Enter_FromACarrierWithAFewMistakesWhileGuessingGoesOn_IsNotSlowed()
    {
        for (var number = 0; number < 9; number++)
        {
            _watch.Fail("203.0.113.7", Number(number));
        }

        for (var number = 0; number < 200; number++)
        {
            _watch.Fail($"198.51.{number}.1", Number(100 + number));
        }

        _watch.Enter("203.0.113.7", Number(900));
        _watch.Enter("203.0.113.7", Number(901));
        _watch.Fail("203.0.113.7", Number(9));
        _watch.Enter("203.0.113.7", Number(902));
        Assert.Equal(Problems.SignInPaused, Assert.Throws<DomainException>(() => _watch.Enter("203.0.113.7", Number(903))).Problem.Code);
    }

    private static string Home(int number) => $"2001:db8:1:{number:x}::";

    private static PhoneNumber Number(int number) => PhoneNumber.FromCanonical($"+7701{number:0000000}");
}
