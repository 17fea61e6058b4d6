using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Dues.Cabinet;
using Diaspora.Web.Shared.Status;

namespace Diaspora.Tests.Dues;

/// <summary>What the first page makes of a member's months and transfers.</summary>
public sealed class CabinetViewTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public void Show_YearInWhichAMemberJoined_HasNoMonthBefore()
    {
        var view = new CabinetView(MemberStory.Joined("2026-05-05").Cabinet("2026-05-08"));
        Assert.Equal(["2026-05", "2026-06"], view.TilesOf(2026).Take(2).Select(tile => tile.Period.ToString()));
        Assert.Equal(8, view.TilesOf(2026).Count);
        Assert.Equal(12, view.TilesOf(2027).Count);
    }

    [Fact]
    public void Show_NewAndWaiting_DoNotLookAlike() => Assert.NotEqual(Standing.Pending.Look() with { Key = "" }, new PaymentOutcome(PaymentStatus.Pending, null).Look() with { Key = "" });

    [Fact]
    public async Task Read_WhatIsKept_SaysOfWhichPaymentItIsLeft_UntilItIsUsed()
    {
        var cashier = await _database.AddCashierAsync();
        var member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
        var credit = await _database.CreditAsync(cashier, member, 3000);
        await _database.CreditAsync(cashier, await _database.AddAsync("Мамедова Айгюн"), 700);

        var kept = Assert.Single(await KeptAsync());
        Assert.Equal(3000, kept.Amount.Tenge);
        Assert.Equal(kept.Code, Assert.Single(await _database.HistoryAsync(member), row => row.IntentId == kept.IntentId).Code);

        await _database.RecordAsync(cashier, MoneySetup.Cash(member, 0, member.Of("2026-01")).Using(credit).KeepingTheRest());
        Assert.Equal(1000, Assert.Single(await KeptAsync()).Amount.Tenge);

        async Task<IReadOnlyList<KeptMoney>> KeptAsync() => (await _database.Get<CabinetService>().CabinetAsync(member)).Kept;
    }

    [Fact]
    public async Task Read_SixMonthsInOneTransfer_TakeOneOfTheThreePlaces()
    {
        var cashier = await _database.AddCashierAsync();
        var member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
        Guid[] intents = [await PayAsync("2026-01"), await PayAsync("2026-02"), await PayAsync("2026-03"), await PayAsync("2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09")];

        var view = new CabinetView(await _database.Get<CabinetService>().CabinetAsync(member));
        Assert.Equal([intents[3], intents[2], intents[1]], view.Recent.Select(transfer => transfer.IntentId));
        Assert.Equal((6, 12000), (view.Recent[0].Rows.Count, view.Recent[0].Total.Tenge));

        async Task<Guid> PayAsync(params string[] months)
        {
            _database.Clock.Advance(TimeSpan.FromMinutes(1));
            var intent = await _database.StartAsync(member, months);
            await _database.ConfirmAsync(cashier, intent);
            return intent;
        }
    }
}
