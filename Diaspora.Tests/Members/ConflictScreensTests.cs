using System.Globalization;
using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Tests.Storage;
using Diaspora.Web.Members.Admin.List;
using Diaspora.Web.Members.Cabinet;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Fields;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Diaspora.Tests.Members;

/// <summary>What two changed at once, as the second of them reads it: who and when, both values, and a choice that loses nothing.</summary>
public sealed class ConflictScreensTests : IAsyncLifetime
{
    private readonly (CultureInfo Culture, CultureInfo Ui) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext _context = new() { JSInterop = { Mode = JSRuntimeMode.Loose } };
    private readonly TestDatabase _database = new();
    private BunitAuthorizationContext _authorization = null!;
    private Actor _colleague = null!;
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        await _database.InitializeAsync();
        _colleague = await _database.AddAsync("Самир Гасанов", Role.Admin, joinedOn: null);
        _member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
        _context.Services.AddMudServices();
        _context.Services.AddLocalization().AddLogging().AddSingleton<TimeProvider>(_database.Clock).AddSingleton(_database.Rules.Zone)
            .AddSingleton(_database.Get<MemberService>()).AddSingleton(_database.Get<MemberEditService>())
            .AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<FormRules>().AddScoped<MemberEdits>();
        _authorization = _context.AddAuthorization();
        _context.AddBunitPersistentComponentState();
        _context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        _context.ComponentFactories.AddStub<ProfileLinks>();
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        await _context.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task SaveProfile_OverACorrection_OffersBothAndKeepsAllThatWasTyped()
    {
        SignIn(_member);
        var page = _context.Render<ProfilePage>();
        page.WaitForElement("form");
        await CorrectAsync(MemberField.City, "", "Актау");
        page.Find("#city").Change("Атырау");
        page.Find("#full-name").Change("Алиев Рашад Оглы");
        await page.Find("form").SubmitAsync();

        Assert.Equal("Город Самир Гасанов изменил(а) это поле в 12:00. Теперь в нём: Актау", Plain(page.Find(".conflict p").TextContent));
        Assert.Equal("У вас: Атырау", Plain(page.Find(".conflict .mine").TextContent));
        _context.JSInterop.VerifyInvoke("portal.showProblem");
        Assert.Equal(("Атырау", "Алиев Рашад Оглы"), (Value(page, "#city"), Value(page, "#full-name")));
        Assert.Equal(("Актау", "Алиев Рашад"), await StoredAsync());

        await page.FindAll(".conflict button")[1].ClickAsync(new());
        Assert.Empty(page.FindAll(".conflict"));
        _context.JSInterop.VerifyInvoke("portal.focusSend");
        Assert.Equal(("Актау", "Алиев Рашад Оглы"), (Value(page, "#city"), Value(page, "#full-name")));
        await page.Find("form").SubmitAsync();
        Assert.Equal(("Актау", "Алиев Рашад Оглы"), await StoredAsync());
    }

    /// <summary>A phone is looked at after a pause in typing; whoever presses sooner saves what stands there, and not what stood there before.</summary>
    [Fact]
    public async Task SaveProfile_BeforeThePauseInTyping_TakesWhatStandsInTheField()
    {
        SignIn(_member);
        var page = _context.Render<ProfilePage>();
        page.WaitForElement("form");
        page.Find("#phone").Input("+7 701 00");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#phone").GetAttribute("aria-invalid")));
        Assert.Equal("0", page.Find("form").GetAttribute("data-saved"));
        Assert.Equal("+7 701 00", Value(page, "#phone"));
    }

    [Fact]
    public async Task SaveALineOfTheList_OverACorrection_OffersBothAndSavesMineOnlyThen()
    {
        var (row, fields) = await LineAsync();
        var isSaved = false;
        var line = _context.Render<MemberEditLine>(it => it.Add(edit => edit.Row, row).Add(edit => edit.Fields, fields).Add(edit => edit.OnClose, (bool saved) => isSaved = saved));
        await CorrectAsync(MemberField.City, "", "Актау");
        line.Find("#edit-City").Change("Атырау");
        await line.Find("form").SubmitAsync();

        Assert.Equal("Город Самир Гасанов изменил(а) это поле в 12:00. Теперь в нём: Актау", Plain(line.Find(".conflict p").TextContent));
        Assert.Equal("Атырау", Value(line, "#edit-City"));
        await line.FindAll(".conflict button")[0].ClickAsync(new());
        Assert.False(isSaved);
        Assert.Equal("Актау", (await StoredAsync()).City);
        await line.Find("form").SubmitAsync();
        Assert.True(isSaved);
        Assert.Equal("Атырау", (await StoredAsync()).City);
    }

