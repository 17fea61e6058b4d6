using Diaspora.Domain.Kaspi;

namespace Diaspora.Tests.Kaspi;

/// <summary>What the other lines, and the claims that money came for, say of one that nobody's name tells anything of.</summary>
public sealed class MatcherElsewhereTests
{
    private readonly MatcherSetup _setup = new MatcherSetup().Crowd();
    private readonly MatchClaim _claim;
    private readonly EvidenceFacts _line = MatcherSetup.Line("Севда Ц.", "05 14:02");
    private readonly EvidenceFacts _last = MatcherSetup.Line("Ким Ч.", "05 22:00", 700);

    public MatcherElsewhereTests()
    {
        _claim = _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
    }

    [Theory]
    [InlineData(0, 10, false)]
    [InlineData(100, 0, true)]
    [InlineData(100, 60, false)]
    public void LookAtAll_ATransferInTheMinutesOfAClaim_IsItsMoneyWhereMoneyIsRarelyMissing(int came, int missed, bool isSure)
    {
        var verdict = Look(_setup.Book with { Came = came, Missed = missed }, _line, _last);
        Assert.Equal(isSure, verdict.IsSure);
        Assert.Equal(_claim.IntentId, verdict.First!.IntentId);
    }

    [Fact]
    public void LookAtAll_TheClaimsMoneyMayBeAnotherLine_IsNotSure()
    {
        var book = _setup.Book with { Came = 100 };
        Assert.True(Look(book, _line, _last).IsSure);
        Assert.False(Look(book, _line, MatcherSetup.Line("Рауф Ш.", "05 14:03"), _last).IsSure);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void LookAtAll_OtherClaimsWithoutALine_AreMissingMoneyUnlessACashierConfirmedThem(bool isConfirmed, bool isSure)
    {
        for (var day = 10; day < 30; day++)
        {
            _setup.Claim(_setup.Member("Петров Дмитрий"), $"{day} 10:00", months: 3, isConfirmed: isConfirmed);
        }

        Assert.Equal(isSure, Look(_setup.Book with { Came = 100 }, _line, MatcherSetup.Line("Ким Ч.", "31 22:00", 700)).IsSure);
    }

    [Fact]
    public void LookAtAll_TheClaimIsNewerThanTheStatement_IsNotSure() => Assert.False(Look(_setup.Book with { Came = 100 }, _line).IsSure);

    [Fact]
    public void LookAtAll_BeforeTheClaimOrAfterIt_IsNotSureWithoutAName()
    {
        var book = _setup.Book with { Came = 100 };
        Assert.False(Look(book, MatcherSetup.Line("Севда Ц.", "05 13:59"), _last).IsSure);
        Assert.False(Look(book, MatcherSetup.Line("Севда Ц.", "05 14:30"), _last).IsSure);
    }

    [Fact]
    public void LookAtAll_AnotherClaimOfTheseMinutesHasItsOwnMoney_IsSureForWhatIsLeft()
    {
        var other = _setup.Claim(_setup.Member("Ким Андрей"), "05 14:01", "123456");
        var book = _setup.Book with { Came = 100 };
        Assert.False(Look(book, _line, _last).IsSure);
        var verdicts = MatchRound.Look(book, [_line, MatcherSetup.Line("Андрей К.", "05 14:04"), _last]);
        Assert.Equal([_claim.IntentId, other.IntentId], verdicts.Take(2).Select(verdict => verdict.First!.IntentId!.Value));
        Assert.All(verdicts.Take(2), verdict => Assert.True(verdict.IsSure));
    }

    private static MatchVerdict Look(MatchBook book, params EvidenceFacts[] facts) => MatchRound.Look(book, facts)[0];
}
