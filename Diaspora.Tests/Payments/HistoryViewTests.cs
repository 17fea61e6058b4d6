using Diaspora.Domain.Payments;
using Diaspora.Tests.Dues;
using Diaspora.Web.Payments.Cabinet.History;
using static Diaspora.Tests.Dues.CabinetExample;

namespace Diaspora.Tests.Payments;

public sealed class HistoryViewTests
{
    private const string Today = "2026-05-08";

    [Fact]
    public void List_ChosenYear_HasEveryMonthFromJoiningAndThoseAheadThatArePaid()
    {
        var story = MemberStory.Joined("2025-11-05").Paid("2026-01", "2026-02", "2026-06");
        var rows = (HistoryRow[])[Row("2026-01", PaymentStatus.Confirmed), Row("2026-02", PaymentStatus.Confirmed), Row("2026-06", PaymentStatus.Confirmed)];
        var view = new HistoryView(story.Cabinet(Today), rows, null);

        Assert.Equal([2026, 2025], view.Years);
        Assert.Equal(["2026-06", "2026-05", "2026-04", "2026-03", "2026-02", "2026-01"], view.Months.Select(month => month.Tile.Period.ToString()));
        Assert.Equal((6000, 3), (view.Paid.Tenge, view.PaidMonths));
        Assert.Equal(["2025-12", "2025-11"], new HistoryView(story.Cabinet(Today), rows, 2025).Months.Select(month => month.Tile.Period.ToString()));
    }

    [Fact]
    public void List_RejectedThenPaid_KeepsBothUnderTheMonthAndCountsOne()
    {
        var rows = (HistoryRow[])[Row("2026-05", PaymentStatus.Rejected, reason: "Чек от другого платежа"), Row("2026-05", PaymentStatus.Confirmed)];
        var month = Assert.Single(new HistoryView(MemberStory.Joined("2026-05-02").Paid("2026-05").Cabinet(Today), rows, null).Months);

        Assert.Equal(2, month.Payments.Count);
        Assert.Equal(2000, new HistoryView(MemberStory.Joined("2026-05-02").Paid("2026-05").Cabinet(Today), rows, null).Paid.Tenge);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1800)]
    [InlineData(99999)]
    public void Show_YearThatIsNone_IsTheCurrentOne(int? year) =>
        Assert.Equal(2026, new HistoryView(MemberStory.Joined("2026-05-02").Cabinet(Today), [], year).Year);
}
