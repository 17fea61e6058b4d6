using Diaspora.Domain.Kaspi;

namespace Diaspora.Tests.Kaspi;

/// <summary>When it came, and what was confirmed or claimed by then.</summary>
public sealed class MatcherTimeTests
{
    private readonly MatcherSetup _setup = new MatcherSetup().Crowd();

    [Theory]
    [InlineData("05 14:00", null, "05 14:02", true)]
    [InlineData("05 14:10", null, "05 14:02", true)]
    [InlineData("05 13:50", null, "05 14:10", true)]
    [InlineData("05 14:00", "06 09:00", "05 14:05", true)]
    [InlineData("04 23:58", null, "05 00:01", true)]
    [InlineData("06 00:01", null, "05 23:59", true)]
    [InlineData("31 23:58", null, "31 23:59:59", true)]
    [InlineData("05 14:00", null, "05 19:00", true)]
    [InlineData("05 14:00", null, "12 19:00", false)]
    [InlineData("25 14:00", null, "05 19:00", false)]
    [InlineData("05 14:00", "", "05 14:05", true)]
    [InlineData("05 14:00", "", "05 19:00", false)]
    public void Look_TimeBesideTheClaim_MakesItSureOrNot(string created, string? claimed, string at, bool isSure)
    {
        var claim = _setup.Claim(_setup.Member("Гасанов Фарид"), created, "888590", claimed: claimed);
        var verdict = _setup.Look("Фарид Г.", at);
        Assert.Equal(isSure, verdict.IsSure);
        Assert.True(!isSure || verdict.First!.IntentId == claim.IntentId);
        Assert.Equal(claim.PayerId, verdict.First!.MemberId);
    }

    [Theory]
    [InlineData("05", true)]
    [InlineData("12", false)]
    public void Look_DayAlone_MakesItSureOnTheDayOfTheClaim(string on, bool isSure)
    {
        _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
        Assert.Equal(isSure, _setup.Look("Фарид Г.", on).IsSure);
    }

    [Theory]
    [InlineData("05 14:09", MatchReasons.After, 5)]
    [InlineData("05 13:57", MatchReasons.Before, 3)]
    [InlineData("05 14:02", MatchReasons.Between, null)]
    [InlineData("05", MatchReasons.SameDay, null)]
    public void Look_TimeBesideTheClaim_IsSaid(string at, string code, int? minutes)
    {
        _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
        var reason = Assert.Single(_setup.Look("Фарид Г.", at).First!.Reasons, reason => reason.Code == code);
        Assert.Equal(minutes, reason.Args.Cast<int?>().FirstOrDefault());
    }

    [Fact]
    public void Look_TwoClaimsOfOneMember_IsForTheNearerOne()
    {
        var farid = _setup.Member("Гасанов Фарид");
        _setup.Claim(farid, "01 10:00", "111222");
        var claim = _setup.Claim(farid, "20 14:00", "888590");
        var verdict = _setup.Look("Фарид Г.", "20 14:02");
        Assert.Equal(claim.IntentId, verdict.First!.IntentId);
        Assert.True(verdict.IsSure);
        Assert.False(_setup.Look("Фарид Г.", "11 14:02").IsSure);
    }

    [Fact]
    public void Look_ClaimThatACashierConfirmed_AccountsForIt()
    {
        var farid = _setup.Member("Гасанов Фарид");
        var confirmed = _setup.Claim(farid, "05 14:00", "888590", isConfirmed: true);
        var verdict = _setup.Look("Фарид Г.", "05 14:02");
        Assert.True(verdict.IsSure);
        Assert.Equal(confirmed.IntentId, verdict.First!.IntentId);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.Confirmed);
    }

    [Fact]
    public void Look_ConfirmedAndOpenFitAlike_TheConfirmedIsFirstAndNeitherSure()
    {
        var farid = _setup.Member("Гасанов Фарид");
        _setup.Claim(farid, "05 14:00", "111222");
        var confirmed = _setup.Claim(farid, "05 14:00", "888590", isConfirmed: true);
        var verdict = _setup.Look("Фарид Г.", "05 14:02");
        Assert.Equal(confirmed.IntentId, verdict.First!.IntentId);
        Assert.False(verdict.IsSure);
    }

    [Fact]
    public void LookAtAll_TwoEqualLines_TheSecondIsNoMatch()
    {
        var claim = _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
        var verdicts = MatchRound.Look(_setup.Book, [MatcherSetup.Line("Фарид Г.", "05 14:02", message: "888590"), MatcherSetup.Line("Фарид Г.", "05 14:02", message: "888590")]);
        Assert.Equal([true, false], verdicts.Select(verdict => verdict.IsSure));
        Assert.Equal(claim.IntentId, verdicts[0].First!.IntentId);
        Assert.NotEqual(claim.IntentId, verdicts[1].First?.IntentId);
    }

    [Fact]
    public void LookAtAll_TwoPayersForOneClaim_IsSureForNeither()
    {
        var farid = _setup.Member("Гасанов Фарид");
        _setup.Claim(farid, "05 14:00", "888590");
        _setup.Paid("Севда К.", farid, 4);
        var verdicts = MatchRound.Look(_setup.Book, [MatcherSetup.Line("Фарид Г.", "05 14:02"), MatcherSetup.Line("Севда К.", "05 14:03")]);
        Assert.DoesNotContain(verdicts, verdict => verdict.IsSure);
    }

    [Fact]
    public void LookAtAll_TheOthersLineHasItsCode_WhatIsLeftIsToldApart()
    {
        _setup.Claim(_setup.Member("Гулиев Фарид"), "05 14:01", "123456");
        var claim = _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
        var lines = new[] { MatcherSetup.Line("Фарид Г.", "05 14:03"), MatcherSetup.Line("Фарид Г.", "05 14:04", message: "123456") };
        Assert.False(new Matcher(_setup.Book).Look(lines[0]).IsSure);
        var verdicts = MatchRound.Look(_setup.Book, lines);
        Assert.All(verdicts, verdict => Assert.True(verdict.IsSure));
        Assert.Equal(claim.IntentId, verdicts[0].First!.IntentId);
    }

    [Fact]
    public void LookAtAll_TheNumberTwice_PaysTheNextMonthsOfTheSecond()
    {
        var member = _setup.Member("Гасанов Фарид", owes: 2);
        var verdicts = MatchRound.Look(_setup.Book, [MatcherSetup.Line("Фарид Г.", "05 14:02", message: member.Number), MatcherSetup.Line("Фарид Г.", "06 14:02", message: member.Number)]);
        Assert.Equal(member.Open.Take(2), verdicts.SelectMany(verdict => verdict.First!.Months));
    }
}
