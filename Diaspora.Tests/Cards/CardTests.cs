using Diaspora.Domain.Cards;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Tests.Members.Duplicates;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Cards;

/// <summary>Cards on a real file: what stands on one, whose holds, and which are called back.</summary>
public sealed class CardTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _admin = null!;
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _admin = await _database.AddAdminAsync();
        _member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private CardService Cards => _database.Get<CardService>();

    [Fact]
    public async Task Own_MonthsPaidAhead_SaysUntilWhenAndEndsInAMonth()
    {
        await _database.ConfirmAsync(_admin, await _database.StartAsync(_member, "2026-01", "2026-02", "2026-03", "2026-04"));
        var card = (await Cards.OwnAsync(_member))!;
        Assert.Equal(("Алиев Рашад", Standing.Active, new Period(2026, 4)), (card.FullName, card.Standing, card.PaidUntil));
        Assert.Equal((card.Number, Standing.Active, _database.Clock.GetUtcNow().UtcDateTime + CardMark.Lasts), (card.Mark!.Number, card.Mark.Standing, card.Mark.EndsAt));
        Assert.Equal("Алиев Рашад", (await Cards.CheckAsync(card.Mark))!.FullName);
    }

    /// <summary>The code can be read by anybody, and a debt is nobody's business; at the door it is told by the portal.</summary>
    [Fact]
    public async Task Own_WithADebt_HoldsAndItsCodeKnowsNothingOfIt()
    {
        var card = (await Cards.OwnAsync(_member))!;
        Assert.Equal((Standing.Overdue, null, Standing.Active), (card.Standing, card.PaidUntil, card.Mark!.Standing));
        Assert.Equal(Standing.Overdue, (await Cards.AtDoorAsync(_admin, card.Mark))!.Standing);
    }

    [Fact]
    public async Task Own_OfStaffAlone_IsNone() => Assert.Null(await Cards.OwnAsync(_admin));

    [Fact]
    public async Task Check_AfterABlock_HoldsNoMoreAndIsListed()
    {
        var mark = (await Cards.OwnAsync(_member))!.Mark!;
        Assert.DoesNotContain(mark.Seal, await Cards.RevokedAsync());
        await _database.Get<MemberService>().BlockAsync(_admin, _member.MemberId!.Value, new BlockMemberForm { Reason = "спам" });

        Assert.Null(await Cards.CheckAsync(mark));
        Assert.Null(await Cards.AtDoorAsync(_admin, mark));
        Assert.Contains(mark.Seal, await Cards.RevokedAsync());
        Assert.Equal(Problems.MemberBlocked, (await RefusedAsync(() => Cards.OwnAsync(_member))).Code);
    }

    [Fact]
    public async Task Check_WhileSuspended_HoldsNotAndAfterItAgain()
    {
        var mark = (await Cards.OwnAsync(_member))!.Mark!;
        await _database.Get<OwedMonthsService>().SuspendAsync(_admin, _member.MemberId!.Value, new MonthIntervalForm { From = new Period(2026, 3), To = new Period(2026, 3), Reason = "в отъезде" });
        Assert.Null(await Cards.CheckAsync(mark));
        Assert.Contains(mark.Seal, await Cards.RevokedAsync());
        Assert.Equal((Standing.Suspended, null), ((await Cards.OwnAsync(_member))!.Standing, (await Cards.OwnAsync(_member))!.Mark));

        _database.Clock.Advance(TimeSpan.FromDays(24));
        Assert.NotNull(await Cards.CheckAsync(mark));
        Assert.DoesNotContain(mark.Seal, await Cards.RevokedAsync());
    }

    [Fact]
    public async Task Check_OfARecordThatWasMerged_HoldsNoMore()
    {
        var double_ = await _database.AddAsync("Рашад Алиев", joinedOn: "2026-02-01");
        var mark = (await Cards.OwnAsync(double_))!.Mark!;
        await _database.MergeAsync(_admin, _member, double_);
        Assert.Null(await Cards.CheckAsync(mark));
        Assert.Contains(mark.Seal, await Cards.RevokedAsync());
    }

    [Fact]
    public async Task Check_ANumberWithAnothersSeal_HoldsNot()
    {
        var mark = (await Cards.OwnAsync(_member))!.Mark!;
        Assert.Null(await Cards.CheckAsync(mark with { Seal = CardMark.SealOf(Guid.NewGuid()) }));
        Assert.Null(await Cards.CheckAsync(mark with { Number = "00000000" }));
    }

    /// <summary>Two portals begin at once over one folder: one key is there, and both have it.</summary>
    [Fact]
    public async Task Keep_AKeyUnderANumberThatIsTaken_LeavesTheFirst()
    {
        var other = await _database.AnotherAsync();
        Assert.True(_database.Get<ICardKeyFiles>().Add(1, [1]));
        Assert.False(other.Get<ICardKeyFiles>().Add(1, [2]));
        Assert.True(other.Get<ICardKeyFiles>().Add(2, [3]));
        Assert.Equal([(2, 3), (1, 1)], _database.Get<ICardKeyFiles>().Read().Select(each => (each.Number, (int)Assert.Single(each.Content))));
        Assert.Equal(["card-000001.key", "card-000002.key"], Directory.GetFiles(Path.Combine(_database.Folder, "keys"), "card*").Select(Path.GetFileName).Order());
    }
}
