using Diaspora.Domain.Access;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Members.Import;

/// <summary>An import beside everything else that goes on: nothing is half booked, nobody is turned away, nothing is taken from under others.</summary>
public sealed class ImportRacesTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Actor _admin = default!;

    private ImportService Imports => _database.Get<ImportService>();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _admin = await _database.AddAdminAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Confirm_WhileAnImportIsBooked_WaitsAndSucceeds()
    {
        var member = await _database.AddAsync("Сафаров Тогрул");
        var cashier = await _database.AddCashierAsync();
        var intent = await _database.StartAsync(member, "2026-03");
        var elsewhere = await _database.AnotherAsync();
        var id = await _database.StageAsync(_admin, Workbooks.OfTheAssociation());
        var progress = _database.Get<ImportProgress>();

        var booking = Task.Run(() => Imports.BookAsync(_admin, id, new ImportChoice()));
        Assert.True(SpinWait.SpinUntil(() => progress.Of(id) is { Done: > 0 } || booking.IsCompleted, TimeSpan.FromSeconds(30)));
        await elsewhere.Get<ModerationService>().ConfirmAsync(cashier, intent);
        await booking;

        Assert.Equal(PaymentStatus.Confirmed, Assert.Single(await _database.HistoryAsync(member)).Status);
        Assert.Equal(ImportState.Booked, (await Imports.ImportAsync(_admin, id)).State);
        Assert.Null(progress.Of(id));
    }

    /// <summary>What was booked is booked. The list gets its members some hundreds at a time, and the next start those that are missing.</summary>
    [Fact]
    public async Task Book_KilledWhileTheListIsMadeAnew_IsCaughtUpAtTheNextStart()
    {
        const int many = 600;
        var id = await StageAsync([.. Enumerable.Range(2, many).Select(number => new SheetRow(number, $"{Word(number)} Анар", $"+7705{number:0000000}", "да"))]);
        using var killed = new CancellationTokenSource();
        _database.Feed.Published = change =>
        {
            if (change is ListingsRefreshed)
            {
                killed.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Imports.BookAsync(_admin, id, new ImportChoice(), killed.Token));
        Assert.Equal(ImportState.Booked, (await Imports.ImportAsync(_admin, id)).State);

        var started = await _database.AnotherAsync();
        await using var context = started.Context();
        Assert.InRange(await context.Members.CountAsync() - await context.Listings.CountAsync(), 1, many - 1);
        await started.Get<MemberService>().RefreshListingsAsync();

        Assert.Equal(await context.Members.CountAsync(), await context.Listings.CountAsync());
        Assert.Equal(many + 1, (await started.Get<MemberService>().PageAsync(_admin, new MemberFilter())).Total);

        static string Word(int number) => string.Concat(number.ToString("0000", System.Globalization.CultureInfo.InvariantCulture).Select(digit => $"{"бдглмнпрст"[digit - '0']}а"));
    }

    [Fact]
    public async Task Book_AfterAPhoneOfTheFileWasTaken_IsAnotherPlan()
    {
        var id = await StageAsync(new SheetRow(2, "Алиев Рашад", "+77055550001", "да"));
        Assert.Equal(ImportOutcome.New, Assert.Single((await Imports.CheckAsync(_admin, id)).Rows).Outcome);
        await _database.Get<RegistrationService>().RegisterAsync(
            new Actor(null, null, null), new RegisterForm { FullName = "Алиев Рашад", Phone = "+77055550001", Password = "три кота и гранат", Consent = true }, "ru");

        Assert.Equal(ImportOutcome.Changed, Assert.Single((await Imports.CheckAsync(_admin, id)).Rows).Outcome);
        await Imports.BookAsync(_admin, id, new ImportChoice());
        Assert.Equal((0, 1), ((await Imports.ImportAsync(_admin, id)).Totals!.Added, (await Imports.ImportAsync(_admin, id)).Totals!.Changed));
    }

    /// <summary>What the plan was made of changes after the plan and before the transaction: the database itself says so.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Book_WhenThePlanIsNotTrueAnyMore_IsRefusedAndNothingIsBooked(bool isNew)
    {
        var member = await _database.AddAsync("Сафаров Тогрул");
        var phone = (await _database.Get<MemberService>().ProfileAsync(member)).Phone;
        var id = await StageAsync(new SheetRow(2, "Сафаров Тогрул", isNew ? "+77055550002" : phone, "да"), new SheetRow(3, "Керимов Анар", "+77055550003", "да"));
        var store = _database.Get<IStore>();
        var plan = await store.ReadAsync(work => work.Imports.KnownAsync([PhoneNumber.Parse(phone)], []));
        var now = _database.Clock.GetUtcNow().UtcDateTime;
        var taken = new Member(MemberNumber.FromBody(MemberNumber.Last), "Другой Человек", PhoneNumber.Parse("+77055550002"), Role.Member, new DateOnly(2026, 1, 1), now);
        var prepared = await store.ReadAsync(work => Task.FromResult(work.ImportBookings.Prepare(id,
            [
                new BookedRow(3, Guid.NewGuid(), new Member(MemberNumber.FromBody(MemberNumber.Last - 1), "Керимов Анар", PhoneNumber.Parse("+77055550003"), Role.Member, null, now), null, null, []),
                isNew ? new BookedRow(2, taken.Id, taken, null, null, []) : new BookedRow(2, member.MemberId!.Value, null, plan[0].Member, new MemberChange("Сафаров Т. Т.", "", "", null), []),
            ], _admin.MemberId!.Value, now)));
        if (isNew)
        {
            await _database.Get<RegistrationService>().RegisterAsync(
                new Actor(null, null, null), new RegisterForm { FullName = "Первый Занял", Phone = "+77055550002", Password = "три кота и гранат", Consent = true }, "ru");
        }
        else
        {
            await _database.Get<MemberService>().SpeakAsync(member, "kk");
        }

        var before = await _database.DumpAsync();
        var refusal = await PaymentSetup.RefusedAsync(() => store.WriteAsync(async work =>
        {
            await work.ImportBookings.BookAsync(prepared, _ => { });
            return true;
        }));

        Assert.Equal(Problems.ImportStale, refusal.Code);
        Assert.Equal(before, await _database.DumpAsync());
    }

    public static TheoryData<string> Deeds => ["note", "payment", "link", "refund", "exemption", "edit"];

    [Theory]
    [MemberData(nameof(Deeds))]
    public async Task Undo_AfterSomethingWasBuiltOnIt_IsRefusedWithTheName(string deed)
    {
        var id = await StageAsync(new SheetRow(2, "Алиев Рашад", "+77055550001", "да"), new SheetRow(3, "Керимов Анар", "+77055550003", "да"));
        await Imports.BookAsync(_admin, id, new ImportChoice());
        var memberId = (await _database.Get<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse("+77055550001"))))!.Value;
        var member = new Actor(memberId, null, null);
        await (deed switch
        {
            "note" => _database.Get<MemberCardService>().WriteNoteAsync(_admin, memberId, new WriteNoteForm { Text = "звонил" }),
            "payment" => _database.RecordAsync(_admin, Cash(member, 2000, member.Of("2026-03"))),
            "link" => _database.Get<AccountService>().CreateLinkAsync(_admin, memberId),
            "refund" => _database.RefundAsync(_admin, Assert.Single(await _database.HistoryAsync(member))),
            "exemption" => _database.Get<OwedMonthsService>().ExemptAsync(_admin, memberId, new MonthIntervalForm { From = new Period(2026, 5), Reason = "решение совета" }),
            _ => _database.Get<MemberService>().SpeakAsync(member, "kk"),
        });
        var before = await _database.DumpAsync();

        var refusal = await PaymentSetup.RefusedAsync(() => Imports.UndoAsync(_admin, id));

        Assert.Equal((Problems.ImportBuiltOn, "Алиев Рашад"), (refusal.Code, refusal.Args[0]));
        Assert.Equal(before, await _database.DumpAsync());
    }

    private Task<Guid> StageAsync(params SheetRow[] rows) => Imports.StageAsync(_admin, new Sheet("список.csv", new string('0', 64), [new SheetRow(1, "ФИО", "Телефон", "2026-01"), .. rows]));
}
