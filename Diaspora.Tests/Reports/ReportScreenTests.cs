using Bunit;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Reports.Admin;

namespace Diaspora.Tests.Reports;

/// <summary>What a month's report offers to do.</summary>
public sealed class ReportScreenTests : IAsyncDisposable
{
    private static readonly Period Current = new(2026, 5);
    private readonly DialogContext context = new();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(14, false)]
    public void Tell_TheMonthInAChat_OnlyOnceItHasBegun(int ahead, bool isOffered)
    {
        var summary = Of(Current.AddMonths(ahead), onReview: 0);
        var actions = context.Render<ReportActions>(it => it.Add(actions => actions.Month, summary.Month).Add(actions => actions.Details, new MonthDetails(summary, null, null, summary, summary, Current)));
        Assert.Equal(isOffered ? 1 : 0, actions.FindAll("[data-copy]").Count);
    }

    [Fact]
    public void Show_TheQueue_OnlyWhereSomethingOfTheMonthIsInIt()
    {
        const string queue = "a[href='/admin/payments?month=2026-05']";
        Assert.Empty(context.Render<MonthCards>(it => it.Add(cards => cards.Summary, Of(Current, onReview: 0))).FindAll(queue));
        Assert.Single(context.Render<MonthCards>(it => it.Add(cards => cards.Summary, Of(Current, onReview: 3))).FindAll(queue));
    }

    private static MonthSummary Of(Period month, int onReview) =>
        new(new MonthFigures(month, 2, new Money(4000), onReview, new Money(2000 * onReview), 7, new Money(2000)), 0, 0, [], [], new CameMoney([], Money.Zero));
}
