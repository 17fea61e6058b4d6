using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Members.Duplicates;

public sealed class MergeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Password = "три кота и гранат";
    private static readonly Actor Visitor = new(null, "192.0.2.7", "test");

    [Fact]
    public async Task Merge_Two_EverythingOfTheOneThatGoesIsTheOthers()
    {
        var (admin, cashier) = (await database.AddAdminAsync(), await database.AddCashierAsync());
        var stays = await database.AddAsync("Алиев Рашад", joinedOn: "2026-02-01");
        var goes = await database.AddAsync("Алиев Рашад Вагифович", joinedOn: "2025-11-01");
        await database.RecordAsync(cashier, Cash(stays, 2000, stays.Of("2026-02")));
        var creditId = await database.CreditAsync(cashier, goes, 500, "2025-12");
        var intentId = await database.StartAsync(goes, "2026-01", "2026-03");
        await database.AttachAsync(goes, intentId, PaymentSetup.Pdf);
        await database.Get<MemberCardService>().WriteNoteAsync(cashier, goes.MemberId!.Value, new WriteNoteForm { Text = "звонил" });
        var numbers = (Goes: await database.NumberOfAsync(goes), Stays: await database.NumberOfAsync(stays));

        await database.MergeAsync(admin, stays, goes, MergeField.FullName, MergeField.JoinedOn);

        var card = await database.Get<MemberCardService>().CardAsync(cashier, numbers.Stays);
        Assert.Equal(("Алиев Рашад Вагифович", Period.Parse("2025-11")), (card.Card.Person.FullName, card.JoinedIn));
        Assert.Equal(["2026-03", "2026-02", "2026-01", "2025-12"], card.Payments.Select(row => row.Period.ToString()));
        Assert.All(card.Payments, row => Assert.False(row.IsPaidByAnother));
        Assert.Equal(creditId, Assert.Single(card.Credits).Id);
        Assert.Equal("звонил", Assert.Single(card.Notes).Text);

        // November is owed: the other record had joined then and had not paid it.
        Assert.Equal(["2025-11", "2026-01"], card.DebtMonths.Select(tile => tile.Period.ToString()));

        // What the other did before still bears its name, its number leads to the person, and what waits can be decided.
        Assert.Contains(card.Log, row => row.Subject == "Алиев Рашад Вагифович" && row.Action == AuditAction.MembersMerged);
        Assert.Contains(card.Log, row => row.Action == AuditAction.NoteWritten && row.SubjectNumber == numbers.Goes);
        Assert.Equal(stays.MemberId, (await database.Get<MemberCardService>().CardAsync(cashier, numbers.Goes)).Card.Person.Id);
        await database.ConfirmAsync(cashier, intentId);
        Assert.Equal(MonthState.Paid, await database.TileAsync(stays, "2026-03"));
    }

    [Fact]
    public async Task Merge_Two_TheOneThatGoesIsInNoListAndInNoSum()
    {
        var (admin, cashier) = (await database.AddAdminAsync(), await database.AddCashierAsync());
        var (stays, goes) = (await database.AddAsync("Единственная Одна"), await database.AddAsync("Единственная Одна"));
        var phone = (await database.StoredAsync(goes)).Phone;
        var before = await CountsAsync(cashier);

        await database.MergeAsync(admin, stays, goes);

        Assert.Equal((before.Rows - 1, before.Report - 1, before.Expected - 1), await CountsAsync(cashier));
        Assert.Single((await database.Get<MemberService>().PageAsync(cashier, new MemberFilter("единственная"))).Items);
        Assert.Empty((await database.Get<MemberService>().PageAsync(cashier, new MemberFilter(phone.Value[2..]))).Items);
        await using var context = database.Context();
        Assert.False(await context.Members.AnyAsync(member => member.Id == goes.MemberId));
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => database.Get<MemberService>().ProfileAsync(goes))).Code);
        Assert.Equal(Problems.NotAllowed, (await PaymentSetup.RefusedAsync(() => database.Get<CabinetService>().CabinetAsync(goes))).Code);

        // Its number is the person's own still: nobody registers with it, and it is not free for the person either.
        var taken = await Assert.ThrowsAsync<FormException>(() => database.Get<RegistrationService>().RegisterAsync(
            Visitor, new RegisterForm { FullName = "Кто Угодно", Phone = phone.Value, Password = Password, Consent = true }, "ru"));
        Assert.Equal(Problems.PhoneTaken, taken.Problems[nameof(RegisterForm.Phone)]?.Code);
        Assert.Equal(stays.MemberId, await database.Get<IStore>().ReadAsync(work => work.Members.IdOfAsync(phone)));
    }

    [Fact]
    public async Task Merge_TakingTheOthersPhone_TakesItsPasswordToo()
    {
        var admin = await database.AddAdminAsync();
        var (stays, goes) = (await RegisterAsync("+77077770001", Password), await RegisterAsync("+77077770002", Password + " два"));

        var merge = await database.MergeAsync(admin, stays, goes, MergeField.Phone);

        Assert.Equal("+77077770002", (await database.StoredAsync(stays)).Phone.Value);
        Assert.Equal(stays.MemberId, (await SignInAsync("+77077770002", Password + " два")).MemberId);
        Assert.Equal(Problems.MemberMerged, (await PaymentSetup.RefusedAsync(() => SignInAsync("+77077770001", Password))).Code);
        Assert.Equal(Problems.WrongSignIn, (await PaymentSetup.RefusedAsync(() => SignInAsync("+77077770002", Password))).Code);

        await database.UndoMergeAsync(admin, merge);

        Assert.Equal(stays.MemberId, (await SignInAsync("+77077770001", Password)).MemberId);
        Assert.Equal(goes.MemberId, (await SignInAsync("+77077770002", Password + " два")).MemberId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Merge_AMonthPaidByBoth_GivesTheChosenOneBack(bool keepsOther)
    {
        var (admin, cashier, stays, goes) = await BothPaidMarchAsync();
        var form = (await database.MergeFormAsync(admin, stays, goes)).Deciding("2026-03", keepsOther);

        await database.Get<DuplicateService>().MergeAsync(admin, form);

        var march = (await database.Get<PaymentService>().HistoryAsync(stays)).Where(row => row.Period == Period.Parse("2026-03")).ToList();
        Assert.Equal([PaymentStatus.Confirmed, PaymentStatus.Refunded], march.Select(row => row.Status).Order());
        Assert.Equal(Reasons.Duplicate, march.Single(row => row.Status == PaymentStatus.Refunded).Reason);
        Assert.Equal(keepsOther ? 2500 : 2000, march.Single(row => row.Status == PaymentStatus.Confirmed).Amount.Tenge);
        Assert.Equal(cashier.MemberId is not null, march.All(row => row.DecidedBy is not null));
    }

    [Fact]
    public async Task Merge_AMonthPaidByBoth_CanPayAnOpenMonthInstead()
    {
        var (admin, _, stays, goes) = await BothPaidMarchAsync();
        var form = (await database.MergeFormAsync(admin, stays, goes)).Deciding("2026-03", keepsOther: false, "2026-02");

        await database.Get<DuplicateService>().MergeAsync(admin, form);

        Assert.Equal([("2026-02", 2500L, PaymentStatus.Confirmed), ("2026-03", 2000L, PaymentStatus.Confirmed)],
            (await database.HistoryAsync(stays)).Select(row => (row.Period.ToString(), row.Amount.Tenge, row.Status)));
    }

    [Theory]
    [InlineData(null, Problems.MergeMonthOpen)]
    [InlineData("2026-03", Problems.MergeMonthTaken)]
    [InlineData("2025-01", Problems.MergeMonthTaken)]
    public async Task Merge_AMonthPaidByBoth_WithoutAChoiceOrIntoAClosedMonth_IsRefused(string? instead, string problem)
    {
        var (admin, _, stays, goes) = await BothPaidMarchAsync();
        var form = await database.MergeFormAsync(admin, stays, goes);
        var before = await database.DumpAsync();

        var refusal = await PaymentSetup.RefusedAsync(() => database.Get<DuplicateService>().MergeAsync(admin, instead is null ? form : form.Deciding("2026-03", keepsOther: false, instead)));

        Assert.Equal(problem, refusal.Code);
        Assert.Equal(before, await database.DumpAsync());
    }

    [Fact]
    public async Task Merge_OverlappingExemptions_LeaveEachMonthOnce()
    {
        var admin = await database.AddAdminAsync();
        var (stays, goes) = (await database.AddAsync("Рзаева Гюнель"), await database.AddAsync("Рзаева Гюнель"));
        await ExemptAsync(admin, stays, "2026-05", "2026-06");
        await ExemptAsync(admin, goes, "2026-04", "2026-08");

        await database.MergeAsync(admin, stays, goes);

        var spans = (await database.StoredAsync(stays)).Exemptions.OrderBy(interval => interval.From).Select(interval => $"{interval.From}..{interval.To}");
        Assert.Equal(["2026-04..2026-04", "2026-05..2026-06", "2026-07..2026-08"], spans);
    }

    [Fact]
    public async Task Merge_AwayACashier_IsRefused()
    {
        var (admin, cashier, member) = (await database.AddAdminAsync(), await database.AddCashierAsync("Лейла Ушла"), await database.AddAsync("Лейла Ушла"));
        var form = new MergeMembersForm { StaysId = member.MemberId!.Value, GoesId = cashier.MemberId!.Value };
        Assert.Equal(Problems.MergeStaff, (await PaymentSetup.RefusedAsync(() => database.Get<DuplicateService>().MergeAsync(admin, form))).Code);
    }

    [Fact]
    public async Task Merge_SentTwice_IsAnsweredAsTheFirst_AndByAColleagueNamesWhoWasFirst()
    {
        var admin = await database.AddAdminAsync();
        var (stays, goes) = (await database.AddAsync("Дважды Нажал"), await database.AddAsync("Дважды Нажал"));
        var form = await database.MergeFormAsync(admin, stays, goes);

        var merge = await database.Get<DuplicateService>().MergeAsync(admin, form);

        Assert.Equal(merge, await database.Get<DuplicateService>().MergeAsync(admin, form));
        var colleague = await database.AddAsync("Второй Админ", Role.Admin, joinedOn: null);
        var refusal = await PaymentSetup.RefusedAsync(() => database.Get<DuplicateService>().MergeAsync(colleague, form));
        Assert.Equal((Problems.AlreadyMerged, "Нигяр Керимова"), (refusal.Code, refusal.Args[0]));
    }

    [Fact]
    public async Task Dismiss_APair_IsProposedNoMore_UntilItIsTakenBack()
    {
        var admin = await database.AddAdminAsync();
        var (one, other) = (await database.AddAsync("Тёзка Полный"), await database.AddAsync("Тёзка Полный"));
        await database.KnowAsync(one, "Актау");
        await database.KnowAsync(other, "Актау");
        var duplicates = database.Get<DuplicateService>();

        await duplicates.DismissAsync(admin, other.MemberId!.Value, one.MemberId!.Value);
        await duplicates.DismissAsync(admin, one.MemberId!.Value, other.MemberId!.Value);

        var list = await duplicates.ProposedAsync(admin);
        Assert.DoesNotContain(list.Pairs, pair => pair.First.Id == one.MemberId);
        Assert.Equal("Нигяр Керимова", list.Dismissed.Single(row => row.FirstId == one.MemberId || row.SecondId == one.MemberId).By);
        await duplicates.ProposeAgainAsync(admin, one.MemberId!.Value, other.MemberId!.Value);
        Assert.Contains((await duplicates.ProposedAsync(admin)).Pairs, pair => pair.First.Id == one.MemberId && pair.Second.Id == other.MemberId);
    }

    /// <summary>March is paid by both: 2000 by the one that stays, 2500 by the other.</summary>
    private async Task<(Actor Admin, Actor Cashier, Actor Stays, Actor Goes)> BothPaidMarchAsync()
    {
        var (admin, cashier) = (await database.AddAdminAsync(), await database.AddCashierAsync());
        var (stays, goes) = (await database.AddAsync("Мамедова Севда", joinedOn: "2026-02-01"), await database.AddAsync("Мамедова Севда", joinedOn: "2026-02-01"));
        await database.RecordAsync(cashier, Cash(stays, 2000, stays.Of("2026-03")));
        await database.RecordAsync(cashier, Cash(goes, 2000, goes.Of("2026-03")));
        await using var context = database.Context();
        await context.Database.ExecuteSqlAsync($"UPDATE Payments SET Amount = 2500 WHERE MemberId = {goes.MemberId}");
        return (admin, cashier, stays, goes);
    }

    private Task ExemptAsync(Actor admin, Actor member, string from, string to) =>
        database.Get<OwedMonthsService>().ExemptAsync(admin, member.MemberId!.Value, new MonthIntervalForm { From = Period.Parse(from), To = Period.Parse(to), Reason = "решение совета" });

    private async Task<Actor> RegisterAsync(string phone, string password) =>
        Visitor with { MemberId = (await database.Get<RegistrationService>().RegisterAsync(Visitor, new RegisterForm { FullName = "Дважды Пришёл", Phone = phone, Password = password, Consent = true }, "ru"))!.MemberId };

    private Task<SignedIn> SignInAsync(string phone, string password) => database.Get<AccountService>().SignInAsync(Visitor, new SignInForm { Phone = phone, Password = password }, null);

    private async Task<(int Rows, int Report, int Expected)> CountsAsync(Actor cashier)
    {
        var page = await database.Get<MemberService>().PageAsync(cashier, new MemberFilter());
        var report = await database.Get<ReportService>().MonthAsync(cashier, new Period(2026, 3));
        var figures = await database.Get<IStore>().ReadAsync(work => work.Payments.FiguresAsync(new Period(2026, 3), new Money(2000)));
        return (page.Total, report.Rows.Count, figures.Month.Payable);
    }
}
