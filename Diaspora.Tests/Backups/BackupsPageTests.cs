using System.Globalization;
using System.Security.Claims;
using Bunit;
using Diaspora.Domain.Backups;
using Diaspora.Tests.Storage;
using Diaspora.Web.Backups;
using Diaspora.Web.Backups.Admin;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Live;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MudBlazor.Services;

namespace Diaspora.Tests.Backups;

/// <summary>The page and the warning over a real file and real archives.</summary>
public sealed class BackupsPageTests : IAsyncLifetime
{
    private readonly (CultureInfo Culture, CultureInfo Ui) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext _context = new();
    private readonly TestDatabase _database = new();

    public BackupsPageTests() => Speak("ru");

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        var admin = await _database.AddAdminAsync();
        var plan = _database.Get<BackupPlan>();
        _context.Services.AddMudServices();
        _context.Services.AddLocalization().AddLogging().AddSingleton<TimeProvider>(_database.Clock).AddSingleton(_database.Rules.Zone)
            .AddSingleton<IChangeFeed>(_database.Feed).AddSingleton(_database.Get<BackupService>()).AddSingleton(new BackupTimes(plan, _database.Rules.Zone))
            .AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<BackupWords>().AddTransient<Press>();
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.AddBunitPersistentComponentState();
        _context.AddAuthorization().SetAuthorized("admin").SetClaims(new Claim(ClaimTypes.NameIdentifier, admin.MemberId!.Value.ToString()));
        _context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        await _context.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void Open_WithoutACopy_SaysWhenTheFirstComes()
    {
        var page = Open();
        Assert.Contains("Годной копии пока нет", Text(page), StringComparison.Ordinal);
        Assert.Contains("Следующая: 9 марта, 03:10", Text(page), StringComparison.Ordinal);
        Assert.Contains("Копий пока нет", Text(page), StringComparison.Ordinal);
        Assert.Contains("Копии не зашифрованы, а в них персональные данные", Text(page), StringComparison.Ordinal);
        Assert.Contains("docs/operations.md", Text(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Make_ACopy_ShowsItVerifiedAndHowToTakeIt()
    {
        var page = Open();

        Press(page, "Сделать копию сейчас");

        page.WaitForAssertion(() => Assert.Contains("Копия сделана и проверена", Text(page), StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")), Patience);
        Assert.Contains("Последняя копия: сегодня 12:00, проверена", Text(page), StringComparison.Ordinal);
        Assert.Contains("Проверена", Plain(page.Find("tbody tr").TextContent), StringComparison.Ordinal);
        Assert.Equal(["Проверить копию: сегодня, 12:00", "Скачать копию: сегодня, 12:00"], page.FindAll("tbody button").Select(button => button.GetAttribute("aria-label")));
        Assert.Equal("false", page.FindAll("button")[0].GetAttribute("aria-disabled") ?? "false");
    }

    [Fact]
    public async Task Make_ThatFails_SaysWhyAndWarnsOnEveryPage()
    {
        await _database.RememberAsync(TimeSpan.FromHours(1));
        await using var blocked = new Blocked(_database.Folder);
        var notice = _context.Render<BackupNotice>();
        Assert.Equal("", notice.Markup.Trim());
        var page = Open();

        Press(page, "Сделать копию сейчас");

        page.WaitForAssertion(() => Assert.Contains("Копия не сделана", Text(page), StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Contains("Не удалась", Plain(page.Find("tbody tr").TextContent), StringComparison.Ordinal), Patience);
        Assert.Empty(page.FindAll("tbody button"));
        Assert.Equal(2, Text(page).Split("В папку копий нельзя записать").Length - 1);
        notice.WaitForAssertion(() => Assert.Contains("Последняя попытка не удалась: сегодня, 12:00.", notice.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Verify_ACopyThatWasDamaged_SaysSoAndCountsItNoMore()
    {
        var run = await _database.Archives().CreateAsync(Xunit.TestContext.Current.CancellationToken);
        var path = Path.Combine(_database.Folder, "backups", run.FileName!);
        var bytes = await File.ReadAllBytesAsync(path, Xunit.TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Xunit.TestContext.Current.CancellationToken);
        var page = Open();

        Press(page, "Проверить");

        page.WaitForAssertion(() => Assert.Contains("Копия повреждена: сегодня, 12:00. Восстановить из неё нельзя.", Text(page), StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Contains("Повреждена", Plain(page.Find("tbody tr").TextContent), StringComparison.Ordinal), Patience);
        Assert.Contains("Годной копии пока нет", Text(page), StringComparison.Ordinal);
        var health = await new BackupCheck(_database.Get<BackupService>()).CheckHealthAsync(new HealthCheckContext(), Xunit.TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Degraded, "Backups: Failed."), (health.Status, health.Description));
    }

    [Theory]
    [InlineData("ru", "Резервные копии требуют внимания", "Ни одной годной копии ещё не сделано.")]
    [InlineData("kk", "Сақтық көшірмелерге назар аудару қажет", "Бірде-бір жарамды көшірме әлі жасалған жоқ.")]
    public async Task Warn_OnAnyPage_IsInTheReadersLanguage(string language, string title, string why)
    {
        Speak(language);
        await _database.RememberAsync(TimeSpan.FromHours(30));

        var notice = _context.Render<BackupNotice>();

        notice.WaitForAssertion(() => Assert.Contains(title, notice.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains(why, notice.Markup, StringComparison.Ordinal);
        Assert.Equal("/admin/backups", notice.Find("a").GetAttribute("href"));
    }

    [Theory]
    [InlineData("ru", "NotThinned PlaceAway: The second place /copies is not there.", "Старые копии не удалось удалить. Второго места нет: возможно, его диск не подключён.")]
    [InlineData("kk", "NoRoom: There is not enough room.", "Дискіде орын жетпеді.")]
    [InlineData("ru", "The backup could not be written: Permission denied", "Почему, сказано в журнале сервера.")]
    public async Task Open_AfterATryThatFailed_SaysWhyInTheReadersLanguage(string language, string kept, string why)
    {
        Speak(language);
        await _database.RememberAsync(TimeSpan.FromHours(1), _database.FailedRun(kept));

        var row = Plain(_context.Render<BackupsPage>().WaitForElement("tbody tr", Patience).TextContent);

        Assert.Contains(why, row, StringComparison.Ordinal);
        Assert.DoesNotContain(kept.Split(": ")[^1], row, StringComparison.Ordinal);
    }

    /// <summary>Each has its words, and comes back out of the history as it went in.</summary>
    [Theory]
    [InlineData("ru")]
    [InlineData("kk")]
    public void Say_EveryFault_HasWords(string language)
    {
        Speak(language);
        var all = new BackupProblem(Enum.GetValues<BackupFault>(), "Why: so.");
        var read = BackupProblem.Of(all.Kept());
        Assert.Equal((all.Sentences, all.Faults.Count), (read.Sentences, read.Faults.Count));
        Assert.All(_context.Services.GetRequiredService<BackupWords>().Of(read), words => Assert.DoesNotContain("Fault", words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CurrentPasswordWrong", null, "Копия не скачана.")]
    [InlineData("SignInPaused", "639090000000000000", "Слишком много попыток.")]
    [InlineData("SignInPaused", "99999999999999999999", null)]
    [InlineData("MemberBlocked", null, null)]
    public void Come_BackWithARefusal_SaysOnlyWhatADownloadCanBeRefusedFor(string code, string? at, string? said)
    {
        _context.Services.GetRequiredService<NavigationManager>().NavigateTo($"/admin/backups?problem={code}&at={at}");
        var page = Open();
        Assert.Equal(said is not null, page.FindAll(".mud-alert").Any(alert => alert.TextContent.Contains(said ?? "Копия не скачана", StringComparison.Ordinal)));
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(20);

    private IRenderedComponent<BackupsPage> Open()
    {
        var page = _context.Render<BackupsPage>();
        page.WaitForAssertion(() => Assert.Contains("Как восстановить", page.Markup, StringComparison.Ordinal), Patience);
        return page;
    }

    private static void Press(IRenderedComponent<BackupsPage> page, string word) => page.FindAll("button").First(button => Plain(button.TextContent) == word).Click();

    private static string Text(IRenderedComponent<BackupsPage> page) => Plain(string.Join(' ', page.Nodes.Select(node => node.TextContent)));

    private static string Plain(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void Speak(string language) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
}
