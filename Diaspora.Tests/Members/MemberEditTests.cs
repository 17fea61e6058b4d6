using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Members;

/// <summary>A field of a line of the list, and a new member.</summary>
public sealed class MemberEditTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static int _lastPhone;

    private MemberEditService Editing => database.Get<MemberEditService>();

    [Fact]
    public async Task Edit_EachField_IsSavedAloneAndLeavesTheOthers()
    {
        var (admin, member) = await SomebodyAsync();
        var phone = NewPhone();
        (MemberField Field, string Typed, string Stored)[] edits =
        [
            (MemberField.FullName, "  Әлиева   Айгүн ", "Әлиева Айгүн"), (MemberField.Phone, "8" + phone[2..], phone), (MemberField.City, "Қызылорда", "Қызылорда"),
            (MemberField.Email, "aygun@example.kz", "aygun@example.kz"), (MemberField.Iin, "061211 600012", "061211600012"), (MemberField.JoinedIn, "2025-12", "2025-12"),
        ];
        foreach (var (field, typed, stored) in edits)
        {
            var before = await FieldsAsync(admin, member);
            Assert.Equal(stored, await EditAsync(admin, member, field, before[field], typed));
            var after = await FieldsAsync(admin, member);
            Assert.All(Enum.GetValues<MemberField>(), other => Assert.Equal(other == field ? stored : before[other], after[other]));
        }

        Assert.Equal("Әлиева Айгүн", Assert.Single((await database.Get<MemberService>().PageAsync(admin, new MemberFilter("Алиева Айгун"))).Items, row => row.Person.Id == member.MemberId).Person.FullName);

        // An IIN is one person's.
        Assert.Equal("IinTaken(Әлиева Айгүн)", await WrongAsync("Value", async () => await EditAsync(admin, await database.AddAsync("Гасанов Самир"), MemberField.Iin, "", "061211600012")));
    }

    [Fact]
    public async Task Edit_TheFieldAColleagueChangedMeanwhile_IsRefusedAndSaysWhatIsThere()
    {
        var (admin, member) = await SomebodyAsync();
        var (mine, theirs) = (await FieldsAsync(admin, member), await FieldsAsync(admin, member));
        await EditAsync(await database.AddAdminAsync(), member, MemberField.City, theirs.City, "Актау");

        Assert.StartsWith("FieldChangedMeanwhile(Актау, Нигяр Керимова, ", await WrongAsync("Value", () => EditAsync(admin, member, MemberField.City, mine.City, "Атырау")), StringComparison.Ordinal);

        // Another field of the same line is nobody's but ours; and the same value is no conflict.
        await EditAsync(admin, member, MemberField.Email, mine.Email, "rashad@example.kz");
        Assert.Equal("Актау", await EditAsync(admin, member, MemberField.City, mine.City, " Актау "));
        Assert.Equal(("Актау", "rashad@example.kz"), (await FieldsAsync(admin, member) is var now ? now.City : "", now.Email));
    }

    [Fact]
    public async Task Edit_ThePhone_IsTheNewSignInNameAndEndsTheSessions()
    {
        var (admin, member) = await SomebodyAsync();
        var (old, phone) = ((await FieldsAsync(admin, member)).Phone, NewPhone());
        await using var before = database.Context();
        var stamp = (await before.Users.SingleAsync(account => account.Id == member.MemberId)).SecurityStamp;

        await EditAsync(admin, member, MemberField.Phone, old, phone);

        await using var after = database.Context();
        var account = await after.Users.SingleAsync(account => account.Id == member.MemberId);
        Assert.Equal(phone, account.UserName);
        Assert.NotEqual(stamp, account.SecurityStamp);

        // And back, as the undo does.
        Assert.Equal(old, await EditAsync(admin, member, MemberField.Phone, phone, old));
    }

    [Fact]
    public async Task Edit_WrongValues_SayWhatIsWrongAndChangeNothing()
    {
        var (admin, member) = await SomebodyAsync();
        var other = await database.AddAsync("Аббасова Севда");
        var taken = (await FieldsAsync(admin, other)).Phone;
        var before = await FieldsAsync(admin, member);
        (MemberField Field, string Typed, string Problem)[] wrong =
        [
            (MemberField.FullName, "Алиев", "NameOneWord"), (MemberField.FullName, "", "NameEmpty"), (MemberField.Phone, "701 555", "PhoneTooShort(4)"), (MemberField.Phone, taken, "PhoneTakenBy(Аббасова Севда)"),
            (MemberField.Email, "нет такого", "EmailImpossible"), (MemberField.Iin, "061211600013", "IinImpossible"), (MemberField.Iin, "061240000019", "IinOfCompany"), (MemberField.Iin, "12", "IinLength"),
            (MemberField.JoinedIn, "", "MonthMissing"), (MemberField.JoinedIn, "0202-05", "MonthImpossible"), (MemberField.JoinedIn, "2027-04", "JoiningTooFar(2027-03)"),
        ];
        foreach (var (field, typed, problem) in wrong)
        {
            Assert.Equal((field, problem), (field, await WrongAsync("Value", () => EditAsync(admin, member, field, before[field], typed))));
        }

        Assert.Equal(before, await FieldsAsync(admin, member));
    }

    [Fact]
    public async Task Edit_JoiningPastAPaidMonth_IsRefusedUntilItIsAccepted()
    {
        var (admin, member) = await SomebodyAsync("2026-01-01");
        await database.RecordAsync(admin, Cash(member, 2000, member.Of("2026-01")));
        Assert.Equal("JoiningAfterPayment(2026-01, 2026-02)", await WrongAsync("Value", () => EditAsync(admin, member, MemberField.JoinedIn, "2026-01", "2026-02")));
        await Editing.EditAsync(admin, member.MemberId!.Value, new EditMemberForm { Field = MemberField.JoinedIn, Seen = "2026-01", Value = "2026-02", IsAccepted = true });
        Assert.Equal(MonthState.Overdue, await database.TileAsync(member, "2026-02"));
    }

    [Fact]
    public async Task Edit_ByACashier_IsRefused()
    {
        var (_, member) = await SomebodyAsync();
        var cashier = await database.AddCashierAsync();
        Assert.Equal(Problems.NotAllowed, (await RefusedAsync(() => EditAsync(cashier, member, MemberField.City, "", "Актау"))).Code);
        Assert.Equal(Problems.NotAllowed, (await RefusedAsync(() => FieldsAsync(cashier, member))).Code);
    }

    [Fact]
    public async Task Add_SomebodyByHand_HasALedgerAndComesInThroughALink()
    {
        var admin = await database.AddAdminAsync();
        var phone = NewPhone();
        var form = new AddMemberForm { FullName = "Қасымова Ұлвия", Phone = phone, City = "Қызылорда", Iin = "990101300409", JoinedIn = new Period(2026, 1) };
        var id = await Editing.AddAsync(admin, form);

        var row = Assert.Single((await database.Get<MemberService>().PageAsync(admin, new MemberFilter(phone))).Items);
        Assert.Equal((id, "Қасымова Ұлвия", Standing.Overdue, new Money(4000)), (row.Person.Id, row.Person.FullName, row.Standing, row.Debt));
        Assert.Equal("PhoneTakenBy(Қасымова Ұлвия)", await WrongAsync("Phone", () => Editing.AddAsync(admin, form)));
        Assert.Equal("IinTaken(Қасымова Ұлвия)", await WrongAsync("Iin", () => Editing.AddAsync(admin, new AddMemberForm { FullName = "Гасанов Самир", Phone = NewPhone(), Iin = form.Iin, JoinedIn = form.JoinedIn })));

        // No password opens it, only the link does.
        var accounts = database.Get<AccountService>();
        Assert.Equal(Problems.WrongSignIn, (await RefusedAsync(() => accounts.SignInAsync(new Actor(null, null, null), new SignInForm { Phone = phone, Password = "nar-va-alma-26" }, null))).Code);
        var token = await accounts.CreateLinkAsync(admin, id);
        Assert.Equal(id, (await accounts.ResetAsync(new Actor(null, null, null), new ResetForm { MemberId = id, Token = token, Password = "nar-va-alma-26", Consent = true })).MemberId);
        Assert.Equal(id, (await accounts.SignInAsync(new Actor(null, null, null), new SignInForm { Phone = phone, Password = "nar-va-alma-26" }, null)).MemberId);
    }

    [Fact]
    public async Task Remind_AMember_IsKeptInTheirLogWithWhatTheyOwed()
    {
        var (admin, member) = await SomebodyAsync("2026-01-01");
        await Editing.RemindAsync(admin, member.MemberId!.Value);
        Assert.Contains((await database.CardAsync(admin, member)).Log, line => line.Action == AuditAction.ReminderOpened);
    }

    private Task<MemberFields> FieldsAsync(Actor admin, Actor member) => Editing.FieldsAsync(admin, member.MemberId!.Value);

    private Task<string> EditAsync(Actor admin, Actor member, MemberField field, string seen, string value) =>
        Editing.EditAsync(admin, member.MemberId!.Value, new EditMemberForm { Field = field, Seen = seen, Value = value });

    private async Task<(Actor Admin, Actor Member)> SomebodyAsync(string joinedOn = "2026-03-01") => (await database.AddAdminAsync(), await database.AddAsync("Алиев Рашад", joinedOn: joinedOn));

    private static string NewPhone() => $"+7708{Interlocked.Increment(ref _lastPhone):0000000}";
}
