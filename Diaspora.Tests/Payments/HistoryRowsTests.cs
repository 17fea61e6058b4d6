using Bunit;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Dues;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Payments.Cabinet.History;
using static Diaspora.Tests.Dues.CabinetExample;

namespace Diaspora.Tests.Payments;

/// <summary>A month of the history: what the ledger says of it, and what was paid for it.</summary>
public sealed class HistoryRowsTests
{
    private const string Today = "2026-05-08";

    [Theory]
    [InlineData(PaymentStatus.Rejected, Reasons.CancelledByMember, "Отменён", "s-before")]
    [InlineData(PaymentStatus.Rejected, Reasons.Lapsed, "Закрыт", "s-before")]
    [InlineData(PaymentStatus.Rejected, "чек не читается", "Отклонён", "s-overdue")]
    [InlineData(PaymentStatus.Refunded, "ошиблись месяцем", "Возвращён", "s-ahead")]
    public async Task Show_PaymentThatCoversNothing_KeepsTheMonthAsTheLedgerSays(PaymentStatus status, string reason, string word, string css)
    {
        var row = Row("2026-04", status, reason: reason);
        await using var context = new DialogContext();
        var chips = Chips(context, MemberStory.Joined("2026-04-02"), row);
        Assert.Equal([("Просрочено", "s-overdue"), (word, css)], chips);
    }

    [Fact]
    public async Task Show_CancelledThenClaimedAgain_SaysTheMonthOnceByItsPayment()
    {
        await using var context = new DialogContext();
        var chips = Chips(context, MemberStory.Joined("2026-04-02").Claimed("2026-04"), Row("2026-04"), Row("2026-04", PaymentStatus.Rejected, reason: Reasons.CancelledByMember));
        Assert.Equal([("На проверке", "s-pending"), ("Отменён", "s-before")], chips);
    }

    [Fact]
    public async Task Show_MonthNobodyPaid_LeadsToPayIt()
    {
        await using var context = new DialogContext();
        Assert.Equal([("Просрочено", "s-overdue")], Chips(context, MemberStory.Joined("2026-04-02")));
    }

    private static List<(string Word, string Css)> Chips(DialogContext context, MemberStory story, params HistoryRow[] rows)
    {
        var view = new HistoryView(story.Cabinet(Today), rows, null);
        var april = view.Months.Single(month => month.Tile.Period == new Period(2026, 4));
        var shown = context.Render<HistoryRows>(it => it.Add(page => page.Month, april).Add(page => page.Current, view.Current).Add(page => page.IsPayable, true));
        return [.. shown.FindAll(".chip").Select(chip => (chip.TextContent, chip.ClassList[^1]))];
    }
}
