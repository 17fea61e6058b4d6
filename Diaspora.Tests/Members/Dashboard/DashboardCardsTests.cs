using Bunit;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Members.Dashboard.Admin;

namespace Diaspora.Tests.Members.Dashboard;

/// <summary>The cards of the first page by themselves.</summary>
public sealed class DashboardCardsTests : IAsyncDisposable
{
    private static readonly MonthFigures Nothing = new(new Period(2026, 5), 0, Money.Zero, 0, Money.Zero, 0, new Money(2000));
    private readonly DialogContext context = new();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public void Wait_SomeOfEach_EachLeadsToItsList()
    {
        var card = context.Render<WaitingCard>(it => it.Add(card => card.Figures, new QueueFigures(Nothing, 12, new Money(30_000), 15)).Add(card => card.Waiting, new WaitingWork(3, 1, 2, 5, 4, 1)));

        Assert.Equal(
            [
                ("12 оплат ждут проверки, 30 000 ₸", "/admin/payments"), ("3 строки выписок без участника", "/admin/statements/lines"), ("1 выписка загружена, но не проведена", "/admin/statements"),
                ("5 заявок на вход", "/admin/members/registrations"), ("4 просьбы удалить данные", "/admin/members/deletions"), ("2 списка участников загружены, но не записаны", "/admin/members/import"),
            ],
            card.FindAll("li a").Select(link => (Words(link.TextContent), link.GetAttribute("href"))));
        Assert.Equal("1 просьба удалить данные просрочена: закон даёт 15 рабочих дней", Words(card.Find(".mud-alert a").TextContent));
        Assert.Equal("/admin/payments", card.Find("a.mud-button-filled").GetAttribute("href"));
    }

    [Fact]
    public void Wait_Nothing_SaysSoAndHasNoButton()
    {
        var card = context.Render<WaitingCard>(it => it.Add(card => card.Figures, new QueueFigures(Nothing, 0, Money.Zero, 2)).Add(card => card.Waiting, new WaitingWork(0, 0, 0, 0, 0, 0)));
        Assert.Equal("Ничего не ждёт", card.Find("[data-empty]").TextContent);
        Assert.Empty(card.FindAll("a"));
    }

    [Fact]
    public void Show_TheMonth_SaysCollectedOfExpectedAndLeadsToTheLists()
    {
        var card = context.Render<MonthCard>(it => it.Add(card => card.Figures, new MonthFigures(new Period(2026, 5), 214, new Money(428_000), 12, new Money(24_000), 74, new Money(2000)) { Begun = 2 }));
        Assert.Equal("Собрано за май", card.Find("h2").TextContent);
        Assert.Equal(["428 000 ₸ из 600 000 ₸", "214 из 300", "12 на 24 000 ₸", "74 на 148 000 ₸"], card.FindAll(".figure").Select(figure => Words(figure.TextContent)));
        Assert.Equal(["/admin/reports/list?of=paid&month=2026-05", "/admin/payments?month=2026-05", "/admin/members?segment=unpaid", "/admin/reports"], card.FindAll("a").Select(link => link.GetAttribute("href")));

        // The queue says the same of those who wait, and of those who have only begun.
        Assert.Contains("из них ещё не оплатили: 2", Words(card.Markup), StringComparison.Ordinal);
    }

    [Fact]
    public void Show_AMonthNobodyOwes_HasNoFiguresOfNothing() =>
        Assert.Empty(context.Render<MonthCard>(it => it.Add(card => card.Figures, Nothing)).FindAll(".figure"));

    [Fact]
    public void SetUp_SomeStepsDone_LeadsToTheRest_AndTheFirstStandsOut()
    {
        SetupLine[] lines = [new(SetupStep.Requisites, true), new(SetupStep.Deadline, false), new(SetupStep.Members, false), new(SetupStep.Team, true), new(SetupStep.Backups, false)];
        var card = context.Render<SetupCard>(it => it.Add(card => card.Lines, lines));

        Assert.Equal(["Готово", "Осталось", "Осталось", "Готово", "Осталось"], card.FindAll("li .mud-chip").Select(chip => Words(chip.TextContent)));
        Assert.Equal(["/admin/settings#dues-title", "/admin/members/import", "/admin/backups"], card.FindAll("li a").Select(link => link.GetAttribute("href")));
        Assert.Equal("/admin/settings#dues-title", Assert.Single(card.FindAll("a.mud-button-filled")).GetAttribute("href"));
        Assert.Contains("2 000 ₸ в месяц, до 10-го числа", Words(card.Markup), StringComparison.Ordinal);
    }

    private static string Words(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
