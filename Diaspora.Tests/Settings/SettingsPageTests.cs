using System.Globalization;
using System.Security.Claims;
using Bunit;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Storage;
using Diaspora.Web.Dues;
using Diaspora.Web.Members.Admin.Actions;
using Diaspora.Web.Settings.Admin;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Fields;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using static Diaspora.Tests.Settings.SettingsSetup;

namespace Diaspora.Tests.Settings;

/// <summary>The page over a real file: what an admin sees and keeps.</summary>
public sealed class SettingsPageTests : IAsyncLifetime
{
    private readonly (CultureInfo Culture, CultureInfo Ui) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext context = new();
    private TestDatabase database = null!;
    private Actor admin = null!;

    public SettingsPageTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");

    public async ValueTask InitializeAsync()
    {
        database = await SeededAsync();
        admin = await database.AddAdminAsync();
        context.Services.AddMudServices();
        context.Services.AddLocalization().AddLogging().AddSingleton<TimeProvider>(database.Clock).AddSingleton(database.Rules.Zone)
            .AddSingleton(database.Settings).AddSingleton(database.Get<SettingsService>()).AddSingleton<IChangeFeed>(database.Feed).AddSingleton(database.Get<Diaspora.Domain.Notifications.ChannelService>())
            .AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<FormRules>().AddScoped<PeriodWords>().AddScoped<Reminders>();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.AddBunitPersistentComponentState();
        context.AddAuthorization().SetAuthorized("admin").SetClaims(new Claim(ClaimTypes.NameIdentifier, admin.MemberId!.Value.ToString()));
        context.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        await context.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public void Save_WrongFields_SaysSoBesideEachAndKeepsWhatWasTyped()
    {
        var page = Open();
        Type(page, "deadline-day", "45");
        Type(page, "kaspi-link", "https://evil.example/pay");
        Type(page, "address", "Алматы, пр. Абая, 2");

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Не сохранено", page.Find(".dock").TextContent, StringComparison.Ordinal));
        Assert.Equal(("45", "Напишите целое число от 1 до 31"), (Typed(page, "deadline-day"), Beside(page, "deadline-day")));
        Assert.Equal("https://evil.example/pay", Typed(page, "kaspi-link"));
        Assert.StartsWith("Ссылка должна начинаться с https://pay.kaspi.kz/pay/", Beside(page, "kaspi-link"), StringComparison.Ordinal);
        Assert.Equal("Алматы, пр. Абая, 2", Typed(page, "address"));
        Assert.Equal(2, page.FindAll("[aria-invalid=true]").Count);
        Assert.Equal(10, database.Settings.Rules.DeadlineDay);
    }

    [Fact]
    public async Task Save_AFeeThatHasBegun_AsksOnceAndThenTakesIt()
    {
        var page = Open();
        Type(page, "fee-amount-0", "2 500");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Подтверждённые месяцы сохранят свою сумму", page.Find("#accepts-past-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("2 500", Typed(page, "fee-amount-0"));
        page.Find("#accepts-past").Change(true);
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Equal(2500, database.Settings.Rules.FeeOf(new(2026, 3)).Tenge));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#accepts-past")));
        Assert.Equal("2500", (await database.FormAsync(admin)).Fees[0].Amount);
    }

    [Fact]
    public void Add_AFee_BeginsNextMonthAndSaysWhatItDoes()
    {
        var page = Open();

        page.Find(".fees > .mud-button-root").Click();
        Type(page, "fee-amount-1", "2500");

        Assert.Equal("2026-04", Typed(page, "fee-month-1"));
        Assert.Equal("С апреля 2026 — 2 500 ₸; оплаченные месяцы сохраняют свою сумму.", Plain(page.Find(".effect[role=status]").TextContent));
    }

