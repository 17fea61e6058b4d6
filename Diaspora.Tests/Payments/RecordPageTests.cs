using System.Globalization;
using System.Security.Claims;
using Bunit;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Dues;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Payments.Admin.Record;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Fields;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using TestContext = Xunit.TestContext;

namespace Diaspora.Tests.Payments;

/// <summary>The page on which a cashier writes down money, over a real database.</summary>
public sealed class RecordPageTests : IAsyncLifetime
{
    /// <summary>How long an answer may take on a machine that has other things to do.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestDatabase _database = new();
    private readonly (CultureInfo, CultureInfo) _culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private BunitContext? _context;
    private HeldStore? _held;
    private IRenderedComponent<MudPopoverProvider> _popovers = default!;
    private Actor _cashier = default!;
    private string _number = "";

    public async ValueTask InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        await _database.InitializeAsync();
        _cashier = await _database.AddAsync("Лейла Исмаилова", Role.Cashier, joinedOn: null);
        var member = await _database.AddAsync("Рзаева Гюнель", joinedOn: "2026-01-05");
        await _database.AddAsync("Рзаев Эльчин", joinedOn: "2026-01-05");
        await using var context = _database.Context();
        _number = (await context.Members.SingleAsync(row => row.Id == member.MemberId)).Number.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (_context is not null)
        {
            await _context.DisposeAsync();
        }

        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _culture;
        await _database.DisposeAsync();
    }

    [Fact]
    public void Save_NothingChosenAndNoDay_SaysSoBesideTheFieldsAndKeepsWhatWasTyped()
    {
        var page = Rendered();
        Type(page, "шесть тысяч");
        page.Find("#record-day").Change("");
        page.Find("#record-note").Change("Передала через сестру");

        Save(page);

        Assert.Contains("Такой суммы не бывает", page.WaitForElement("#record-sum-problem", Patience).TextContent, StringComparison.Ordinal);
        Assert.Contains("в какой день", page.Find("#record-day-problem").TextContent, StringComparison.Ordinal);
        Assert.Contains("хотя бы один месяц", page.Find("#months-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal("шесть тысяч", page.Find("#record-sum").GetAttribute("value"));
        Assert.Equal("Передала через сестру", page.Find("#record-note").GetAttribute("value"));
        Assert.Equal("true", page.Find("#record-sum").GetAttribute("aria-invalid"));

        // A sentence leaves with its reason, the others stay.
        Type(page, "2000");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#record-sum-problem")), Patience);
        Assert.NotEmpty(page.FindAll("#record-day-problem"));
    }

    [Fact]
    public void Save_MoreThanTheMonthsCost_AsksWhetherItStays()
    {
        var page = Rendered();
        Type(page, "2 500");
        page.FindAll(".mpick input")[0].Change(true);

        Save(page);

        Assert.Contains("Остаётся 500", page.WaitForElement("#keeps-problem", Patience).TextContent, StringComparison.Ordinal);
        page.Find(".keep input").Change(true);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#keeps-problem")), Patience);
        Save(page);
        page.WaitForAssertion(() => Assert.EndsWith("?attach=true", Navigation.Uri, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Save_PressedTwice_RecordsOnePayment()
    {
        var page = Rendered();
        page.FindAll(".mpick input")[0].Change(true);
        page.FindAll(".mpick input")[1].Change(true);
        Assert.Equal("4\u00A0000", page.Find("#record-sum").GetAttribute("value"));
        Assert.Contains("Сходится", page.Find("[role=status].balance").TextContent, StringComparison.Ordinal);

        var button = page.Find(".balance-dock button");
        var first = button.ClickAsync();
        var second = button.ClickAsync();
        await Task.WhenAll(first, second);

        await using var context = _database.Context();
        var intent = Assert.Single(await context.Intents.Include(row => row.Payments).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal([PaymentStatus.Confirmed, PaymentStatus.Confirmed], intent.Payments.Select(payment => payment.Status));
        Assert.Equal(4000, intent.Received?.Tenge);
        Assert.EndsWith($"/admin/payments/{intent.Id}?attach=true", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Type_ASum_IsReckonedAMomentAfterTheLastFigure()
    {
        var page = Rendered();
        await page.FindAll(".mpick input")[0].ChangeAsync(new ChangeEventArgs { Value = true });
        // Awaited, so that the page has it before the clock goes on.
        await page.Find("#record-sum").InputAsync(new ChangeEventArgs { Value = "2500" });
        Assert.Contains("Сходится", page.Find("[role=status].balance").TextContent, StringComparison.Ordinal);

        _database.Clock.Advance(TimeSpan.FromMilliseconds(300));
        page.WaitForAssertion(() => Assert.Contains("Осталось распределить 500", page.Find("[role=status].balance").TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Save_StraightAfterTyping_TakesTheSumAsTyped()
    {
        var page = Rendered();
        page.FindAll(".mpick input")[0].Change(true);

        // The page has not reckoned yet: the press takes what stands in the field all the same.
        page.Find("#record-sum").Input("1000");
        Save(page);

        Assert.Contains("Не хватает 1", page.WaitForElement("#record-sum-problem", Patience).TextContent, StringComparison.Ordinal);
        await using var context = _database.Context();
        Assert.Empty(await context.Intents.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Save_AFigureTypedAndTakenBack_TakesTheSumShown()
    {
        var page = Rendered();
        page.FindAll(".mpick input")[0].Change(true);
        Type(page, "2000");
        await page.InvokeAsync(() => page.Find("#record-sum").Input("20000"));
        await page.InvokeAsync(() => page.Find("#record-sum").Input("2000"));
        await page.InvokeAsync(() => Save(page));
        page.WaitForAssertion(() => Assert.EndsWith("?attach=true", Navigation.Uri, StringComparison.Ordinal), TimeSpan.FromSeconds(15));
        await using var context = _database.Context();
        Assert.Equal(2000, Assert.Single(await context.Intents.ToListAsync(TestContext.Current.CancellationToken)).Received?.Tenge);
    }

    [Fact]
    public void Find_AMember_AddsThemBesideTheFirst_AndOneOfThemPays()
    {
        var page = Rendered();
        Assert.Empty(page.FindAll("[role=radio], input[type=radio]"));
        Search(page, "Рзаев");
        _popovers.WaitForElement(".found .mud-list-item", Patience);
        Assert.Contains("Найдено: 1", page.Find(".record-who [role=status]").TextContent, StringComparison.Ordinal);
        page.Find("#member-search").KeyUp("Enter");

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".share").Count), Patience);
        Assert.Equal("", page.Find("#member-search").GetAttribute("value") ?? "");
        Assert.Equal(["Рзаева Гюнель", "Рзаев Эльчин"], page.FindAll(".payer label").Select(label => label.TextContent.Trim()));
        Assert.True(page.FindAll(".payer input")[0].HasAttribute("checked"));
    }

    [Fact]
    public void Find_Nobody_SaysSoUntilOneTypesOn()
    {
        var page = Rendered();
        Search(page, "Никого");
        page.WaitForAssertion(() => Assert.Contains("Никого не нашли", page.Find(".record-who [role=status]").TextContent, StringComparison.Ordinal), Patience);
        Search(page, "Рзаев");
        page.WaitForAssertion(() => Assert.Contains("Найдено: 1", page.Find(".record-who [role=status]").TextContent, StringComparison.Ordinal), Patience);

        // Escape takes what was found and what was typed away.
        page.Find("#member-search").KeyUp("Escape");
        _popovers.WaitForAssertion(() => Assert.Empty(_popovers.FindAll(".found")), Patience);
        Assert.Equal("", page.Find("#member-search").GetAttribute("value") ?? "");
        Assert.Single(page.FindAll(".share"));
    }

    [Fact]
    public async Task Find_AnOlderAnswerComesLast_IsNotShown()
    {
        var page = Rendered();
        var older = _held!.Hold = new TaskCompletionSource();
        Search(page, "Рзаев");
        Search(page, "Никого");
        page.WaitForAssertion(() => Assert.Contains("Никого не нашли", page.Find(".record-who [role=status]").TextContent, StringComparison.Ordinal), Patience);

        older.SetResult();
        await _held.Held!;
        await page.InvokeAsync(() => { });
        Assert.Contains("Никого не нашли", page.Find(".record-who [role=status]").TextContent, StringComparison.Ordinal);
        Assert.Empty(_popovers.FindAll(".found"));
    }

    private NavigationManager Navigation => _context!.Services.GetRequiredService<NavigationManager>();

    /// <summary>Types and leaves the field.</summary>
    private static void Type(IRenderedComponent<RecordPage> page, string sum)
    {
        page.Find("#record-sum").Input(sum);
        page.Find("#record-sum").Blur();
    }

    private void Search(IRenderedComponent<RecordPage> page, string text)
    {
        page.Find("#member-search").Input(text);
        _database.Clock.Advance(TimeSpan.FromMilliseconds(300));
    }

    private static void Save(IRenderedComponent<RecordPage> page) => page.Find(".balance-dock button").Click();

    private IRenderedComponent<RecordPage> Rendered()
    {
        _context = new BunitContext { JSInterop = { Mode = JSRuntimeMode.Loose } };
        _context.AddBunitPersistentComponentState();
        _context.Services.AddLocalization().AddLogging().AddMudServices();
        _context.Services.AddSingleton<TimeProvider>(_database.Clock).AddSingleton(_database.Rules.Zone).AddSingleton(_database.Settings).AddSingleton<IChangeFeed, ChangeFeed>();
        _context.Services.AddSingleton(_database.Get<RecordingService>()).AddSingleton(new MemberService(_held = new HeldStore(_database.Get<IStore>()), _database.Get<PasswordProof>(), _database.Settings, _database.Clock));
        _context.Services.AddSingleton<AuthenticationStateProvider>(new SignedIn(_cashier.MemberId!.Value));
        _context.Services.AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<PeriodWords>().AddScoped<ProblemWords>().AddScoped<QueueWords>().AddScoped<FormRules>();
        _context.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Navigation.NavigateTo(Urls.RecordPayment(_number));
        _popovers = _context.Render<MudPopoverProvider>();
        return _context.Render<RecordPage>();
    }

    private sealed class SignedIn(Guid id) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id.ToString())], "test"))));
    }
}
