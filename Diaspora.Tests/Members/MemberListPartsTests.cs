using System.Globalization;
using Bunit;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Dues;
using Diaspora.Tests.Hosting;
using Diaspora.Web.Dues;
using Diaspora.Web.Members.Admin.Actions;
using Diaspora.Web.Members.Admin.List;
using Diaspora.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Diaspora.Tests.Members;

/// <summary>The parts of the members' list by themselves: its bar, its reminders, its filters, and what it says when it is empty.</summary>
public sealed class MemberListPartsTests : IAsyncDisposable
{
    private static readonly MemberListFacts Facts = new(new Period(2026, 5), new SegmentCounts(300, 40, 12, 25, 7, 3), ["Алматы", "Астана"], 0);
    private readonly (CultureInfo Culture, CultureInfo Ui) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext context = new();

    public MemberListPartsTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        var rules = MemberStory.Joined("2026-01-05").Rules;
        var settings = new CurrentSettings();
        settings.Use(new SettingsSnapshot(rules));
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddMudServices();
        context.Services.AddLocalization().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(rules.Zone).AddSingleton(settings)
            .AddScoped<Wording>().AddScoped<PeriodWords>().AddScoped<Reminders>();
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        await context.DisposeAsync();
    }

    /// <summary>April is overdue, May is due: the debt of the column and what a reminder asks for are two figures under two names.</summary>
    [Fact]
    public async Task Tick_SomebodyWithAMonthDue_SaysDebtAndWhatIsToBePaid_AsTheDialogDoes()
    {
        var row = Row("Алиев Рашад", MemberStory.Joined("2026-04-01"));
        var bar = context.Render<MemberBulkBar>(it => it.Add(bar => bar.Rows, [row, Row("Керимов Анар", Paid)]));
        Assert.Equal("Выбрано 2 долг 2 000 ₸ к оплате 4 000 ₸", Words(bar.Find("p").TextContent));

        await using var dialog = await RemindersAsync(row);
        Assert.Contains("К оплате 4 000 ₸", dialog.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tick_SomebodyWhoOwesTheSameEitherWay_SaysItOnce() =>
        Assert.Equal("Выбрано 1 долг 2 000 ₸", Words(context.Render<MemberBulkBar>(it => it.Add(bar => bar.Rows, [Row("Алиев Рашад", MemberStory.Joined("2026-04-01").Paid("2026-05"))])).Find("p").TextContent));

    [Fact]
    public async Task Remind_SomeWhoOweNothing_StandApartWithoutADemandAndAreNotCounted()
    {
        await using var dialog = await RemindersAsync(Row("Абдуллаев Эмин", Paid), Row("Алиев Рашад", MemberStory.Joined("2026-04-01")), Row("Керимов Анар", MemberStory.Joined("2026-04-01").Claimed("2026-04", "2026-05")), Row("Яхъяева Севда", MemberStory.Joined("2026-04-01").Blocked()));

        var lists = dialog.Screen.FindAll(".reminders");
        Assert.Equal(["Алиев Рашад"], lists[0].QuerySelectorAll("b").Select(name => name.TextContent));
        Assert.Equal(["Абдуллаев Эмин: Долга нет", "Керимов Анар: Оплата на проверке", "Яхъяева Севда: Заблокирован"], lists[1].QuerySelectorAll("li").Select(line => $"{line.QuerySelector("b")!.TextContent}: {line.QuerySelector(".mud-typography-caption")!.TextContent}"));
        Assert.Equal("Напоминать не о чем", dialog.Screen.Find("h3.reminders-rest").TextContent);
        Assert.Contains("?text=", lists[0].QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.DoesNotContain(lists[1].QuerySelectorAll("a"), link => link.GetAttribute("href")!.Contains('?', StringComparison.Ordinal));
        dialog.Screen.FindAll(".reminders a")[1].Click();
        Assert.Contains("Открыто 0 из 1", dialog.Text, StringComparison.Ordinal);
    }

    /// <summary>Letters stand as they are, and a sign of two halves is escaped as one.</summary>
    [Fact]
    public void Remind_InOwnWordsWithAnEmoji_ComesWholeIntoTheChat()
    {
        context.Services.GetRequiredService<CurrentSettings>().Use(new SettingsSnapshot(MemberStory.Joined("2026-01-05").Rules) { Reminder = new ReminderTexts("Спасибо 🙏", null) });
        var url = context.Services.GetRequiredService<Reminders>().UrlOf(Row("Алиев Рашад", MemberStory.Joined("2026-04-01")));
        Assert.Equal("https://wa.me/77015550142?text=Спасибо%20%F0%9F%99%8F", url);
    }

    [Fact]
    public void Find_Nobody_NamesTheFiltersAndResetsThemButNotTheSearch()
    {
        var filter = new MemberFilter("абв", MemberSegment.Unpaid) { DebtFrom = 3, Standing = Standing.Overdue, City = "Астана", Sort = MemberSort.Debt };
        var empty = context.Render<NobodyFound>(it => it.Add(page => page.Filter, filter).Add(page => page.Facts, Facts));

        Assert.Equal("Под этот отбор никто не подходит: поиск «абв», «Не оплатили май», «Долг от 3 мес.», статус «Просрочен», город Астана", Words(empty.Find(".empty p").TextContent));
        var reset = empty.Find("a");
        Assert.Equal(("Сбросить фильтры", MemberQuery.Url(new MemberFilter("абв") { Sort = MemberSort.Debt })), (reset.TextContent, reset.GetAttribute("href")));
    }

    [Fact]
    public void Find_NobodyBySearchAlone_SaysWhatHelps()
    {
        var empty = context.Render<NobodyFound>(it => it.Add(page => page.Filter, new MemberFilter("абв")));
        Assert.Equal(("Попробуйте часть фамилии или последние цифры телефона.", "Показать всех"), (Words(empty.Find(".empty p").TextContent), empty.Find("a").TextContent));
    }

    [Fact]
    public void Filter_BySomethingElse_CountsWhatAPressWouldShow()
    {
        Assert.Equal(["Все 300", "Не оплатили май 40", "Ждут проверки 12", "Должники 25", "Новые 7", "Заблокированные 3"], Chips(new MemberFilter(), 300));
        Assert.Equal(["Все 9", "Не оплатили май 2", "Ждут проверки 1", "Должники 4", "Новые 0", "Заблокированные 0"], Chips(new MemberFilter("алиев", MemberSegment.Debtors), 4, new SegmentCounts(9, 2, 1, 4, 0, 0)));
        Assert.Equal(["Все 300", "Не оплатили март 55", "Ждут проверки", "Должники 25", "Новые 7", "Заблокированные 3"], Chips(new MemberFilter(null, MemberSegment.Unpaid) { Month = new Period(2026, 3) }, 55));
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 2)]
    public void Open_TheHeadOfTheList_HasTheFilesOfWhatIsShown(bool isAdmin, int count)
    {
        var head = context.Render<MembersHead>(it => it.Add(page => page.Filter, new MemberFilter("алиев", Number: 3)).Add(page => page.Total, 120).Add(page => page.IsAdmin, isAdmin));

        var links = head.FindAll(".wide a").ToDictionary(link => Words(link.TextContent), link => link.GetAttribute("href"));
        Assert.Equal((count, "/admin/members/export.csv?q=%D0%B0%D0%BB%D0%B8%D0%B5%D0%B2"), (links.Count, links["CSV"]));
        Assert.Equal(isAdmin ? 1 : 0, head.FindAll("button.add").Count);
    }

    private static MemberStory Paid => MemberStory.Joined("2026-05-01").Paid("2026-05");

    private IEnumerable<string> Chips(MemberFilter filter, int total, SegmentCounts? counts = null) =>
        [.. context.Render<MemberFilters>(it => it.Add(page => page.Filter, filter).Add(page => page.Facts, Facts).Add(page => page.Counts, counts).Add(page => page.Total, total))
            .FindAll(".segments a").Select(chip => Words(chip.TextContent.Replace(chip.QuerySelector(".n")?.TextContent ?? "-", $" {chip.QuerySelector(".n")?.TextContent}", StringComparison.Ordinal)))];

    private static async Task<DialogContext> RemindersAsync(params MemberRow[] rows)
    {
        var dialog = new DialogContext();
        await dialog.ShowAsync(new DialogParameters<ReminderDialog> { { it => it.Rows, rows }, { it => it.Remind, _ => Task.CompletedTask } });
        return dialog;
    }

    private static MemberRow Row(string fullName, MemberStory story)
    {
        var ledger = story.On("2026-05-08");
        return new MemberRow(
            new MemberPerson(Guid.NewGuid(), "00000017", fullName, "+77015550142", null, Role.Member, new DateOnly(2026, 1, 1), null, default), ledger.Standing, ledger.Debt, [],
            [.. ledger.PayableMonths.Where(tile => tile.State is MonthState.Due or MonthState.Overdue)], null);
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
