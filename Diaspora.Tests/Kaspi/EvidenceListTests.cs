using System.Globalization;
using System.Security.Claims;
using Bunit;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Speed;
using Diaspora.Tests.Storage;
using Diaspora.Web.Kaspi.Admin;
using Diaspora.Web.Kaspi.Admin.Lines;
using Diaspora.Web.Kaspi.Admin.Month;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using static Diaspora.Tests.Payments.MoneySetup;

namespace Diaspora.Tests.Kaspi;

/// <summary>The list of lines and the hints beside a claim: what they say, what a press does, and when they ask again.</summary>
public sealed class EvidenceListTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly (CultureInfo, CultureInfo) _culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly QueryCounter _counter = new();
    private readonly BunitContext _context = new() { JSInterop = { Mode = JSRuntimeMode.Loose } };
    private readonly TestDatabase _database = new();
    private Actor _cashier = null!;
    private Actor _member = null!;

    private EvidenceService Service => _database.Get<EvidenceService>();

    public async ValueTask InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        await _database.InitializeAsync();
        _cashier = await _database.AddCashierAsync();
        _member = await _database.AddAsync("Алиев Рашад");
        _context.Services.AddLocalization().AddLogging().AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        _context.Services.AddSingleton<TimeProvider>(_database.Clock).AddSingleton(_database.Rules.Zone).AddSingleton<IChangeFeed>(_database.Feed).AddSingleton(_database.Settings)
            .AddSingleton(Service).AddSingleton(_database.Get<EvidenceLookService>()).AddSingleton(_database.Get<ReconciliationService>())
            .AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<QueueWords>().AddScoped<LineDecisions>().AddScoped<LineWords>().AddScoped<MatchWords>();
        _context.AddAuthorization().SetAuthorized("Кассир").SetClaims(new Claim(ClaimTypes.NameIdentifier, _cashier.MemberId!.Value.ToString()));
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _culture;
        await _context.DisposeAsync();
        await _database.DisposeAsync();
        _counter.Dispose();
    }

    [Fact]
    public async Task Show_Lines_SaysWhatEachMayBeFor_AndAPressPaysJustThat()
    {
        await _database.EvidenceAsync("numbered", 2000, "Фарид Г.", await _database.NumberAsync(_member));
        await _database.EvidenceAsync("unknown", 7300, "Никто Н.");
        await _database.LookAsync();

        var list = _context.Render<EvidenceList>(it => it.Add(page => page.Query, new LineQuery(new EvidenceFilter())));

        list.WaitForAssertion(() => Assert.Equal(2, list.FindAll("tr[data-evidence]").Count), Patience);
        Assert.Contains("без заявки, за март", TextOf(list, "Фарид"), StringComparison.Ordinal);
        Assert.Contains("Найти", TextOf(list, "Никто"), StringComparison.Ordinal);
        await list.Find("[data-sure]").ClickAsync(new());
        list.WaitForAssertion(() => Assert.Equal("Matched", list.FindAll("tr[data-evidence]").Single(row => row.TextContent.Contains("Фарид", StringComparison.Ordinal)).GetAttribute("data-state")), Patience);
        Assert.Equal(MonthState.Paid, await _database.TileAsync(_member, "2026-03"));
    }

    [Fact]
    public async Task Press_OnAMonthThatAColleaguePaidMeanwhile_IsRefused_AndPaysNoOther()
    {
        await _database.EvidenceAsync("numbered", 2000, "Фарид Г.", await _database.NumberAsync(_member));
        await _database.LookAsync();
        var list = _context.Render<EvidenceList>(it => it.Add(page => page.Query, new LineQuery(new EvidenceFilter())));
        list.WaitForElement("[data-confirm-sure]", Patience);
        await _database.RecordAsync(await _database.AddCashierAsync(), Cash(_member, 2000, _member.Of("2026-03")));

        await list.Find("[data-confirm-sure]").ClickAsync(new());

        list.WaitForAssertion(() => Assert.Contains("Показывали: март; сейчас были бы: апрель", list.Find("[data-bulk-done]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(MonthState.Ahead, await _database.TileAsync(_member, "2026-04"));
    }

    /// <summary>The bank's call has a number alone; nobody knows members by numbers.</summary>
    [Fact]
    public async Task Show_ACallOfTheBank_NamesWhoseNumberItIs()
    {
        var number = await _database.NumberAsync(_member);
        await _database.PayAsync(1, number, "2000.00");

        var list = _context.Render<EvidenceList>(it => it.Add(page => page.Query, new LineQuery(new EvidenceFilter())));

        list.WaitForAssertion(() => Assert.Equal($"{number} · Алиев Рашад", list.Find("tr[data-evidence] .muted").TextContent), Patience);
    }

    [Fact]
    public async Task Match_OfAnotherClaimsMoney_MakesNoOpenPanelAskAgain()
    {
        var other = await _database.AddAsync("Мамедова Айгюн");
        var (own, others) = (await ClaimedAsync(_member), await ClaimedAsync(other));
        await _database.LookAsync();
        _counter.Restart(_database.Folder);
        await Service.HintsAsync(_cashier, own.Intent);
        var question = _counter.Queries.First(text => text.Contains("\"EvidenceGuesses\"", StringComparison.Ordinal) && text.Contains("EXISTS", StringComparison.Ordinal));
        var row = (await _database.Get<ModerationService>().IntentAsync(_cashier, own.Intent)).Row;
        var panel = _context.Render<IntentHints>(it => it.Add(hints => hints.Row, row));
        panel.WaitForElement("[data-confirm-by-line]", Patience);
        _counter.Restart(_database.Folder);

        await Service.MatchAsync(_cashier, others.Evidence, new MatchTarget(others.Intent, other.MemberId!.Value));
        await Service.MatchAsync(_cashier, own.Evidence, new MatchTarget(own.Intent, _member.MemberId!.Value));

        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll("[data-confirm-by-line]")), Patience);
        Assert.Single(_counter.Queries, text => text == question);
    }

    [Fact]
    public async Task Change_OfAnotherMonth_DoesNotMakeTheReconciliationReadItsOwnAnew()
    {
        _database.Clock.SetUtcNow(TestDatabase.Noon(2026, 5, 20));
        await _database.EvidenceAsync("march", 2000, on: "2026-03-08");
        var (april, may) = (await _database.EvidenceAsync("april", 2000, on: "2026-04-08"), await _database.EvidenceAsync("may", 2000, on: "2026-05-08"));
        _counter.Restart(_database.Folder);
        await _database.Get<ReconciliationService>().MonthAsync(_cashier, new Period(2026, 3));
        var question = _counter.Queries.First(text => text.Contains("LEFT JOIN", StringComparison.Ordinal) && text.Contains("\"Evidence\"", StringComparison.Ordinal));
        _context.Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/statements/month?month=2026-03");
        _context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var page = _context.Render<ReconcilePage>();
        page.WaitForElement(".figure", Patience);
        _counter.Restart(_database.Folder);

        await Service.RefuseAsync(_cashier, april, new RefuseEvidenceForm { Note = "аренда" });
        await Service.MatchAsync(_cashier, may, new MatchTarget(null, _member.MemberId!.Value));
        Assert.All(_database.Feed.Changes.TakeLast(3), change => Assert.False(change is EvidenceChanged of && of.Concerns(new Period(2026, 3)) || change is PaymentsChanged paid && paid.Concerns(new Period(2026, 3))));
        await _database.EvidenceAsync("another of march", 4000, on: "2026-03-09");

        page.WaitForAssertion(() => Assert.Contains("6 000", page.Find(".figure").TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal), Patience);
        Assert.Single(_counter.Queries, text => text == question);
    }

    [Fact]
    public void Show_MoreThanAHundredRows_ByThePage()
    {
        var lines = Enumerable.Range(1, 101).Select(number => new ReconciledLine(Guid.NewGuid(), null, new DateOnly(2026, 3, 8), $"Плательщик {number}", "", 200_000, null, null, null, null)).ToList();
        var many = _context.Render<ReconcileLines>(it => it.Add(section => section.Name, "Waiting").Add(section => section.Lines, lines));
        Assert.Equal(100, many.FindAll("tbody tr").Count);
        Assert.NotEmpty(many.FindAll("[aria-label=\"Следующая страница\"], .mud-table-pagination-actions button"));

        var few = _context.Render<ReconcileLines>(it => it.Add(section => section.Name, "Waiting").Add(section => section.Lines, [.. lines.Take(100)]));
        Assert.Equal((100, 0), (few.FindAll("tbody tr").Count, few.FindAll(".mud-table-pagination-actions button").Count));
    }

    private static string TextOf(IRenderedComponent<EvidenceList> list, string payer) => list.FindAll("tr[data-evidence]").Single(row => row.TextContent.Contains(payer, StringComparison.Ordinal)).TextContent;

    /// <summary>A claim, and money with its code.</summary>
    private async Task<(Guid Evidence, Guid Intent)> ClaimedAsync(Actor member)
    {
        var intent = await _database.StartAsync(member, "2026-03");
        return (await _database.EvidenceAsync($"{intent}", 2000, message: await _database.CodeAsync(intent)), intent);
    }
}
