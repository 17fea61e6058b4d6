using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Speed;
using Diaspora.Tests.Storage;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Members;

/// <summary>All that staff know of one member on one page, and what a member reads behind a tile of their own.</summary>
public sealed class CardTests : IAsyncLifetime
{
    private const int MostQueries = 7;
    private readonly QueryCounter _counter = new();
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;
    private Actor _member = null!;

    private MemberCardService Cards => _database.Get<MemberCardService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync("Лейла Исмаилова");
        _member = await _database.AddAsync("Алиев Рашад", joinedOn: "2025-11-15");
    }

    public async ValueTask DisposeAsync()
    {
        _counter.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Open_ACardWithEverythingOnIt_HoldsItAll()
    {
        await FillAsync();

        var card = await _database.CardAsync(_cashier, _member);

        Assert.Equal(("Алиев Рашад", false), (card.Card.Person.FullName, card.Card.IsBlocked));
        Assert.Equal((Standing.Overdue, "2026-03", "2025-11", new Money(2000)), (card.Standing, card.Current.ToString(), card.JoinedIn.ToString(), card.Debt));
        Assert.Equal("2026-02", Assert.Single(card.DebtMonths).Period.ToString());
        Assert.Equal(("2025-01", "2027-12", 36), (card.Tiles[0].Period.ToString(), card.Tiles[^1].Period.ToString(), card.Tiles.Count));
        Assert.Equal([(true, "2025-12"), (false, "2026-01")], card.Card.Intervals.OrderBy(row => row.From).Select(row => (row.IsExemption, row.From.ToString())));
        Assert.All(card.Card.Intervals, row => Assert.Equal("Нигяр Керимова", row.DecidedBy));
        Assert.Equal(["2026-03", "2025-11"], card.Payments.Select(row => row.Period.ToString()));
        Assert.Equal(new Money(500), Assert.Single(card.Credits).Amount);
        Assert.Equal("звонил", Assert.Single(card.Notes).Text);
        Assert.Equal(
            [AuditAction.PaymentCreated, AuditAction.NoteWritten, AuditAction.PaymentRecorded, AuditAction.MemberSuspended, AuditAction.MemberExempted], card.Log.Select(entry => entry.Action));
    }

    [Fact]
    public async Task Open_ACard_AsksAtMostSevenQueries()
    {
        await FillAsync();
        var number = await _database.NumberOfAsync(_member);
        Assert.NotEmpty(_counter.Restart(_database.Folder));

        await Cards.CardAsync(_cashier, number);

        Assert.NotEmpty(_counter.Queries);
        Assert.True(_counter.Queries.Count <= MostQueries, $"{_counter.Queries.Count} queries:\n{string.Join("\n---\n", _counter.Queries)}");
    }

    [Fact]
    public async Task Open_TheCardOfStaffWithoutALedger_HasNoTiles()
    {
        var card = await _database.CardAsync(_cashier, _cashier);
        Assert.Equal((Standing.Active, (Period?)null, Money.Zero), (card.Standing, card.JoinedIn, card.Debt));
        Assert.Empty(card.Tiles);
    }

    [Fact]
    public async Task Open_TheCardOfABlockedMember_StillShowsTheDebt()
    {
        await _database.Get<MemberService>().BlockAsync(await _database.AddAdminAsync(), _member.MemberId!.Value, new BlockMemberForm { Reason = "спам" });
        var card = await _database.CardAsync(_cashier, _member);
        Assert.Equal((Standing.Blocked, new Money(8000), "спам"), (card.Standing, card.Debt, card.Card.Person.BlockReason));
        Assert.False((await Cards.MonthAsync(_cashier, card.Card.Person.Number, new Period(2026, 3))).CanPay);
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("")]
    [InlineData("'; DROP TABLE Members")]
    public async Task Open_ANumberThatIsNobodys_IsNotFound(string number)
    {
        await NotFoundAsync(() => Cards.CardAsync(_cashier, number));
        await NotFoundAsync(() => Cards.MonthAsync(_cashier, number, new Period(2026, 3)));
    }

    [Fact]
    public async Task Open_AMonth_ShowsItsPaymentsIntervalsAndDeadline()
    {
        await FillAsync();
        var number = await _database.NumberOfAsync(_member);

        var due = await Cards.MonthAsync(_cashier, number, new Period(2026, 2));
        Assert.Equal((MonthState.Overdue, new DateOnly(2026, 2, 10), true), (due.Tile.State, due.Deadline, due.CanPay));
        Assert.Empty(due.Payments);
        var exempt = await Cards.MonthAsync(_cashier, number, new Period(2025, 12));
        Assert.Equal((MonthState.Exempt, (DateOnly?)null, false, "решение совета"), (exempt.Tile.State, exempt.Deadline, exempt.CanPay, Assert.Single(exempt.Intervals).Reason));
        var paid = await Cards.MonthAsync(_cashier, number, new Period(2025, 11));
        Assert.Equal((MonthState.Paid, PaymentStatus.Confirmed, "Лейла Исмаилова"), (paid.Tile.State, Assert.Single(paid.Payments).Status, paid.Payments[0].DecidedBy));
    }

    [Fact]
    public async Task Open_OnesOwnMonth_IsTheSameAsStaffSee()
    {
        await FillAsync();
        var number = await _database.NumberOfAsync(_member);
        foreach (var month in Period.Range(new Period(2025, 10), new Period(2026, 5)))
        {
            var own = await Cards.OwnMonthAsync(_member, month);
            var theirs = await Cards.MonthAsync(_cashier, number, month);
            Assert.Equal((theirs.Tile, theirs.Deadline, theirs.CanPay), (own.Tile, own.Deadline, own.CanPay));
            Assert.Equal(theirs.Payments.Select(row => row.PaymentId), own.Payments.Select(row => row.PaymentId));
            Assert.Equal(theirs.Intervals, own.Intervals);
        }
    }

    [Fact]
    public async Task Open_OnesOwnMonth_HoldsNothingOfAnybodyElse()
    {
        await FillAsync();
        var stranger = await _database.AddAsync("Мамедова Севда", joinedOn: "2025-11-15");
        foreach (var month in Period.Range(new Period(2025, 10), new Period(2026, 5)))
        {
            var own = await Cards.OwnMonthAsync(stranger, month);
            Assert.Empty(own.Payments);
            Assert.Empty(own.Intervals);
        }

        Assert.Equal(Problems.NotAllowed, (await RefusedAsync(async () => await Cards.MonthAsync(stranger, await _database.NumberOfAsync(_member), new Period(2026, 3)))).Code);
        Assert.Equal(Problems.NotAllowed, (await RefusedAsync(() => _database.CardAsync(_member, _member))).Code);
    }

    /// <summary>November paid with 500 left over, December exempt, January suspended, February owed, March waits.</summary>
    private async Task FillAsync()
    {
        var admin = await _database.AddAdminAsync();
        var id = _member.MemberId!.Value;
        await _database.Get<OwedMonthsService>().ExemptAsync(admin, id, new MonthIntervalForm { From = new Period(2025, 12), To = new Period(2025, 12), Reason = "решение совета" });
        await _database.Get<OwedMonthsService>().SuspendAsync(admin, id, new MonthIntervalForm { From = new Period(2026, 1), To = new Period(2026, 1), Reason = "в отъезде" });
        await _database.RecordAsync(_cashier, Cash(_member, 2500, _member.Of("2025-11")).KeepingTheRest());
        await Cards.WriteNoteAsync(_cashier, id, new WriteNoteForm { Text = "звонил" });
        await _database.StartAsync(_member, "2026-03");
    }
}
