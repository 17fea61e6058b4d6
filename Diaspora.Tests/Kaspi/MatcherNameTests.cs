using Diaspora.Domain.Kaspi;

namespace Diaspora.Tests.Kaspi;

/// <summary>Evidence that says no more than a name, a sum and a time, and perhaps some words.</summary>
public sealed class MatcherNameTests
{
    private readonly MatcherSetup _setup = new MatcherSetup().Crowd();

    [Theory]
    [InlineData("Гасанов Фарид", "Фарид Г.")]
    [InlineData("Гасанов Фарид", "ФАРИД Г.")]
    [InlineData("Гасанов Фарид", "Фəрид Г")]
    [InlineData("Həsənov Fərid", "Фарид Г.")]
    [InlineData("Həsənov Fərid", "Farid H.")]
    [InlineData("Гасанов Фарид", "Г. Фарид")]
    [InlineData("Гасанов Фарид", "Гасанов Ф.")]
    [InlineData("Гасанов Фарид", "Гасанов Фарид")]
    [InlineData("Фарид Гасанов", "Фарид Г.")]
    [InlineData("Гасанов Фарид Рашид оглы", "Фарид Г.")]
    [InlineData("Гасанова Айгюн Вагиф кызы", "Айгүн Г.")]
    [InlineData("Гасанова-Керимова Айгюн", "Айгюн Г.")]
    [InlineData("Гасанова-Керимова Айгюн", "Айгюн Г-К.")]
    [InlineData("Семёнов Пётр", "ПЕТР С.")]
    [InlineData("Керимова Анна Мария", "Анна Мария К.")]
    [InlineData("Керимова Анна Мария", "Анна К.")]
    [InlineData("Мамедова Гюль Бике", "Гюльбике М.")]
    [InlineData("Мамедова Гюльбике", "Гюль Бике М.")]
    [InlineData("Cəfərov Ceyhun", "Джейхун Д.")]
    [InlineData("Джафаров Джейхун", "Ceyhun C.")]
    [InlineData("Қасымова Әлия", "Əлия К.")]
    [InlineData("Юсифов Яшар", "Yaşar Y.")]
    public void Look_OnlyOneHasTheNameAndClaimedJustThen_IsSure(string member, string payer)
    {
        var claim = _setup.Claim(_setup.Member(member), "05 14:00", "888590");
        _setup.Claim(_setup.Member("Ким Андрей"), "05 11:00", "123456");
        var verdict = _setup.Look(payer, "05 14:02");
        Assert.True(verdict.IsSure);
        Assert.Equal(claim.IntentId, verdict.First!.IntentId);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.NameOnly);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.SumClaimed);
    }

    [Theory]
    [InlineData("Гасанов Фарид", "Фуад Г.")]
    [InlineData("Гасанов Самир", "Самира Г.")]
    [InlineData("Гасанов Фарид", "Фарид А.")]
    [InlineData("Гасанов Фарид", "")]
    [InlineData("Гасанов Фарид", "С карты другого банка")]
    public void Look_AnotherName_IsNotSureByTheHour(string member, string payer)
    {
        _setup.Claim(_setup.Member(member), "05 14:00", "888590");
        Assert.False(_setup.Look(payer, "05 18:00").IsSure);
    }

    [Fact]
    public void Look_SeveralHaveTheNameAndClaimed_IsNotSureAndOffersAll()
    {
        var first = _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
        var second = _setup.Claim(_setup.Member("Гулиев Фарид"), "05 14:01", "123456");
        var verdict = _setup.Look("Фарид Г.", "05 14:03");
        Assert.False(verdict.IsSure);
        Assert.Equal(new[] { first.IntentId, second.IntentId }.Order(), verdict.Guesses.Take(2).Select(guess => guess.IntentId!.Value).Order());
        Assert.Contains(verdict.First!.Reasons, reason => reason.Code == MatchReasons.NameOfSeveral && (int)reason.Args[1] == 2);
    }

    [Fact]
    public void Look_SeveralHaveTheNameAndDaysAlone_IsNotSure()
    {
        _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
        _setup.Member("Гулиев Фарид");
        Assert.False(_setup.Look("Фарид Г.", "05").IsSure);
    }

    [Fact]
    public void Look_ANamesakeWhoClaimsNothing_TheMinuteTells()
    {
        _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
        _setup.Member("Гулиев Фарид");
        Assert.True(_setup.Look("Фарид Г.", "05 14:02").IsSure);
        Assert.False(_setup.Look("Фарид Г.", "05 16:00").IsSure);
    }

    [Fact]
    public void Look_NameWithoutAClaim_IsAGuessAndNeverSure()
    {
        var member = _setup.Member("Гасанов Фарид", owes: 2);
        var verdict = _setup.Look("Фарид Г.", "05 14:02", 4000);
        Assert.False(verdict.IsSure);
        Assert.Equal(member.Id, verdict.First!.MemberId);
        Assert.Null(verdict.First.IntentId);
        Assert.Equal(member.Open.Take(2), verdict.First.Months);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.SumOwed);
    }

    [Theory]
    [InlineData(1000, "05 14:02", false)]
    [InlineData(2000.01, "05 14:02", false)]
    [InlineData(2500, "05 14:02", true)]
    [InlineData(4000, "05 14:02", true)]
    [InlineData(4000, "05 14:40", false)]
    [InlineData(60_000, "05 14:02", false)]
    public void Look_NameAndAnotherSum_IsSureWhileItIsClaimed(decimal sum, string at, bool isSure)
    {
        var claim = _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
        var verdict = _setup.Look("Фарид Г.", at, sum);
        Assert.Equal(isSure, verdict.IsSure);
        Assert.Equal(claim.IntentId, verdict.First!.IntentId);
    }

    [Fact]
    public void Look_AnotherSumAndANamesakeWhoClaimed_IsNotSure()
    {
        _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
        Assert.True(_setup.Look("Фарид Г.", "05 14:02", 4000).IsSure);
        _setup.Claim(_setup.Member("Гулиев Фарид"), "05 09:00", "123456", months: 3);
        Assert.False(_setup.Look("Фарид Г.", "05 14:02", 4000).IsSure);
    }

    [Theory]
    [InlineData("взнос за маму", true)]
    [InlineData("за отца, спасибо", true)]
    [InlineData("анам үшін", true)]
    [InlineData("за соседа", false)]
    public void Look_PaysForTheFamily_IsPlain(string message, bool isSure)
    {
        _setup.Claim(_setup.Member("Гасанова Айгюн"), "05 14:00", "888590");
        Assert.Equal(isSure, _setup.Look("Рашад Г.", "05 14:02", message: message).IsSure);
    }

    [Fact]
    public void Look_PayerKnownFromBefore_IsSureForWhomTheyPaid()
    {
        var mother = _setup.Member("Керимова Севда");
        var claim = _setup.Claim(mother, "05 14:00", "888590");
        Assert.False(_setup.Look("Фарид Г.", "05 16:00").IsSure);
        _setup.Paid("Фарид Г.", mother, 4);
        var verdict = _setup.Look("ФАРИД Г.", "05 16:00");
        Assert.True(verdict.IsSure);
        Assert.Equal(claim.IntentId, verdict.First!.IntentId);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.History && (int)reason.Args[0] == 4);
    }

    [Fact]
    public void Look_PayerWhoPaidForTwo_IsSureForNeither()
    {
        foreach (var (name, code) in new[] { ("Керимова Севда", "888590"), ("Керимов Анар", "123456") })
        {
            var member = _setup.Member(name);
            _setup.Claim(member, "05 14:00", code);
            _setup.Paid("Фарид Г.", member, 3);
        }

        Assert.False(_setup.Look("Фарид Г.", "05 16:00").IsSure);
    }

    [Fact]
    public void Look_ARelativeOfTheIntentPays_IsSure()
    {
        var claim = _setup.Claim(_setup.Member("Гасанова Айгюн"), "05 14:00", "888590", with: _setup.Member("Гасанов Фарид"));
        var verdict = _setup.Look("Фарид Г.", "05 14:02", 4000);
        Assert.True(verdict.IsSure);
        Assert.Equal(claim.IntentId, verdict.First!.IntentId);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.NameOfFamily);
    }

    [Theory]
    [InlineData("взнос за маму")]
    [InlineData("за Тофика")]
    [InlineData("подарок")]
    [InlineData("аренда")]
    [InlineData("888000")]
    [InlineData("за ноябрь")]
    public void Look_MessageThatMaySayOtherwise_IsNotSureByName(string message)
    {
        _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
        Assert.True(_setup.Look("Фарид Г.", "05 14:02", message: "членский взнос за октябрь").IsSure);
        Assert.False(_setup.Look("Фарид Г.", "05 14:02", message: message).IsSure);
    }

    [Fact]
    public void Look_MessageNamesAnotherMember_TheOtherIsFirst()
    {
        _setup.Claim(_setup.Member("Гасанов Фарид"), "05 14:00", "888590");
        var claim = _setup.Claim(_setup.Member("Гасанова Айгюн"), "05 14:00", "123456");
        var verdict = _setup.Look("Фарид Г.", "05 14:10", message: "За Айгюн, октябрь");
        Assert.Equal(claim.IntentId, verdict.First!.IntentId);
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.Named && (string)reason.Args[0] == "Айгюн");
        Assert.Contains(verdict.First.Reasons, reason => reason.Code == MatchReasons.Month && (int)reason.Args[0] == 10);
    }

    [Theory]
    [InlineData("долг за обед", true)]
    [InlineData("Подарок", true)]
    [InlineData("аренда зала", true)]
    [InlineData("взнос", false)]
    [InlineData("", false)]
    public void Look_WordsThatItIsNoDue_AreSaid(string message, bool isNotDues)
    {
        _setup.Member("Гасанов Фарид");
        Assert.Equal(isNotDues, _setup.Look("Фарид Г.", "05 14:02", message: message).IsNotDues);
    }
}
