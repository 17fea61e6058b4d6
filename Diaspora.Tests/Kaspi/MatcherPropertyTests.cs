using CsCheck;
using Diaspora.Domain.Kaspi;

namespace Diaspora.Tests.Kaspi;

/// <summary>Books of a few people with few names and codes, so that much fits by chance.</summary>
public sealed class MatcherPropertyTests
{
    private static readonly string[] Names = ["Гасанов Фарид", "Гулиев Фарид", "Həsənov Fərid", "Гасанова Айгюн", "Алиев Самир", "Алиева Самира", "Гасанов Фарид Рашид оглы"];
    private static readonly string[] Payers = ["Фарид Г.", "FARID H.", "Айгюн Г.", "Самир А.", "Севда К.", ""];
    private static readonly string[] Messages = ["", "888590", "888591", "взнос за октябрь", "за Айгюн", "долг за обед", "888 590 и 888591"];

    private static readonly Gen<Case> AnyCase = Gen.Select(
        Gen.Int[0, Names.Length - 1].Array[1, 5],
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 120], Gen.Bool, (member, code, minutes, isConfirmed) => new CaseClaim(member, code, minutes, isConfirmed)).Array[0, 5],
        Gen.Int[0, Payers.Length - 1], Gen.Int[0, Messages.Length - 1], Gen.Int[0, 2], Gen.Bool,
        (names, claims, payer, message, sum, hasTime) => new Case(names, claims, payer, message, sum, hasTime));

    private sealed record CaseClaim(int Member, int Code, int Minutes, bool IsConfirmed);

    private sealed record Case(int[] Names, CaseClaim[] Claims, int Payer, int Message, int Sum, bool HasTime)
    {
        public EvidenceFacts Line => MatcherSetup.Line(Payers[Payer], HasTime ? "05 14:30" : "05", Sum == 2 ? 4000 : 2000, Messages[Message]);

        public MatcherSetup Setup(int crowd)
        {
            var setup = new MatcherSetup().Crowd(crowd);
            var members = Names.Select(name => setup.Member(MatcherPropertyTests.Names[name])).ToList();
            foreach (var claim in Claims)
            {
                setup.Claim(members[claim.Member % members.Count], $"05 {13 + claim.Minutes / 60}:{claim.Minutes % 60:00}", claim.Code == 3 ? "" : $"88859{claim.Code}", isConfirmed: claim.IsConfirmed);
            }

            return setup;
        }
    }

    [Fact]
    public void Look_TheSameInAnotherOrder_SaysTheSame() => Gen.Select(AnyCase, Gen.Int).Sample((each, seed) =>
    {
        var book = each.Setup(30).Book;
        var random = new Random(seed);
        var other = new MatchBook([.. book.Members.OrderBy(_ => random.Next())], [.. book.Claims.OrderBy(_ => random.Next())], book.Payers);
        var (one, two) = (new Matcher(book).Look(each.Line), new Matcher(other).Look(each.Line));
        Assert.Equal(one.IsSure, two.IsSure);
        Assert.Equal(one.Guesses.Select(guess => (guess.IntentId, guess.MemberId, guess.Rank)), two.Guesses.Select(guess => (guess.IntentId, guess.MemberId, guess.Rank)));
    }, iter: 1000);

    /// <summary>Beside one more whose name is nobody's here: among more people every name is a little rarer, whoever they are.</summary>
    [Fact]
    public void Look_OneMoreWithAMembersName_MakesNothingSure() => Gen.Select(AnyCase, Gen.Int[0, 4]).Sample((each, whose) =>
    {
        var setup = each.Setup(30);
        var before = new Matcher(setup.Book with { Members = [.. setup.Book.Members, new MatcherSetup().Member("Цой Мурат")] }).Look(each.Line);
        setup.Member(Names[each.Names[whose % each.Names.Length]]);
        var after = new Matcher(setup.Book).Look(each.Line);
        Assert.True(before.IsSure || !after.IsSure);
    }, iter: 1000);

    /// <summary>What is sure never spends more than came, and two that are sure are never for one claim.</summary>
    [Fact]
    public void LookAtAll_Anything_SpendsNoTengeTwice() => Gen.Select(AnyCase, Gen.Select(Gen.Int[0, Payers.Length - 1], Gen.Int[0, Messages.Length - 1], (payer, message) => (payer, message)).Array[1, 6]).Sample((each, lines) =>
    {
        List<EvidenceFacts> facts = [.. lines.Select(line => MatcherSetup.Line(Payers[line.payer], "05 14:30", message: Messages[line.message]))];
        var sure = MatchRound.Look(each.Setup(30).Book, facts).Zip(facts).Where(pair => pair.First.IsSure).ToList();
        Assert.Distinct(sure.Select(pair => pair.First.First!.IntentId ?? pair.First.First.MemberId));
        Assert.All(sure, pair => Assert.True(pair.First.First!.Months.Sum(line => line.Amount.Tenge) * 100 <= pair.Second.Tiyn));
    }, iter: 500);
}