    [Fact]
    public async Task Save_AfterSomebodyElseChangedOtherFields_KeepsBoth()
    {
        var page = Open();
        Type(page, "deadline-day", "20");
        await database.EditAsync(admin, form => form.MonthsAhead = "6");

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Equal(("20", "6"), (Typed(page, "deadline-day"), Typed(page, "months-ahead"))));
        Assert.Equal((20, 6), (database.Settings.Rules.DeadlineDay, database.Settings.Rules.MonthsAhead));
    }

    [Theory]
    [InlineData(0, "20", 20)]
    [InlineData(1, "15", 15)]
    public async Task Save_AFieldThatSomebodyElseChangedToo_OffersBothAndSavesWhatIsChosen(int button, string shown, int stored)
    {
        var page = Open();
        Type(page, "deadline-day", "20");
        Type(page, "address", "Алматы, пр. Абая, 2");
        await database.EditAsync(admin, form => form.DeadlineDay = "15");

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Equal("Последний день оплаты Нигяр Керимова изменил(а) это поле в 12:00. Теперь в нём: 15", string.Join(' ', Plain(page.Find(".conflict p").TextContent).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal("Изменено не только вами: выберите ниже", Beside(page, "deadline-day"));
        Assert.Equal(("20", "Алматы, пр. Абая, 2"), (Typed(page, "deadline-day"), Typed(page, "address")));
        page.FindAll(".conflict button")[button].Click();
        Assert.Equal((shown, 15), (Typed(page, "deadline-day"), database.Settings.Rules.DeadlineDay));
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal((stored, "Алматы, пр. Абая, 2"), (database.Settings.Rules.DeadlineDay, database.Settings.Value.Association.Address)));
    }

    [Fact]
    public void Open_AfterAChange_NamesWhoMadeIt()
    {
        Assert.Contains("Пока действуют значения, с которыми портал запустили", Open().Find(".under").TextContent, StringComparison.Ordinal);
        var page = Open();
        Type(page, "deadline-day", "20");

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Последнее изменение: Нигяр Керимова, сегодня", page.Find(".under").TextContent, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Type_AndSave_BringsTheBarAndTakesItAway()
    {
        var page = Open();
        Assert.Empty(page.FindAll(".dock"));

        page.Find("#address").Input("А");
        Assert.Equal("Сохранить", Plain(page.Find(".dock button[type=submit]").TextContent));
        Type(page, "address", "Алматы, пр. Абая, 2");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".dock")));
        page.Find(".fees > .mud-button-root").Click();
        Assert.NotEmpty(page.FindAll(".dock"));
    }

    [Fact]
    public void Leave_AWrongField_SaysSoBeforeAnythingIsSent()
    {
        var page = Open();

        Type(page, "kaspi-link", "https://evil.example/pay");
        page.Find("#kaspi-link").Blur();

        page.WaitForAssertion(() => Assert.Contains("https://pay.kaspi.kz/pay/", page.Find("#kaspi-link").Closest(".mud-input-control")!.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Type_AReminder_ShowsWhatAMemberWouldRead()
    {
        var page = Open();
        Assert.StartsWith("Рашад, салам! Остался взнос за февраль и март, 4 000 ₸. Оплатить: http", Example(page, "reminder"), StringComparison.Ordinal);
        Assert.StartsWith("Рашад, сәлем! Жарна қалды: ақпан және наурыз, 4 000 ₸", Example(page, "reminder-kazakh"), StringComparison.Ordinal);

        Type(page, "reminder", "{имя}, ждём {сумма} за {месяцы}");
        Assert.Equal("Рашад, ждём 4 000 ₸ за февраль и март", Example(page, "reminder"));
        Type(page, "reminder", " ");
        Assert.StartsWith("Рашад, салам!", Example(page, "reminder"), StringComparison.Ordinal);
    }

    [Fact]
    public void Save_AReminderWithAnUnknownWord_NamesItAndThoseThatThereAre()
    {
        var page = Open();
        Type(page, "reminder", "{имя}, ждём {сума}");
        Type(page, "reminder-kazakh", "{имя, сәлем");

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Equal(
            ("Слова «сума» портал не знает. В фигурных скобках может стоять только: имя, месяцы, сумма, ссылка", "Фигурная скобка без пары или пустая. В скобках может стоять только: имя, месяцы, сумма, ссылка"),
            (Plain(page.Find("#reminder-problem").TextContent), Plain(page.Find("#reminder-kazakh-problem").TextContent))));
        Assert.Null(database.Settings.Value.Reminder.Russian);
    }

    private static string Example(IRenderedComponent<SettingsPage> page, string id) => Plain(page.Find($"#{id}-example blockquote").TextContent);

    private IRenderedComponent<SettingsPage> Open()
    {
        var page = context.Render<SettingsPage>();
        page.WaitForElement("form");
        return page;
    }

    private static void Type(IRenderedComponent<SettingsPage> page, string id, string text) => page.Find($"#{id}").Change(text);

    private static string? Typed(IRenderedComponent<SettingsPage> page, string id) => page.Find($"#{id}").GetAttribute("value");

    /// <summary>The sentence that a screen reader says with the field.</summary>
    private static string Beside(IRenderedComponent<SettingsPage> page, string id)
    {
        Assert.Contains($"{id}-problem", page.Find($"#{id}").GetAttribute("aria-describedby")!.Split(' '));
        return Plain(page.Find($"#{id}-problem").TextContent);
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ').Trim();
}
