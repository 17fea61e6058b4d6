using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static Diaspora.Tests.Payments.MoneySetup;
using static Diaspora.Tests.Payments.PaymentSetup;

namespace Diaspora.Tests.Payments;

/// <summary>Money that a cashier takes in by hand: what is booked of it, and what stays with whom.</summary>
public sealed class RecordingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Record_CashOfOneMember_IsConfirmedAtOnce()
    {
        var member = await database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
        var cashier = await database.AddCashierAsync("Лейла Исмаилова");

        var intentId = await database.RecordAsync(cashier, Cash(member, 4000, member.Of("2026-02", "2026-01")));

        var history = await database.HistoryAsync(member);
        Assert.Equal(["2026-01", "2026-02"], history.Select(row => row.Period.ToString()));
        Assert.All(history, row => Assert.Equal(
            (intentId, PaymentStatus.Confirmed, PaymentMethod.Manual, new Money(2000), "Лейла Исмаилова"), (row.IntentId, row.Status, row.Method, row.Amount, row.DecidedBy)));
        var seen = (await database.Get<ModerationService>().IntentAsync(cashier, intentId)).Row;
        Assert.Equal((new Money(4000), Today, "Лейла Исмаилова"), (seen.Received, seen.ReceivedOn, seen.RecordedBy));
        Assert.Equal(Money.Zero, (await database.Get<CabinetService>().CabinetAsync(member)).Debt);
        Assert.Empty(await database.OpenCreditsAsync(cashier, member));
        Assert.Equal([AuditAction.PaymentRecorded], await database.LogAsync(intentId));
    }

    [Fact]
    public async Task Record_OneTransferOfAFamily_PaysEachOfThree()
    {
        var father = await database.AddAsync("Гусейнов Вусал");
        var mother = await database.AddAsync("Гусейнова Айгюн");
        var son = await database.AddAsync("Гусейнов Тимур");
        var form = Cash(father, 8000, [.. father.Of("2026-03"), .. mother.Of("2026-03"), .. son.Of("2026-03", "2026-04")]);
        form.Method = PaymentMethod.KaspiTransfer;

        var intentId = await database.RecordAsync(await database.AddCashierAsync(), form);

        foreach (var member in new[] { father, mother, son })
        {
            Assert.Equal(MonthState.Paid, await database.TileAsync(member, "2026-03"));
            Assert.All(await database.HistoryAsync(member), row => Assert.Equal((intentId, PaymentMethod.KaspiTransfer), (row.IntentId, row.Method)));
        }

        Assert.Equal(MonthState.Prepaid, await database.TileAsync(son, "2026-04"));
        Assert.Equal(MonthState.Ahead, await database.TileAsync(mother, "2026-04"));
        var announced = Assert.Single(database.Feed.Changes.OfType<PaymentsChanged>(), change => change.IntentId == intentId);
        Assert.Equal(new[] { father, mother, son }.Select(member => member.MemberId!.Value).Order(), announced.MemberIds.Order());
    }

    [Fact]
    public async Task Record_SameFormTwice_IsOnePayment()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync();
        var form = Cash(member, 3000, member.Of("2026-03")).KeepingTheRest();

        Assert.Equal(form.Id, await database.RecordAsync(cashier, form));
        Assert.Equal(form.Id, await database.RecordAsync(cashier, form));

        Assert.Single(await database.HistoryAsync(member));
        Assert.Single(await database.OpenCreditsAsync(cashier, member));
        Assert.Equal([AuditAction.PaymentRecorded], await database.LogAsync(form.Id));
    }

    [Fact]
    public async Task Record_WithTheIdOfAnotherCashiersForm_IsNotFound()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var form = Cash(member, 2000, member.Of("2026-03"));
        await database.RecordAsync(await database.AddCashierAsync(), form);
        var colleague = await database.AddCashierAsync("Самир Гасанов");
        await NotFoundAsync(() => database.RecordAsync(colleague, form));
    }

    [Fact]
    public async Task Record_MoreThanTheMonthsCost_IsRefusedUntilTheRestIsKept()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync();
        var form = Cash(member, 2700, member.Of("2026-03"));

        Assert.Equal("RemainderLeft(700 KZT)", await WrongAsync(nameof(form.KeepsRemainder), () => database.RecordAsync(cashier, form)));
        Assert.Empty(await database.HistoryAsync(member));

        var intentId = await database.RecordAsync(cashier, form.KeepingTheRest());
        var credit = Assert.Single(await database.OpenCreditsAsync(cashier, member));
        Assert.Equal((new Money(700), intentId, member.MemberId), (credit.Amount, credit.IntentId, credit.MemberId));
    }

    [Fact]
    public async Task Record_WithACredit_UsesItWholeAndTheNewRestIsANewCredit()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync();
        var creditId = await database.CreditAsync(cashier, member, 3000);

        var intentId = await database.RecordAsync(cashier, Cash(member, 1500, member.Of("2026-04", "2026-05")).Using(creditId).KeepingTheRest());

        var rest = Assert.Single(await database.OpenCreditsAsync(cashier, member));
        Assert.Equal((new Money(500), intentId), (rest.Amount, rest.IntentId));
        var used = Assert.Single((await database.CardAsync(cashier, member)).Credits, credit => credit.Id == creditId);
        Assert.Equal((CreditStatus.Used, intentId, new Money(3000)), (used.Status, used.UsedIntentId, used.Amount));
        Assert.Equal([AuditAction.CreditUsed], await database.LogAsync(creditId));
        Assert.Equal(MonthState.Prepaid, await database.TileAsync(member, "2026-05"));
    }

    [Fact]
    public async Task Record_FromACreditAlone_NeedsNoMoney()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync();
        var creditId = await database.CreditAsync(cashier, member, 2000);
        await database.RecordAsync(cashier, Cash(member, 0, member.Of("2026-04")).Using(creditId, creditId));
        Assert.Equal(MonthState.Prepaid, await database.TileAsync(member, "2026-04"));
        Assert.Empty(await database.OpenCreditsAsync(cashier, member));
    }

    [Fact]
    public async Task Record_CreditOfAMemberWhoseMonthsAreNotPaid_IsNotFound()
    {
        var cashier = await database.AddCashierAsync();
        var stranger = await database.AddAsync("Мамедова Севда");
        var creditId = await database.CreditAsync(cashier, stranger, 2000);
        var member = await database.AddAsync("Алиев Рашад");

        await NotFoundAsync(() => database.RecordAsync(cashier, Cash(member, 0, member.Of("2026-03")).Using(creditId)));
        await NotFoundAsync(() => database.RecordAsync(cashier, Cash(member, 0, member.Of("2026-03")).Using(Guid.NewGuid())));

        Assert.Equal(creditId, Assert.Single(await database.OpenCreditsAsync(cashier, stranger)).Id);
        Assert.Empty(await database.HistoryAsync(member));
    }

    [Fact]
    public async Task Record_CreditOfAnotherThatIsNotSpentWhole_IsRefused()
    {
        var son = await database.AddAsync("Алиев Тимур");
        var father = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync();
        var creditId = await database.CreditAsync(cashier, son, 5000);

        Assert.Equal("CreditOfAnother(3000 KZT)", await WrongAsync("KeepsRemainder", () => database.RecordAsync(cashier, Cash(father, 0, son.Of("2026-04")).Using(creditId).KeepingTheRest())));
        Assert.Equal(creditId, Assert.Single(await database.OpenCreditsAsync(cashier, son)).Id);

        // The father's own money may stay his.
        await database.RecordAsync(cashier, Cash(father, 4000, son.Of("2026-04", "2026-05", "2026-06")).Using(creditId).KeepingTheRest());
        Assert.Equal(new Money(3000), Assert.Single(await database.OpenCreditsAsync(cashier, father)).Amount);
    }

    [Fact]
    public async Task Record_TheSameFormWithSomethingElseInIt_IsRefusedAndNothingIsBooked()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync();
        var form = Cash(member, 2000, member.Of("2026-03"));
        var id = await database.RecordAsync(cashier, form);
        Assert.Equal(id, await database.RecordAsync(cashier, form));

        form.Months = [.. member.Of("2026-04")];
        Assert.Equal("FormUsed", (await RefusedAsync(() => database.RecordAsync(cashier, form))).Code);
        Assert.Single(await database.HistoryAsync(member));
    }

    [Fact]
    public async Task Record_CreditThatIsUsedAlready_SaysSinceWhen()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync();
        var creditId = await database.CreditAsync(cashier, member, 2000);
        await database.RecordAsync(cashier, Cash(member, 0, member.Of("2026-04")).Using(creditId));
        var refusal = await RefusedAsync(() => database.RecordAsync(cashier, Cash(member, 0, member.Of("2026-05")).Using(creditId)));
        Assert.Equal(("CreditSpent", new Money(2000), database.Clock.GetUtcNow().UtcDateTime), (refusal.Code, refusal.Args[0], refusal.Args[1]));
    }

    [Fact]
    public async Task ReturnCredit_Open_IsGoneWithItsReasonAndCannotBeReturnedOrUsedAgain()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync("Лейла Исмаилова");
        var creditId = await database.CreditAsync(cashier, member, 2000);
        var recording = database.Get<RecordingService>();

        Assert.Equal("ReasonMissing", await WrongAsync("Reason", () => recording.ReturnCreditAsync(cashier, creditId, new ReturnCreditForm { Reason = " " })));
        await recording.ReturnCreditAsync(cashier, creditId, new ReturnCreditForm { Reason = " вернули на карту " });
        await recording.ReturnCreditAsync(cashier, creditId, new ReturnCreditForm { Reason = "вернули на карту" });

        var credit = Assert.Single((await database.CardAsync(cashier, member)).Credits);
        Assert.Equal((CreditStatus.Returned, "вернули на карту", "Лейла Исмаилова"), (credit.Status, credit.Reason, credit.SettledBy));
        Assert.Equal("CreditSpent", (await RefusedAsync(() => recording.ReturnCreditAsync(cashier, creditId, new ReturnCreditForm { Reason = "ещё раз" }))).Code);
        Assert.Equal("CreditSpent", (await RefusedAsync(() => database.RecordAsync(cashier, Cash(member, 0, member.Of("2026-04")).Using(creditId)))).Code);
        Assert.Equal([AuditAction.CreditReturned], await database.LogAsync(creditId));
    }

    [Fact]
    public async Task Offer_AMember_IsWhatCanBePaidAndTheOpenCredits()
    {
        var member = await database.AddAsync("Алиев Рашад", joinedOn: "2026-02-01");
        var cashier = await database.AddCashierAsync();
        var creditId = await database.CreditAsync(cashier, member, 900);
        var offer = await database.Get<RecordingService>().PayableAsync(cashier, member.MemberId!.Value);
        Assert.Equal(["2026-02", "2026-04"], offer.Payable.Take(2).Select(tile => tile.Period.ToString()));
        Assert.Equal("2027-03", offer.Payable[^1].Period.ToString());
        Assert.Equal((creditId, "Алиев Рашад", false), (Assert.Single(offer.Credits).Id, offer.FullName, offer.IsBlocked));
    }

    [Fact]
    public async Task Record_TheCashiersNote_IsNotForTheMember()
    {
        var member = await database.AddAsync("Алиев Рашад");
        var cashier = await database.AddCashierAsync();
        var form = Cash(member, 2000, member.Of("2026-03"));
        form.Note = "  принёс брат ";
        var intentId = await database.RecordAsync(cashier, form);
        Assert.Equal("принёс брат", (await database.Get<ModerationService>().IntentAsync(cashier, intentId)).Row.Note);
        Assert.Null((await database.Get<PaymentService>().IntentAsync(member, intentId)).Row.Note);
        await using var context = database.Context();
        Assert.Equal(1, await context.Intents.CountAsync(intent => intent.Id == intentId && intent.RecordedBy == cashier.MemberId));
    }
}
