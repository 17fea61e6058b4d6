using System.Text.Json;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Tests.Storage.Server;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

/// <summary>Verbs on different months of one member at the same moment: what the list keeps of them and the rules between months hold, whatever the database isolates.</summary>
public sealed class OneMemberRacesTests : IAsyncLifetime
{
    private const string Sqlite = "SQLite";
    private const string Unguarded = "a database that isolates nothing";
    private const string SqlServer = "SQL Server";

    private readonly TestDatabase _sqlite = new();
    private TestDatabase _database = null!;
    private Actor _admin = null!;
    private Actor _cashier = null!;
    private Actor _member = null!;

    public static TheoryData<string> Databases => [Sqlite, Unguarded, SqlServer];

    public ValueTask InitializeAsync() => _sqlite.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database is not null && !ReferenceEquals(_database, _sqlite) && _database.Get<Data.IContextFactory>() is not Storage.Unguarded)
        {
            await using var context = _database.Context();
            await context.Database.EnsureDeletedAsync();
        }

        await _sqlite.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Change_OneMemberBySixteenVerbsAtOnce_LeavesWhatTheFunctionSays(string where)
    {
        await OpenAsync(where);
        var moderation = _database.Get<ModerationService>();
        var ledger = _database.Get<OwedMonthsService>();
        List<Guid> pending = [];
        foreach (var months in (string[][])[["2025-01"], ["2025-02"], ["2025-03"], ["2025-04"], ["2025-05", "2025-06"], ["2025-09"]])
        {
            pending.Add(await _database.StartAsync(_member, months));
        }

        var decidedAt = await moderation.ConfirmAsync(_cashier, pending[5]);
        var creditId = await _database.CreditAsync(_cashier, _member, 500, "2025-08");
        await _database.RecordAsync(_cashier, Cash(_member, 2000, _member.Of("2025-07")));
        var paid = (await _database.HistoryAsync(_member)).Single(row => row.Period == new Period(2025, 7));
        var id = _member.MemberId!.Value;

        await AtOnceAsync(
            () => _database.ConfirmAsync(_cashier, pending[0]),
            () => _database.ConfirmAsync(_cashier, pending[1]),
            () => _database.ConfirmAsync(_cashier, pending[2]),
            () => _database.ConfirmAsync(_cashier, pending[3]),
            () => _database.RejectAsync(_cashier, pending[4]),
            () => moderation.ReopenAsync(_cashier, pending[5], decidedAt),
            () => _database.RefundAsync(_cashier, paid),
            () => _database.Get<RecordingService>().ReturnCreditAsync(_cashier, creditId, new ReturnCreditForm { Reason = "вернули на карту" }),
            () => _database.RecordAsync(_cashier, Cash(_member, 2000, _member.Of("2025-10"))),
            () => _database.RecordAsync(_cashier, Cash(_member, 2000, _member.Of("2025-11"))),
            () => _database.RecordAsync(_cashier, Cash(_member, 2000, _member.Of("2025-12"))),
            () => ledger.ExemptAsync(_admin, id, Interval(10, 11)),
            () => ledger.SuspendAsync(_admin, id, Interval(11, 12)),
            () => ledger.MoveJoiningAsync(_admin, id, new MoveJoiningForm { Month = new Period(2025, 2), Reason = "так и было", IsAccepted = true }),
            () => _database.StartAsync(_member, "2026-01"),
            () => _database.Get<MemberEditService>().EditAsync(_admin, id, new EditMemberForm { Field = MemberField.City, Seen = "", Value = "Шымкент" }));

        await AssertRightAsync();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Confirm_TwoMonthsAtOnce_LeavesBothInTheList(string where)
    {
        await OpenAsync(where);
        Guid[] intents = [await _database.StartAsync(_member, "2025-01"), await _database.StartAsync(_member, "2025-02")];
        await AtOnceAsync(() => _database.ConfirmAsync(_cashier, intents[0]), () => _database.ConfirmAsync(_cashier, intents[1]));
        await AssertRightAsync();
        await using var context = _database.Context();
        Assert.Equal(12, (await context.Listings.SingleAsync(row => row.MemberId == _member.MemberId)).DebtMonths);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Exempt_AMonthThatIsPaidAtTheSameMoment_IsOneOrTheOther(string where)
    {
        await OpenAsync(where);
        var outcomes = await AtOnceAsync(
            () => _database.Get<OwedMonthsService>().ExemptAsync(_admin, _member.MemberId!.Value, Interval(10, 11)),
            () => _database.RecordAsync(_cashier, Cash(_member, 2000, _member.Of("2025-10"))));
        await AssertRightAsync();
        Assert.Single(outcomes, outcome => outcome is null);
    }

    private static MonthIntervalForm Interval(int from, int to) => new() { From = new Period(2025, from), To = new Period(2025, to), Reason = "решение совета" };

    private async Task OpenAsync(string where)
    {
        Assert.SkipWhen(where == SqlServer && ServerStorage.Server is null, "No SQL Server: DIASPORA_SQLSERVER is not set.");
        _database = where switch
        {
            Unguarded => _sqlite.Over(new Unguarded(_sqlite.Folder)),
            SqlServer => await _sqlite.AnotherAsync(ServerStorage.NewDatabase()),
            _ => _sqlite,
        };
        (_admin, _cashier) = (await _database.AddAdminAsync(), await _database.AddCashierAsync());
        _member = await _database.AddAsync("Алиев Рашад", joinedOn: "2025-01-01");
    }

    private async Task<IReadOnlyList<Exception?>> AtOnceAsync(params Func<Task>[] verbs)
    {
        var crossing = new Crossing(verbs.Length);
        if (_database.Get<Data.IContextFactory>() is Unguarded unguarded)
        {
            unguarded.Crossing = crossing;
        }

        var outcomes = await PaymentSetup.AtOnceAsync(verbs.Length, index => crossing.RunAsync(verbs[index]));
        Assert.All(outcomes.Where(outcome => outcome is not null), outcome => Assert.NotEqual(Problems.ChangedMeanwhile, CodeOf(outcome!)));
        return outcomes;
    }

    /// <summary>A verb that comes second is refused with a sentence, of the whole or of a field; anything else is a fault.</summary>
    private static string CodeOf(Exception outcome) => outcome switch
    {
        DomainException refused => refused.Problem.Code,
        FormException refused => Assert.Single(refused.Problems.ByField).Value.Code,
        _ => throw new InvalidOperationException("A verb broke instead of being refused.", outcome),
    };

    /// <summary>The copy of the list is what it is when it is made anew, no month is both freed and paid, and the log has no gap.</summary>
    private async Task AssertRightAsync()
    {
        await using var context = _database.Context();
        var member = await context.Members.Include(row => row.Exemptions).Include(row => row.Suspensions).SingleAsync(row => row.Id == _member.MemberId);
        var paid = await context.Payments.Where(row => row.MemberId == member.Id && row.Status == PaymentStatus.Confirmed).Select(row => row.Period).ToListAsync();
        Assert.DoesNotContain(paid, period => member.Exemptions.Concat<MonthInterval>(member.Suspensions).Any(interval => interval.Span.Covers(period)));

        var kept = await context.Listings.SingleAsync(row => row.MemberId == member.Id);
        await _database.Get<IStore>().WriteAsync(async work =>
        {
            await work.Listings.RefreshAsync([member.Id], _database.Settings.Value, _database.Clock.GetUtcNow().UtcDateTime);
            return true;
        });
        Assert.Equal(JsonSerializer.Serialize(await context.Listings.SingleAsync(row => row.MemberId == member.Id)), JsonSerializer.Serialize(kept));

        var ids = await context.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Id).ToListAsync();
        Assert.Equal(Enumerable.Range(1, ids.Count).Select(number => (long)number), ids);
    }
}
