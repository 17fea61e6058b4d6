using Diaspora.Domain.Members.Accounts;
using Xunit;

namespace Diaspora.Tests.Accounts;

public sealed class SignInThrottleTests
{
    private static readonly DateTime Now = new(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Try_FiveTimes_IsFreeAndThenPaused()
    {
        var throttle = new SignInThrottle("+77015550142", Now);
        for (var left = SignInThrottle.FreeTries - 1; left >= 0; left--)
        {
            throttle.Try(Now);
            Assert.Equal(left, throttle.TriesLeft);
        }

        var refusal = Assert.Throws<DomainException>(() => throttle.Try(Now.AddSeconds(59)));
        Assert.Equal(Problems.SignInPaused, refusal.Problem.Code);
        Assert.Equal([Now.AddMinutes(1)], refusal.Problem.Args);
    }

    [Fact]
    public void Try_WhilePaused_DoesNotMakeThePauseLonger()
    {
        var throttle = Paused();
        for (var again = 0; again < 50; again++)
        {
            Assert.Throws<DomainException>(() => throttle.Try(Now.AddSeconds(30)));
        }

        Assert.Equal(Now.AddMinutes(1), throttle.PausedUntil);
        throttle.Try(Now.AddMinutes(1));
    }

    [Fact]
    public void Try_ForDays_NeverWaitsLongerThanAQuarterOfAnHour()
    {
        var throttle = Paused();
        var now = Now;
        List<double> pauses = [];
        for (var again = 0; again < 200; again++)
        {
            now = throttle.PausedUntil!.Value;
            throttle.Try(now);
            pauses.Add((throttle.PausedUntil!.Value - now).TotalMinutes);
        }

        Assert.Equal([2, 4, 8, 15, 15], pauses[..5]);
        Assert.Equal(15, pauses.Max());
    }

    [Fact]
    public void Try_ADayLater_BeginsAnew()
    {
        var throttle = Paused();
        throttle.Try(Now.AddHours(25));
        Assert.Equal(SignInThrottle.FreeTries - 1, throttle.TriesLeft);
        Assert.Null(throttle.PausedUntil);
    }

    private static SignInThrottle Paused()
    {
        var throttle = new SignInThrottle("+77015550142", Now);
        for (var attempt = 0; attempt < SignInThrottle.FreeTries; attempt++)
        {
            throttle.Try(Now);
        }

        return throttle;
    }
}
