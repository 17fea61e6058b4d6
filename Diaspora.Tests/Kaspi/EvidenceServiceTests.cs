using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Kaspi;

/// <summary>What a cashier decides of lines, one by one and all at once, and takes back.</summary>
public sealed class EvidenceServiceTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Actor _cashier = null!;
    private Actor _member = null!;

    private EvidenceService Service => _database.Get<EvidenceService>();

    public async ValueTask InitializeAsync()
    {
        _database = new TestDatabase();
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync();
        _member = await _database.AddAsync("Алиев Рашад");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Match_PressedTwice_IsOneMatch_AndAColleagueIsToldWhoWasFirst()
    {
        var (evidence, intent) = await ClaimedAsync(_member, 2000, "2026-03");
        var target = new MatchTarget(intent, _member.MemberId!.Value);

        var first = await Service.MatchAsync(_cashier, evidence, target);
        var second = await Service.MatchAsync(_cashier, evidence, target);
        var refused = await PaymentSetup.RefusedAsync(async () => await Service.MatchAsync(await _database.AddCashierAsync(), evidence, target));

        Assert.Equal(first, second);
        Assert.Equal(Problems.EvidenceMatched, refused.Code);
        Assert.Equal("Алиев Рашад: 2026-03 + 0", await BooksOfMemberAsync());
    }

    [Fact]
    public async Task Match_OfAnotherSum_SettlesWithWhatCame_AndItsUndoLeavesNothing()
    {
        var (evidence, intent) = await ClaimedAsync(_member, 4500, "2026-03");

        var match = await Service.MatchAsync(_cashier, evidence, new MatchTarget(intent, _member.MemberId!.Value));
        Assert.Equal("Алиев Рашад: 2026-03 2026-04 + 500", await BooksOfMemberAsync());

        await Service.UndoAsync(_cashier, match);
        Assert.Equal("Алиев Рашад:  + 0", await BooksOfMemberAsync());
        Assert.Equal(EvidenceState.Open, (await RowAsync(evidence)).State);
        await _database.CheckBooksAsync();
    }

    [Fact]
    public async Task Undo_WhenWhatWasLeftIsSpent_IsRefused()
    {
        var evidence = await _database.EvidenceAsync("more", 3000);
        var match = await Service.MatchAsync(_cashier, evidence, new MatchTarget(null, _member.MemberId!.Value));
        var credit = Assert.Single(await _database.OpenCreditsAsync(_cashier, _member));
        await _database.RecordAsync(_cashier, Cash(_member, 1000, _member.Of("2026-04")).Using(credit.Id));

        var refused = await PaymentSetup.RefusedAsync(() => Service.UndoAsync(_cashier, match));

        Assert.Equal(Problems.CreditInTheWay, refused.Code);
        Assert.Equal(EvidenceState.Matched, (await RowAsync(evidence)).State);
        await _database.CheckBooksAsync();
    }

    [Fact]
    public async Task ConfirmSure_WithOneThatChangedMeanwhile_NamesIt_AndOneUndoTakesTheRestBack()
    {
        var other = await _database.AddAsync("Мамедова Айгюн");
        var (evidence, _) = await ClaimedAsync(_member, 2000, "2026-03");
        var (changed, rejected) = await ClaimedAsync(other, 2000, "2026-03");
        await _database.LookAsync();
        await _database.RejectAsync(_cashier, rejected);

        var outcome = await Service.ConfirmSureAsync(_cashier, null, []);

        Assert.Equal(1, outcome.Confirmed);
        var (row, problem) = Assert.Single(outcome.Refused);
        Assert.Equal((changed, Problems.AlreadyRejected), (row.Id, problem.Code));
        Assert.Equal(EvidenceState.Matched, (await RowAsync(evidence)).State);

        Assert.Equal(1, await Service.UndoAllAsync(_cashier, outcome.At));
        Assert.Equal(0, await Service.UndoAllAsync(_cashier, outcome.At));
        Assert.Equal("Алиев Рашад:  + 0", await BooksOfMemberAsync());
        await _database.CheckBooksAsync();
    }

    /// <summary>Their number makes it sure, and nobody claimed anything: it would pay their oldest month.</summary>
    [Fact]
    public async Task ConfirmSure_WhenAColleagueEnteredTheMonthMeanwhile_LeavesTheLineAndNamesIt()
    {
        var (evidence, other) = (await NumberedAsync(_member, "first"), await NumberedAsync(await _database.AddAsync("Мамедова Айгюн"), "second"));
        await _database.LookAsync();
        Assert.Equal(["2026-03"], (await RowAsync(evidence)).Sure!.Shown!.Select(month => month.ToString()));
        await _database.RecordAsync(await _database.AddCashierAsync(), Cash(_member, 2000, _member.Of("2026-03")));

        var outcome = await Service.ConfirmSureAsync(_cashier, null, []);

        Assert.Equal(1, outcome.Confirmed);
        var (row, problem) = Assert.Single(outcome.Refused);
        Assert.Equal((evidence, Problems.MonthsDiffer), (row.Id, problem.Code));
        Assert.Equal(EvidenceState.Matched, (await RowAsync(other)).State);
        Assert.Equal("Алиев Рашад: 2026-03 + 0", await BooksOfMemberAsync());
        await _database.CheckBooksAsync();
    }

    /// <summary>The matcher has seen what the colleague did and is sure of the next month; the page still shows the one before.</summary>
    [Fact]
    public async Task ConfirmSure_OfAPageThatShowsAnotherMonth_LeavesTheLineUntilItIsSeenAnew()
    {
        var evidence = await NumberedAsync(_member, "first");
        await _database.LookAsync();
        var seen = await RowAsync(evidence);
        await Service.MatchAsync(_cashier, await _database.EvidenceAsync("other", 2000), new MatchTarget(null, _member.MemberId!.Value));
        await _database.LookAsync();
        Assert.Equal(["2026-04"], (await RowAsync(evidence)).Sure!.Shown!.Select(month => month.ToString()));

        var outcome = await Service.ConfirmSureAsync(_cashier, null, [seen]);
        Assert.Equal((0, Problems.MonthsDiffer), (outcome.Confirmed, Assert.Single(outcome.Refused).Problem.Code));
        Assert.Equal("Алиев Рашад: 2026-03 + 0", await BooksOfMemberAsync());

        Assert.Equal(1, (await Service.ConfirmSureAsync(_cashier, null, [await RowAsync(evidence)])).Confirmed);
        Assert.Equal("Алиев Рашад: 2026-03 2026-04 + 0", await BooksOfMemberAsync());
        await _database.CheckBooksAsync();
    }

    [Fact]
    public async Task Match_AGuessWhoseMonthIsPaidMeanwhile_IsRefused_WithBothMonths()
    {
        var evidence = await NumberedAsync(_member, "first");
        await _database.LookAsync();
        var guess = (await RowAsync(evidence)).Guesses[0];
        await _database.RecordAsync(_cashier, Cash(_member, 2000, _member.Of("2026-03")));

        var refused = await PaymentSetup.RefusedAsync(() => Service.MatchAsync(_cashier, evidence, new MatchTarget(null, guess.MemberId) { Shown = guess.Shown }));

        Assert.Equal((Problems.MonthsDiffer, "2026-03", "2026-04"), (refused.Code, string.Join(' ', (IReadOnlyList<Period>)refused.Args[0]), string.Join(' ', (IReadOnlyList<Period>)refused.Args[1])));
        Assert.Equal(EvidenceState.Open, (await RowAsync(evidence)).State);
    }

    [Fact]
    public async Task ConfirmSure_TwoLinesOfOneMember_PaysBothOfTheirMonths()
    {
        await NumberedAsync(_member, "first", "2026-03-07");
        await NumberedAsync(_member, "second", "2026-03-08");
        await _database.LookAsync();

        var outcome = await Service.ConfirmSureAsync(_cashier, null, (await Service.PageAsync(_cashier, new EvidenceFilter())).Rows.Items);

        Assert.Equal((2, 0), (outcome.Confirmed, outcome.Refused.Count));
        Assert.Equal("Алиев Рашад: 2026-03 2026-04 + 0", await BooksOfMemberAsync());
    }

    [Fact]
    public async Task Refuse_WithANote_KeepsItUntilItIsADueAfterAll()
    {
        var evidence = await _database.EvidenceAsync("rent", 50_000, "ТОО Зал");
        await Service.RefuseAsync(_cashier, evidence, new RefuseEvidenceForm { Note = "аренда" });

        Assert.Equal((EvidenceState.NotDues, "аренда"), ((await RowAsync(evidence)).State, (await RowAsync(evidence)).Note));
        Assert.Equal(Problems.EvidenceDecided, (await PaymentSetup.RefusedAsync(() => Service.MatchAsync(_cashier, evidence, new MatchTarget(null, _member.MemberId!.Value)))).Code);
        Assert.Equal(evidence, Assert.Single((await Service.PageAsync(_cashier, new EvidenceFilter(null, EvidenceShow.NotDues))).Rows.Items).Id);

        await Service.ReadmitAsync(_cashier, evidence);
        Assert.Equal(1, (await Service.PageAsync(_cashier, new EvidenceFilter())).Counts.Nobody);
    }

    [Fact]
    public async Task Forecast_OfAMember_SaysWhatAPressThenDoes_AndNamesTheClaim()
    {
        var evidence = await _database.EvidenceAsync("more", 4500);
        var look = _database.Get<EvidenceLookService>();

        var forecast = await look.ForecastAsync(_cashier, evidence, _member.MemberId!.Value);
        Assert.Empty(forecast.Claims);
        await Service.MatchAsync(_cashier, evidence, new MatchTarget(null, _member.MemberId!.Value));
        Assert.Equal($"Алиев Рашад: {string.Join(' ', forecast.Months)} + {forecast.Left.Tenge}", await BooksOfMemberAsync());

        var intent = await _database.StartAsync(_member, "2026-05");
        var claim = Assert.Single((await look.ForecastAsync(_cashier, await _database.EvidenceAsync("another", 2000), _member.MemberId!.Value)).Claims);
        Assert.Equal((intent, new Money(2000)), (claim.IntentId, claim.Total));
    }

    [Fact]
    public async Task Hints_OfAClaim_AreItsLines_AndOnlyThose()
    {
        var (evidence, intent) = await ClaimedAsync(_member, 2000, "2026-03");
        await _database.EvidenceAsync("somebody else's", 7300, "Никто Н.");
        await _database.LookAsync();

        Assert.Equal(evidence, Assert.Single(await Service.HintsAsync(_cashier, intent)).Id);

        await Service.MatchAsync(_cashier, evidence, new MatchTarget(intent, _member.MemberId!.Value));
        Assert.NotNull(Assert.Single(await Service.HintsAsync(_cashier, intent)).Match);
    }

    [Fact]
    public async Task DecidedClaims_AreThoseTheMoneyCameFor_AndThoseThatWereRejected()
    {
        var (moderation, payments) = (_database.Get<ModerationService>(), _database.Get<PaymentService>());
        List<Guid> intents = [];
        foreach (var month in new[] { "2026-03", "2026-04", "2026-05", "2026-06" })
        {
            intents.Add(await _database.StartAsync(_member, month));
        }

        // The fourth is started and never claimed, so that nothing is missing for it.
        foreach (var intent in intents.Take(3))
        {
            await payments.ClaimAsync(_member, intent);
        }

        await moderation.ConfirmAsync(_cashier, intents[0]);
        await moderation.RejectAsync(_cashier, intents[1], new RejectPaymentForm { Reason = "Денег нет" });

        Assert.Equal((1, 1), await _database.Get<IStore>().ReadAsync(work => work.Kaspi.DecidedClaimsAsync(DateTime.MinValue)));
        Assert.Equal((0, 0), await _database.Get<IStore>().ReadAsync(work => work.Kaspi.DecidedClaimsAsync(DateTime.MaxValue)));
    }

    /// <summary>Money with the member's own number.</summary>
    private async Task<Guid> NumberedAsync(Actor member, string identity, string on = "2026-03-08") =>
        await _database.EvidenceAsync(identity, 2000, message: await _database.NumberAsync(member), on: on);

    /// <summary>A claim, and money with its code.</summary>
    private async Task<(Guid Evidence, Guid Intent)> ClaimedAsync(Actor member, long tenge, string month)
    {
        var intent = await _database.StartAsync(member, month);
        return (await _database.EvidenceAsync($"{intent}", tenge, message: await _database.CodeAsync(intent)), intent);
    }

    private async Task<EvidenceRow> RowAsync(Guid evidence) => Assert.Single(await _database.Get<EvidenceLookService>().RowsAsync(_cashier, [evidence]));

    private async Task<string> BooksOfMemberAsync() => (await _database.BooksAsync()).Split('\n').Single(line => line.StartsWith("Алиев", StringComparison.Ordinal));
}
