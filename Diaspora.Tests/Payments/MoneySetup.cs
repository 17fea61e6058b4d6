using Diaspora.Domain.Dues;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Diaspora.Tests.Payments;

/// <summary>What the tests of money by hand do again and again, in a word each.</summary>
internal static class MoneySetup
{
    /// <summary>The day on which the tests' clock begins.</summary>
    public static readonly DateOnly Today = new(2026, 3, 8);

    /// <summary>Months of one member.</summary>
    public static ChosenMonth[] Of(this Actor member, params string[] months) => [.. months.Select(month => new ChosenMonth(member.MemberId!.Value, Period.Parse(month)))];

    public static RecordPaymentForm Cash(Actor payer, long received, params ChosenMonth[] months) =>
        new() { PayerId = payer.MemberId!.Value, Received = received, ReceivedOn = Today, Months = [.. months] };

    public static SettlePaymentForm Came(long received, params ChosenMonth[] months) => new() { Received = received, ReceivedOn = Today, Months = [.. months] };

    public static T KeepingTheRest<T>(this T form) where T : DivideSumForm
    {
        form.KeepsRemainder = true;
        return form;
    }

    public static T Using<T>(this T form, params Guid[] credits) where T : DivideSumForm
    {
        form.Credits = [.. credits];
        return form;
    }

    public static Task<Guid> RecordAsync(this TestDatabase database, Actor cashier, RecordPaymentForm form) => database.Get<RecordingService>().RecordAsync(cashier, form);

    public static Task<DateTime> SettleAsync(this TestDatabase database, Actor cashier, Guid intentId, SettlePaymentForm form) =>
        database.Get<RecordingService>().SettleAsync(cashier, intentId, form);

    public static Task RefundAsync(this TestDatabase database, Actor cashier, HistoryRow payment, string reason = "ошиблись месяцем") =>
        database.Get<RecordingService>().RefundAsync(cashier, payment.IntentId, payment.PaymentId, new RefundPaymentForm { Reason = reason });

    /// <summary>Leaves the member a credit of a sum: paid so much more than one month costs.</summary>
    public static async Task<Guid> CreditAsync(this TestDatabase database, Actor cashier, Actor member, long tenge, string month = "2026-03")
    {
        await database.RecordAsync(cashier, Cash(member, 2000 + tenge, member.Of(month)).KeepingTheRest());
        return (await database.OpenCreditsAsync(cashier, member)).Single(credit => credit.Amount.Tenge == tenge).Id;
    }

    public static async Task<IReadOnlyList<CreditRow>> OpenCreditsAsync(this TestDatabase database, Actor cashier, Actor member) =>
        (await database.Get<RecordingService>().PayableAsync(cashier, member.MemberId!.Value)).Credits;

    /// <summary>The member's payments as they see them, oldest month first.</summary>
    public static async Task<IReadOnlyList<HistoryRow>> HistoryAsync(this TestDatabase database, Actor member) =>
        [.. (await database.Get<PaymentService>().HistoryAsync(member)).Reverse()];

    /// <summary>What the member's tile of a month says.</summary>
    public static async Task<MonthState> TileAsync(this TestDatabase database, Actor member, string month) =>
        (await database.Get<MemberCardService>().OwnMonthAsync(member, Period.Parse(month))).Tile.State;

    public static async Task<string> NumberOfAsync(this TestDatabase database, Actor member)
    {
        await using var context = database.Context();
        return (await context.Members.SingleAsync(row => row.Id == member.MemberId)).Number.Value;
    }

    public static async Task<MemberCardDetails> CardAsync(this TestDatabase database, Actor staff, Actor member) =>
        await database.Get<MemberCardService>().CardAsync(staff, await database.NumberOfAsync(member));

    /// <summary>What is in the log about a thing, oldest first.</summary>
    public static async Task<IReadOnlyList<AuditAction>> LogAsync(this TestDatabase database, Guid entityId)
    {
        await using var context = database.Context();
        return await context.AuditEntries.Where(entry => entry.EntityId == entityId).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync();
    }

    /// <summary>What was wrong with the field of a form that was refused.</summary>
    public static async Task<string> WrongAsync(string field, Func<Task> act) => (await Assert.ThrowsAsync<FormException>(act)).Problems[field]?.ToString() ?? "nothing";
}