    /// <summary>Another line was opened meanwhile: there is no field any more that a refusal could stand beside.</summary>
    [Fact]
    public async Task SaveALineOfTheList_ThatIsShutBeforeTheAnswer_IsToldWhatWasRefused()
    {
        var (row, fields) = await LineAsync();
        var (edits, saved, shut) = (_context.Services.GetRequiredService<MemberEdits>(), new TaskCompletionSource(), new TaskCompletionSource());
        edits.Saved += async (_, _) =>
        {
            saved.SetResult();
            await shut.Task;
        };
        var line = _context.Render<MemberEditLine>(it => it.Add(edit => edit.Row, row).Add(edit => edit.Fields, fields));
        await CorrectAsync(MemberField.City, "", "Актау");
        line.Find("#edit-City").Change("Атырау");
        line.Find("#edit-Email").Change("rashad@example.kz");
        var saving = line.Find("form").SubmitAsync();
        await saved.Task;
        await _context.DisposeComponentsAsync();
        shut.SetResult();
        await saving;

        Assert.Equal("Не сохранено, Алиев Рашад: Город. Самир Гасанов изменил(а) это поле в 12:00. Теперь в нём: Актау", Plain(Said(Severity.Error).Single()));
    }

    [Fact]
    public async Task UndoALineOfTheList_HalfRefused_TellsTheHalfThatWasDone()
    {
        var (row, fields) = await LineAsync();
        var edits = _context.Services.GetRequiredService<MemberEdits>();
        await edits.SaveAsync(row.Person, fields, new Dictionary<MemberField, string> { [MemberField.City] = "Атырау", [MemberField.Email] = "rashad@example.kz" }, isAccepted: false);
        await CorrectAsync(MemberField.City, "Атырау", "Актау");
        List<MemberField> told = [];
        edits.Saved += (_, undone) =>
        {
            told.AddRange(undone);
            return Task.CompletedTask;
        };

        await _context.Render<MudSnackbarProvider>().FindAll("button").Single(button => button.TextContent.Trim() == "Отменить").ClickAsync(new());

        Assert.Equal([MemberField.Email], told);
        Assert.Single(Said(Severity.Error));
        Assert.Equal("Актау", (await StoredAsync()).City);
    }

    [Fact]
    public async Task SaveTwoLinesOfTheList_OneAfterTheOther_OffersToTakeBackTheLastAlone()
    {
        var (row, fields) = await LineAsync();
        var edits = _context.Services.GetRequiredService<MemberEdits>();
        var once = await edits.SaveAsync(row.Person, fields, new Dictionary<MemberField, string> { [MemberField.City] = "Атырау" }, isAccepted: false);
        await edits.SaveAsync(row.Person, once.Fields, new Dictionary<MemberField, string> { [MemberField.Email] = "rashad@example.kz" }, isAccepted: false);

        Assert.Contains("e-mail", Said(Severity.Normal).Single(), StringComparison.Ordinal);
    }

    private async Task<(MemberRow Row, MemberFields Fields)> LineAsync()
    {
        var admin = await _database.AddAdminAsync();
        SignIn(admin);
        var row = (await _database.Get<MemberService>().PageAsync(admin, new MemberFilter("Алиев"))).Items.Single();
        return (row, await _database.Get<MemberEditService>().FieldsAsync(admin, row.Person.Id));
    }

    private IEnumerable<string> Said(Severity severity) => _context.Services.GetRequiredService<ISnackbar>().ShownSnackbars.Where(shown => shown.Severity == severity).Select(shown => shown.Message!);

    private void SignIn(Actor actor) => _authorization.SetAuthorized("somebody").SetClaims(new Claim(ClaimTypes.NameIdentifier, actor.MemberId!.Value.ToString()));

    private Task CorrectAsync(MemberField field, string seen, string value) =>
        _database.Get<MemberEditService>().EditAsync(_colleague, _member.MemberId!.Value, new EditMemberForm { Field = field, Seen = seen, Value = value });

    private async Task<(string? City, string? FullName)> StoredAsync() => await _database.Get<MemberService>().ProfileAsync(_member) is var now ? (now.City, now.FullName) : default;

    private static string? Value<T>(IRenderedComponent<T> page, string selector) where T : IComponent => page.Find(selector).GetAttribute("value");

    private static string Plain(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
