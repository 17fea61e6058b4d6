using Diaspora.Domain.Kaspi;

namespace Diaspora.Tests.Kaspi;

/// <summary>Evidence that carries a number of ours, or one that is nearly ours.</summary>
public sealed class MatcherNumberTests
{
    private readonly MatcherSetup _setup = new MatcherSetup().Crowd();
    private readonly MatchMember _farid;
    private readonly MatchClaim _claim;

    public MatcherNumberTests()
    {
        _farid = _setup.Member("Гасанов Фарид");
        _claim = _setup.Claim(_farid, "05 14:00", "888590");
    }

    [Theory]
    [InlineData("888590")]
    [InlineData("Код: 888590.")]
    [InlineData("взнос888590")]
    [InlineData("888 590")]
    [InlineData("взнос 888-590, спасибо")]
    [InlineData("88 85 90")]
    [InlineData("за октябрь 2026 888590")]
    [InlineData("долг за обед 888590")]
    public void Look_CodeInTheMessage_IsSureWhoeverPays(string message)
    {
        var verdict = _setup.Look("Севда Ц.", "09 20:11", message: message);
        Assert.True(verdict.IsSure);
        Assert.Equal(_claim.IntentId, verdict.First!.IntentId);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.Code && (string)reason.Args[0] == "888590");
    }

    [Theory]
    [InlineData("888591")]
    [InlineData("885890")]
    [InlineData("88859")]
    [InlineData("8885900")]
    [InlineData("1888590")]
    [InlineData("8 777 888 59 00")]
    public void Look_CodeWithASlip_IsAGuessAndNeverSure(string message)
    {
        var verdict = _setup.Look("Севда Ц.", "05 14:02", message: message);
        Assert.False(verdict.IsSure);
    }

    [Fact]
    public void Look_CodeWithASlip_PutsTheClaimFirst()
    {
        _setup.Claim(_setup.Member("Ким Андрей"), "05 14:01", "123456");
        var verdict = _setup.Look("Севда Ц.", "05 14:02", message: "888591");
        Assert.Equal(_claim.IntentId, verdict.First!.IntentId);
        Assert.Equal(["888591", "888590"], verdict.First.Reasons.Single(reason => reason.Code == MatchReasons.CodeAlmost).Args);
    }

    [Fact]
    public void Look_SlipThatHitsAnothersCode_IsNotSureForTheOther()
    {
        var other = _setup.Claim(_setup.Member("Ким Андрей"), "05 09:00", "888591");
        var verdict = _setup.Look("Фарид Г.", "05 14:02", message: "888591");
        Assert.False(verdict.IsSure && verdict.First!.IntentId == other.IntentId);
    }

    [Fact]
    public void Look_CodeNearToAnothersAndAStrangerPays_IsNotSure()
    {
        _setup.Claim(_setup.Member("Ким Андрей"), "05 09:00", "888591");
        Assert.False(_setup.Look("Севда Ц.", "05 14:02", message: "888590").IsSure);
        Assert.True(_setup.Look("Фарид Г.", "05 14:02", message: "888590").IsSure);
    }

    [Fact]
    public void Look_TwoCodes_IsSureForNeither()
    {
        _setup.Claim(_setup.Member("Ким Андрей"), "05 14:00", "123456");
        Assert.False(_setup.Look("Фарид Г.", "05 14:02", 4000, "888590 и 123456").IsSure);
    }

    [Fact]
    public void Look_CodeOfOneAndNumberOfAnother_IsSureForNeither()
    {
        var other = _setup.Member("Ким Андрей");
        Assert.False(_setup.Look("Фарид Г.", "05 14:02", message: $"888590 {other.Number}").IsSure);
    }

    [Fact]
    public void Look_CodeAndNobodyClaimed_IsSure()
    {
        var claim = _setup.Claim(_setup.Member("Ким Андрей"), "05 14:00", "123456", claimed: "");
        var verdict = _setup.Look("Андрей К.", "05 14:02", message: "123456");
        Assert.True(verdict.IsSure);
        Assert.Equal(claim.IntentId, verdict.First!.IntentId);
    }

    [Fact]
    public void Look_CodeAndMoreMoney_PaysTheClaimAndLeavesTheRest()
    {
        var verdict = _setup.Look("Фарид Г.", "05 14:02", 5000, "888590");
        Assert.True(verdict.IsSure);
        Assert.Equal(_claim.Lines, verdict.First!.Months);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.SumMore);
    }

    [Fact]
    public void Look_CodeAndLessMoney_PaysTheOldestMonthsItIsEnoughFor()
    {
        var claim = _setup.Claim(_setup.Member("Ким Андрей"), "05 14:00", "123456", months: 3);
        var verdict = _setup.Look("Андрей К.", "05 14:02", 4500, "123456");
        Assert.True(verdict.IsSure);
        Assert.Equal(claim.Lines.Take(2), verdict.First!.Months);
    }

    [Fact]
    public void Look_CodeAndLessThanAMonth_IsCredit()
    {
        var verdict = _setup.Look("Фарид Г.", "05 14:02", 1500, "888590");
        Assert.True(verdict.IsSure);
        Assert.Equal(_claim.IntentId, verdict.First!.IntentId);
        Assert.Empty(verdict.First.Months);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(2000.50)]
    [InlineData(1_000_000_000)]
    public void Look_CodeAndASumThatCannotBeMeant_IsLeftToAPerson(decimal sum)
    {
        var verdict = _setup.Look("Фарид Г.", "05 14:02", sum, "888590");
        Assert.False(verdict.IsSure);
        Assert.Equal(_claim.IntentId, verdict.First!.IntentId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2000)]
    public void Look_NoMoney_IsNobodys(decimal sum) => Assert.Same(MatchVerdict.Nobody, _setup.Look("Фарид Г.", "05 14:02", sum, "888590"));

    [Fact]
    public void Look_BlockedMember_IsNeverSure()
    {
        var blocked = _setup.Member("Ким Андрей", isBlocked: true);
        _setup.Claim(blocked, "05 14:00", "123456");
        var verdict = _setup.Look("Андрей К.", "05 14:02", message: "123456");
        Assert.False(verdict.IsSure);
        Assert.Contains(verdict.First!.Reasons, reason => reason.Code == MatchReasons.Blocked);
        Assert.False(_setup.Look("Андрей К.", "07 14:02", message: blocked.Number).IsSure);
    }

    [Fact]
    public void Look_MemberNumberWithoutAClaim_PaysTheOldestMonths()
    {
        var member = _setup.Member("Ким Андрей", owes: 3);
        var verdict = _setup.Look("Севда Ц.", "20 10:00", 6000, $"{member.Number[..4]} {member.Number[4..]}");
        Assert.True(verdict.IsSure);
        Assert.Null(verdict.First!.IntentId);
        Assert.Equal(member.Id, verdict.First.MemberId);
        Assert.Equal(member.Open.Take(3), verdict.First.Months);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.SumOwed);
    }

    [Fact]
    public void Look_MemberNumberAndAClaim_IsForTheClaim()
    {
        var verdict = _setup.Look("Севда Ц.", "20 10:00", message: _farid.Number);
        Assert.True(verdict.IsSure);
        Assert.Equal(_claim.IntentId, verdict.First!.IntentId);
    }

    [Fact]
    public void Look_MemberNumberWithAWrongDigit_IsNotSure()
    {
        var wrong = _farid.Number[..7] + (char)('0' + (_farid.Number[7] - '0' + 1) % 10);
        Assert.False(_setup.Look("Севда Ц.", "05 14:02", message: wrong).IsSure);
    }

    [Fact]
    public void Look_NumberOfAReceipt_IsSure()
    {
        var claim = _setup.Claim(_setup.Member("Ким Андрей"), "05 14:00", "123456", receipt: "QR 7712345678");
        var verdict = _setup.Look("", "05 09:30", operation: "7712345678");
        Assert.True(verdict.IsSure);
        Assert.Equal(claim.IntentId, verdict.First!.IntentId);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.Receipt);
    }

    [Fact]
    public void Look_NumberOfSomebodyElsesReceipt_IsNotSure()
    {
        _setup.Claim(_setup.Member("Ким Андрей"), "05 14:00", "123456", receipt: "QR 7712345678");
        Assert.False(_setup.Look("Севда Ц.", "05 09:30", operation: "7712345678").IsSure);
    }

    [Fact]
    public void Look_PhoneInTheMessage_PutsItsMemberFirst()
    {
        var verdict = _setup.Look("Севда Ц.", "20 10:00", 4000, $"8{_farid.Phone[2..]}");
        Assert.Equal(_farid.Id, verdict.First!.MemberId);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.Phone);
    }
}
