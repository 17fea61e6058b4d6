using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Dues;
using MudBlazor;

namespace Diaspora.Tests.Dues;

/// <summary>What a tile opens, for its member and for staff.</summary>
public sealed class MonthDialogTests
{
    private const string Number = "10040001";
    private static readonly Guid Intent = Guid.NewGuid();

    [Fact]
    public async Task Show_PaidMonth_NamesWhoConfirmedItAndWhen()
    {
        await using var context = await OpenAsync(Month(MonthState.Paid, payments: CabinetExample.Row("2026-04", PaymentStatus.Confirmed, intent: Intent) with { DecidedBy = "Лейла Исмаилова" }));
        Assert.Contains("Оплачено 2 000 ₸", context.Text, StringComparison.Ordinal);
        Assert.Contains("Подтвердил(а)Лейла Исмаилова, 4 мая, 12:00", context.Text, StringComparison.Ordinal);
        Assert.Contains("482915", context.Text, StringComparison.Ordinal);
        Assert.Equal($"/cabinet/pay/{Intent}", context.Link("Открыть оплату"));
    }

    [Fact]
    public async Task Show_RejectedMonth_TellsTheReasonAndOffersToPay()
    {
        await using var context = await OpenAsync(
            Month(MonthState.Overdue, canPay: true, payments: CabinetExample.Row("2026-04", PaymentStatus.Rejected, reason: "чек не читается") with { DecidedBy = "Лейла Исмаилова" }));
        Assert.Contains("Отклонил(а)Лейла Исмаилова", context.Text, StringComparison.Ordinal);
        Assert.Contains("чек не читается", context.Text, StringComparison.Ordinal);
        Assert.Contains("Срок: до 10 апреля", context.Text, StringComparison.Ordinal);
        Assert.Equal("/cabinet/pay?months=2026-04", context.Link("Оплатить 2000₸"));
    }

    [Fact]
    public async Task Show_PaidBySomebodyElse_TellsTheMemberThatMuchAndStaffWho()
    {
        var row = CabinetExample.Row("2026-04", PaymentStatus.Confirmed) with { PayerName = "Велиев Тимур" };
        await using (var member = await OpenAsync(Month(MonthState.Paid, payments: row.ForMember())))
        {
            Assert.Contains("Чужой перевод", member.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Велиев", member.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Код", member.Text, StringComparison.Ordinal);
        }

        await using var staff = await OpenAsync(Month(MonthState.Paid, payments: row), Number);
        Assert.Contains("Оплатил(а)Велиев Тимур", staff.Text, StringComparison.Ordinal);
        Assert.Contains("482915", staff.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_ExemptMonth_TellsTheMemberWhyAndOnlyStaffWhoDecided()
    {
        var month = Month(MonthState.Exempt, new IntervalRow(Guid.NewGuid(), true, new Period(2026, 3), new Period(2026, 6), "Болезнь", "Нигяр Керимова", MemberStory.Utc("2026-03-01"), null, null));
        await using (var member = await OpenAsync(month))
        {
            Assert.Contains("Освобождение: март — июнь", member.Text, StringComparison.Ordinal);
            Assert.Contains("Болезнь", member.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Нигяр", member.Text, StringComparison.Ordinal);
        }

        await using var staff = await OpenAsync(month, Number);
        Assert.Contains("Решил(а) Нигяр Керимова, 1 марта", staff.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_OpenMonthToStaff_LeadsToRecordingAPayment()
    {
        await using var context = await OpenAsync(Month(MonthState.Overdue, canPay: true), Number);
        Assert.Contains("За этот месяц оплат нет", context.Text, StringComparison.Ordinal);
        Assert.Equal($"/admin/payments/new?member={Number}", context.Link("Записать оплату"));
    }

    [Fact]
    public async Task Show_CancelledPaymentToStaff_SaysItInTheirWordsAndLeadsToTheQueue()
    {
        await using var context = await OpenAsync(Month(MonthState.Overdue, payments: CabinetExample.Row("2026-04", PaymentStatus.Rejected, intent: Intent, reason: Reasons.CancelledByMember)), Number);
        Assert.Contains("отменена участником", context.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Отклонил(а)", context.Text, StringComparison.Ordinal);
        Assert.Equal($"/admin/payments/{Intent}", context.Link("Открыть оплату"));
    }

    private static MonthDetails Month(MonthState state, IntervalRow? interval = null, bool canPay = false, params HistoryRow[] payments) => new(
        new MonthTile(new Period(2026, 4), state, state == MonthState.Exempt ? Money.Zero : MemberStory.Fee, false),
        payments,
        interval is null ? [] : [interval],
        state == MonthState.Overdue ? new DateOnly(2026, 4, 10) : null,
        canPay);

    private static async Task<DialogContext> OpenAsync(MonthDetails details, string? number = null)
    {
        var context = new DialogContext();
        await context.ShowAsync(new DialogParameters<MonthDialog> { { it => it.Details, details }, { it => it.Number, number } });
        return context;
    }
}
