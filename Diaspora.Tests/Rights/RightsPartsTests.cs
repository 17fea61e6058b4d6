using System.Globalization;
using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Rights;
using Diaspora.Tests.Storage;
using Diaspora.Web.Content;
using Diaspora.Web.Rights.Admin;
using Diaspora.Web.Rights.Cabinet;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Fields;
using Diaspora.Web.Shared.Live;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Diaspora.Tests.Rights;

/// <summary>The card of deletion, the question for consent and the admin's list over a real file, on Sunday, 8 March 2026.</summary>
public sealed class RightsPartsTests : IAsyncLifetime
{
    private readonly (CultureInfo Culture, CultureInfo Ui) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext _context = new();
    private readonly TestDatabase _database = new();
    private Actor _admin = null!;
    private Actor _member = null!;
    private BunitAuthorizationContext _reader = null!;

    public RightsPartsTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        (_admin, _member) = (await _database.AddAdminAsync(), await _database.AddAsync("Алиев Рашад"));
        _context.Services.AddMudServices();
        _context.Services.AddLocalization().AddLogging().AddSingleton<TimeProvider>(_database.Clock).AddSingleton(_database.Rules.Zone).AddSingleton(_database.Settings)
            .AddSingleton<IChangeFeed>(_database.Feed).AddSingleton(_database.Get<IStore>()).AddSingleton(_database.Get<DeletionService>()).AddSingleton(_database.Get<ConsentService>())
            .AddSingleton<ContentLibrary>().AddScoped<DeletionActions>()
            .AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<FormRules>().AddTransient<Press>();
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.AddBunitPersistentComponentState();
        _reader = _context.AddAuthorization();
        _context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        await _context.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Wait_ForAnAnswer_CountsTheDaysAndShowsItByItself()
    {
        await Deletions.AskAsync(_member);
        As(_member);
        var card = _context.Render<DeletionCard>();
        Assert.Contains("Вы попросили удалить данные: 8 марта. Ответим не позже 27 марта. Осталось 15 рабочих дней.", Text(card), StringComparison.Ordinal);

        await Deletions.RefuseAsync(_admin, (await Deletions.OwnAsync(_member))[0].Id, new RefuseDeletionForm { Reason = "идёт проверка" });

        card.WaitForAssertion(() => Assert.Contains("8 марта: в удалении отказано. Причина: идёт проверка", Text(card), StringComparison.Ordinal), Patience);
        Assert.Contains("Попросить удалить", Text(card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdraw_ByTheButton_OffersToAskAgain()
    {
        await Deletions.AskAsync(_member);
        As(_member);
        var card = _context.Render<DeletionCard>();
        card.FindAll("button").Single(button => Plain(button.TextContent) == "Отозвать просьбу").Click();
        card.WaitForAssertion(() => Assert.Contains("Попросить удалить", Text(card), StringComparison.Ordinal), Patience);
        Assert.Equal(DeletionState.Withdrawn, (await Deletions.OwnAsync(_member))[0].State);
    }

    [Fact]
    public async Task Wait_TooLong_IsLoudForBothSides()
    {
        await Deletions.AskAsync(_member);
        _database.Clock.Advance(TimeSpan.FromDays(20));
        As(_member);
        Assert.Contains("Срок ответа прошёл: 27 марта", Text(_context.Render<DeletionCard>()), StringComparison.Ordinal);
        As(_admin);
        var page = _context.Render<DeletionsPage>();
        Assert.Equal("Срок прошёл: 27 марта", Plain(page.Find(".s-overdue").TextContent));
        Assert.Contains("Алиев Рашад", Text(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_ForConsent_StandsInPlaceOfThePageUntilItIsGiven()
    {
        As(_member);
        var gate = _context.Render<ConsentGate>(it => it.AddChildContent("<p>страница</p>"));
        Assert.Contains("Нужно ваше согласие", Text(gate), StringComparison.Ordinal);
        Assert.DoesNotContain("страница", Text(gate), StringComparison.Ordinal);

        gate.FindAll("button").Single(button => Plain(button.TextContent) == "Согласен").Click();

        gate.WaitForAssertion(() => Assert.Equal("страница", Text(gate)), Patience);
        Assert.Equal(RegistrationService.ConsentVersion, (await _database.Get<ConsentService>().DetailsAsync(_member)).Accepted);
    }

    [Fact]
    public void Ask_ForConsentOnOnesOwnData_IsNotAsked()
    {
        As(_member);
        _context.Services.GetRequiredService<NavigationManager>().NavigateTo("/cabinet/data?any=1");
        Assert.Equal("страница", Text(_context.Render<ConsentGate>(it => it.AddChildContent("<p>страница</p>"))));
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(20);

    private DeletionService Deletions => _database.Get<DeletionService>();

    private void As(Actor who) => _reader.SetAuthorized("somebody").SetClaims(new Claim(ClaimTypes.NameIdentifier, who.MemberId!.Value.ToString()));

    private static string Text<TComponent>(IRenderedComponent<TComponent> part) where TComponent : IComponent => Plain(string.Join(' ', part.Nodes.Select(node => node.TextContent)));

    private static string Plain(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
