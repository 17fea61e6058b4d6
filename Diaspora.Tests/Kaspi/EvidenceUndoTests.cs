using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Kaspi;

/// <summary>An undo frees the money of its own decision and no other: what is free is booked again.</summary>
public sealed class EvidenceUndoTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Actor _cashier = null!;
    private Actor _member = null!;

    private EvidenceService Service => _database.Get<EvidenceService>();

    private ModerationService Moderation => _database.Get<ModerationService>();

    public async ValueTask InitializeAsync()
    {
        _database = new TestDatabase();
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync();
        _member = await _database.AddAsync("Алиев Рашад");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Reopen_AnEarlierRejection_LeavesTheMoneyWithTheMonthsItPaid()
    {
        var (intent, first, second) = await StartedAsync();
        var rejected = await Moderation.RejectMonthAsync(_cashier, intent, second, new RejectPaymentForm { Reason = "нет денег" });
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        var evidence = await _database.EvidenceAsync("line", 2000);
        await Service.MatchAsync(_cashier, evidence, Target(intent));

        await Moderation.ReopenAsync(_cashier, intent, rejected);

        Assert.Equal(EvidenceState.Matched, await StateAsync(evidence));
        Assert.Equal([PaymentStatus.Confirmed, PaymentStatus.Pending], await StatusesAsync(intent, first, second));
    }

    [Fact]
    public async Task Reopen_OneOfTwoDecisionsThatALineProves_FreesItWithTheLast()
    {
        var (intent, first, second) = await StartedAsync();
        var one = await Moderation.ConfirmMonthAsync(_cashier, intent, first);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        var other = await Moderation.ConfirmMonthAsync(_cashier, intent, second);
        var evidence = await _database.EvidenceAsync("line", 4000);
        await Service.MatchAsync(_cashier, evidence, Target(intent));

        await Moderation.ReopenAsync(_cashier, intent, one);
        Assert.Equal(EvidenceState.Matched, await StateAsync(evidence));

        await Moderation.ReopenAsync(_cashier, intent, other);
        Assert.Equal(EvidenceState.Open, await StateAsync(evidence));
    }

    [Fact]
    public async Task Undo_WhenAMonthWasRefunded_IsRefused_FromTheLineAndFromTheQueue()
    {
        var (intent, first, second) = await StartedAsync();
        var evidence = await _database.EvidenceAsync("line", 4000);
        var match = await Service.MatchAsync(_cashier, evidence, Target(intent));
        var decidedAt = _database.Clock.GetUtcNow().UtcDateTime;
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _database.Get<RecordingService>().RefundAsync(_cashier, intent, second, new RefundPaymentForm { Reason = "попросил" });

        Assert.Equal(Problems.AlreadyRefunded, (await PaymentSetup.RefusedAsync(() => Service.UndoAsync(_cashier, match))).Code);
        Assert.Equal(Problems.AlreadyRefunded, (await PaymentSetup.RefusedAsync(() => Moderation.ReopenAsync(_cashier, intent, decidedAt))).Code);
        Assert.Equal(EvidenceState.Matched, await StateAsync(evidence));
        Assert.Equal([PaymentStatus.Confirmed, PaymentStatus.Refunded], await StatusesAsync(intent, first, second));
        await _database.CheckBooksAsync();
    }

    [Fact]
    public async Task Match_ForAnotherMemberThanTheFirstPress_IsRefused()
    {
        var other = await _database.AddAsync("Мамедова Айгюн");
        var evidence = await _database.EvidenceAsync("line", 2000);
        await Service.MatchAsync(_cashier, evidence, new MatchTarget(null, _member.MemberId!.Value));

        var refused = await PaymentSetup.RefusedAsync(() => Service.MatchAsync(_cashier, evidence, new MatchTarget(null, other.MemberId!.Value)));

        Assert.Equal(Problems.EvidenceMatched, refused.Code);
    }

    [Fact]
    public async Task Open_WhereMoreWaitsThanIsLookedAt_IsTheNewest_OldestFirst()
    {
        var (_, middle, newest) = (
            await _database.EvidenceAsync("a", 2000, on: "2026-03-01"), await _database.EvidenceAsync("b", 2000, on: "2026-03-02"), await _database.EvidenceAsync("c", 2000, on: "2026-03-03"));

        var open = await _database.Get<IStore>().ReadAsync(work => work.Kaspi.OpenAsync(2));

        Assert.Equal([middle, newest], open.Select(evidence => evidence.Id));
    }

    private async Task<(Guid Intent, Guid First, Guid Second)> StartedAsync()
    {
        var intent = await _database.StartAsync(_member, "2026-03", "2026-04");
        await using var context = _database.Context();
        var ids = context.Payments.Where(payment => payment.IntentId == intent).OrderBy(payment => payment.Period).Select(payment => payment.Id).ToList();
        return (intent, ids[0], ids[1]);
    }

    private MatchTarget Target(Guid intent) => new(intent, _member.MemberId!.Value);

    private async Task<EvidenceState> StateAsync(Guid evidence) => Assert.Single(await _database.Get<EvidenceLookService>().RowsAsync(_cashier, [evidence])).State;

    private async Task<IReadOnlyList<PaymentStatus>> StatusesAsync(Guid intent, params Guid[] payments)
    {
        await using var context = _database.Context();
        var all = context.Payments.Where(payment => payment.IntentId == intent).ToList();
        return [.. payments.Select(id => all.Single(payment => payment.Id == id).Status)];
    }
}
