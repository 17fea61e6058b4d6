using System.Globalization;
using Diaspora.Data.Demo;
using Diaspora.Domain;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Tests.Members;
using Diaspora.Tests.Members.Duplicates;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Reports;

/// <summary>A figure that two places show is the same in both, whoever the members are.</summary>
public sealed class FiguresTests(CrowdDatabase crowd) : IClassFixture<CrowdDatabase>, IAsyncLifetime
{
    private readonly (CultureInfo, CultureInfo) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    /// <summary>A crowd of its own: an admin is added to it, and the one that others share is only read.</summary>
    public async ValueTask InitializeAsync() => await crowd.FillAsync();

    public ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Show_OfACrowdByChance_IsTheSameEverywhere() => Same(await FigureTable.ReadAsync(crowd.Database, await crowd.Database.AddAdminAsync(), new Period(2026, 3)));

    [Fact]
    public async Task Show_OfDemoData_IsTheSameEverywhere()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        Assert.True(await ActivatorUtilities.CreateInstance<DemoData>(database.Get<IServiceProvider>()).SeedAsync());
        await database.Get<MemberService>().RefreshListingsAsync();
        var admin = await database.Get<IStore>().ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(DemoData.Accounts[0].Phone)));
        Same(await FigureTable.ReadAsync(database, new Actor(admin, "127.0.0.1", "tests"), new Period(2026, 3)));
    }

    [Fact]
    public async Task Show_OfTheOddCases_IsTheSameEverywhereAndAsTheLedgerSays()
    {
        await using var database = new TestDatabase();
        await database.InitializeAsync();
        var (admin, cashier) = (await database.AddAdminAsync(), await database.AddCashierAsync());
        await OddOnesAsync(database, admin, cashier);

        var figures = await FigureTable.ReadAsync(database, admin, new Period(2026, 3));
        Same(figures);
        Assert.Equal(
            ("paid", 6, "on review", 2, "unpaid", 5, "who need not pay", 3),
            ("paid", Of(figures, "paid"), "on review", Of(figures, "on review"), "unpaid", Of(figures, "unpaid"), "who need not pay", Of(figures, "who need not pay")));
    }

    /// <summary>Whoever adds a figure to one of these says in the table where else it stands.</summary>
    [Fact]
    public async Task Name_EveryFigureOfThePages_IsInTheTable()
    {
        Type[] told = [typeof(MonthFigures), typeof(QueueFigures), typeof(SegmentCounts), typeof(MemberListFacts), typeof(MonthSummary)];
        var names = told.SelectMany(type => type.GetProperties()).Where(property => property.PropertyType == typeof(int) || property.PropertyType == typeof(long) || property.PropertyType == typeof(Money)).Select(property => property.Name).Distinct();
        var figures = await FigureTable.ReadAsync(crowd.Database, crowd.Cashier with { MemberId = (await crowd.Database.AddAdminAsync()).MemberId }, new Period(2026, 3));
        Assert.Empty(names.Except(figures.Select(figure => figure.Property)));
    }

    private static long Of(IReadOnlyList<Figure> figures, string name) => figures.Single(figure => figure.Name == name).Told[0].Says;

    private static void Same(IReadOnlyList<Figure> figures) =>
        Assert.Empty(figures.Where(figure => figure.Told.Select(told => told.Says).Distinct().Count() != 1).Select(figure => figure.ToString()));

    /// <summary>One of each kind that a count can get wrong, all by the verbs that make them. It is March.</summary>
    private static async Task OddOnesAsync(TestDatabase database, Actor admin, Actor cashier)
    {
        var (ledgers, members, payments) = (database.Get<OwedMonthsService>(), database.Get<MemberService>(), database.Get<PaymentService>());
        Task<Actor> JoinedAsync(string name, string on = "2026-01-01", Role role = Role.Member) => database.AddAsync(name, role, on);
        Task PaidAsync(Actor member, params string[] months) => database.RecordAsync(cashier, Cash(member, 2000 * months.Length, member.Of(months)));
        async Task<MonthIntervalForm> FromAsync(Actor member, string from)
        {
            var form = new MonthIntervalForm { From = Period.Parse(from), Reason = "решение совета", IsAccepted = true };
            form.Seen = await ledgers.WaitingAsync(admin, [member.MemberId!.Value], form);
            return form;
        }

        async Task ExemptAsync(Actor member, string from) => await ledgers.ExemptAsync(admin, member.MemberId!.Value, await FromAsync(member, from));
        async Task SuspendAsync(Actor member, string from) => await ledgers.SuspendAsync(admin, member.MemberId!.Value, await FromAsync(member, from));

        await JoinedAsync("Должен");
        await PaidAsync(await JoinedAsync("Оплатил"), "2026-03");
        await PaidAsync(await JoinedAsync("Наперёд"), "2026-03", "2026-04", "2026-05");
        await PaidAsync(await JoinedAsync("Бухгалтер Платящий", role: Role.Cashier), "2026-03");
        await PaidAsync(await JoinedAsync("До повышения"), "2026-03");
        await ExemptAsync(await JoinedAsync("Освобождён"), "2026-01");
        await SuspendAsync(await JoinedAsync("Приостановлен"), "2026-01");
        await JoinedAsync("Ещё не вступил", "2026-04-01");

        // Claimed first, exempted or suspended since: the payment stays in the queue, and its tile says so.
        var claimed = await JoinedAsync("Освобождён после заявки");
        await payments.ClaimAsync(claimed, await database.StartAsync(claimed, "2026-03"));
        await ExemptAsync(claimed, "2026-03");
        var checkedLater = await JoinedAsync("Приостановлен после заявки");
        var intent = await database.StartAsync(checkedLater, "2026-03");
        await SuspendAsync(checkedLater, "2026-03");
        await database.ConfirmAsync(cashier, intent);

        await database.StartAsync(await JoinedAsync("Начал и не заявил"), "2026-03");
        var cancels = await JoinedAsync("Отменил");
        await payments.CancelAsync(cancels, await database.StartAsync(cancels, "2026-03"));
        var refused = await JoinedAsync("Отклонён");
        await database.RejectAsync(cashier, await database.StartAsync(refused, "2026-03"));
        var refunded = await JoinedAsync("Возвращён");
        await PaidAsync(refunded, "2026-03");
        await database.RefundAsync(cashier, (await database.HistoryAsync(refunded)).Single());
        var blocked = await JoinedAsync("Заблокирован");
        await members.BlockAsync(admin, blocked.MemberId!.Value, new BlockMemberForm { Reason = "спам" });

        var (stays, goes) = (await JoinedAsync("Дважды Записан"), await JoinedAsync("Дважды Записана"));
        await PaidAsync(goes, "2026-03");
        await database.MergeAsync(admin, stays, goes);
    }
}
