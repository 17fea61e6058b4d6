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

    [Fact]
    public async Task Show_TransferOfSixMonths_IsOneLineThatOpens()
    {
        string[] months = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04"];
        await using var context = new DialogContext();
        var rows = (HistoryRow[])[.. months.Select(month => Row(month, PaymentStatus.Confirmed))];
        var story = MemberStory.Joined("2025-11-02").Paid(months);
        foreach (var year in (int[])[2025, 2026])
        {
            var shown = context.Render<HistoryRows>(it => it.Add(page => page.View, new HistoryView(story.Cabinet(Today), rows, year)).Add(page => page.Payable, []));
            var line = Assert.Single(shown.FindAll("details"));
            Assert.Equal(["Оплачено"], line.QuerySelectorAll("summary .chip").Select(chip => chip.TextContent));
            Assert.Contains("Ноябрь 2025 — апрель 12 000 ₸ Оплачено 6 месяцев · Подтверждено: 4 мая", Plain(line.QuerySelector("summary")!.TextContent), StringComparison.Ordinal);
            Assert.Equal("12 000 ₸", Plain(line.QuerySelector(".amt")!.TextContent));
            Assert.Equal(6, line.QuerySelectorAll("li .chip").Length);
            Assert.Equal($"/cabinet/pay/{rows[0].IntentId}", line.QuerySelector("a")!.GetAttribute("href"));
        }
    }

    [Fact]
    public async Task Show_TransferDecidedInParts_SaysBothOnItsLine()
    {
        await using var context = new DialogContext();
        var rows = (HistoryRow[])[Row("2026-03", PaymentStatus.Confirmed), Row("2026-04", PaymentStatus.Rejected, reason: "не хватило")];
        var view = new HistoryView(MemberStory.Joined("2026-03-02").Paid("2026-03").Rejected("2026-04").Cabinet(Today), rows, null);
        var shown = context.Render<HistoryRows>(it => it.Add(page => page.View, view).Add(page => page.Payable, []));
        Assert.Equal(["Оплачено", "Отклонён"], shown.FindAll("summary .chip").Select(chip => chip.TextContent));
        Assert.Contains("Кассир: «не хватило»", shown.Find("details ul").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("struck", shown.Find(".amt").ClassName, StringComparison.Ordinal);
    }

    private static string Plain(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static List<(string Word, string Css)> Chips(DialogContext context, MemberStory story, params HistoryRow[] rows)
    {
        var view = new HistoryView(story.Cabinet(Today), rows, null);
        var shown = context.Render<HistoryRows>(it => it.Add(page => page.View, view).Add(page => page.Payable, story.Cabinet(Today).Payable));
        return [.. shown.FindAll(".row").Where(line => line.TextContent.Contains("Апрель", StringComparison.Ordinal)).SelectMany(line => line.QuerySelectorAll(".chip")).Select(chip => (chip.TextContent, chip.ClassList[^1]))];
    }
}
