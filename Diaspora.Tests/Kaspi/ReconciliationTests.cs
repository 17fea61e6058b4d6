using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Kaspi;

/// <summary>A month by its statements and by what was confirmed: the difference is named line by line.</summary>
public sealed class ReconciliationTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Actor _cashier = null!;

    public async ValueTask InitializeAsync()
    {
        _database = new TestDatabase();
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Month_WithEveryKindOfDifference_IsMadeUpOfItsLines()
    {
        var agreed = await ConfirmedAsync("Алиев Рашад", "2026-03");
        await MatchAsync(await _database.EvidenceAsync("agreed", 2000), agreed);
        var differing = await ConfirmedAsync("Мамедова Айгюн", "2026-03", "2026-04");
        await MatchAsync(await _database.EvidenceAsync("differing", 3500), differing);
        await _database.EvidenceAsync("waiting", 7000);
        var unproved = await ConfirmedAsync("Гасанов Фарид", "2026-03");
        var called = await ConfirmedAsync("Керимов Анар", "2026-03");
        await MatchAsync(await _database.EvidenceAsync("call", 2000, source: EvidenceSource.Webhook), called);
        await _database.Get<EvidenceService>().RefuseAsync(_cashier, await _database.EvidenceAsync("a present", 9000), new RefuseEvidenceForm { Note = "подарок" });
        await _database.EvidenceAsync("another month", 5000, on: "2026-02-28");

        var month = await _database.Get<ReconciliationService>().MonthAsync(_cashier, new Period(2026, 3));

        Assert.Equal((1_250_000, 3, new Money(10_000), 4), (month.StatementTiyn, month.Lines, month.Confirmed, month.Intents));
        Assert.Equal(700_000, Assert.Single(month.Waiting).Tiyn);
        Assert.Equal((differing, new Money(4000)), (Assert.Single(month.Differing).IntentId, month.Differing[0].Booked));
        Assert.Equal(unproved, Assert.Single(month.Unproved).IntentId);
        Assert.Equal((called, EvidenceSource.Webhook), (Assert.Single(month.Called).IntentId, month.Called[0].Proof));
        Assert.Equal(250_000, month.DifferenceTiyn);
        Assert.Equal(month.DifferenceTiyn, month.ExplainedTiyn);
    }

    [Fact]
    public async Task Month_OfMoneyThatLeftACredit_CountsAllOfIt()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        await _database.Get<EvidenceService>().MatchAsync(_cashier, await _database.EvidenceAsync("more", 2700), new MatchTarget(null, member.MemberId!.Value));

        var month = await _database.Get<ReconciliationService>().MonthAsync(_cashier, new Period(2026, 3));

        Assert.Equal((new Money(2700), 0L, 0), (month.Confirmed, month.DifferenceTiyn, month.Differing.Count));
    }

    [Fact]
    public async Task Month_AfterTheMatchWasUndone_HasTheLineWaitingAgain()
    {
        var member = await _database.AddAsync("Алиев Рашад");
        var match = await _database.Get<EvidenceService>().MatchAsync(_cashier, await _database.EvidenceAsync("line", 2000), new MatchTarget(null, member.MemberId!.Value));
        await _database.Get<EvidenceService>().UndoAsync(_cashier, match);

        var month = await _database.Get<ReconciliationService>().MonthAsync(_cashier, new Period(2026, 3));

        Assert.Equal((Money.Zero, 1), (month.Confirmed, month.Waiting.Count));
        Assert.Equal(month.DifferenceTiyn, month.ExplainedTiyn);
    }

    private async Task<Guid> ConfirmedAsync(string name, params string[] months)
    {
        var member = await _database.AddAsync(name);
        var intent = await _database.StartAsync(member, months);
        await _database.ConfirmAsync(_cashier, intent);
        return intent;
    }

    private async Task MatchAsync(Guid evidenceId, Guid intentId) => await _database.Get<EvidenceService>().MatchAsync(_cashier, evidenceId, new MatchTarget(intentId, Guid.NewGuid()));
}
