using System.Globalization;
using System.Security.Claims;
using Bunit;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Dues;
using Diaspora.Web.Members.Admin.Actions;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Fields;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Diaspora.Tests.Members;

/// <summary>The dialog of many over a real file: what waits for check is told before anybody is suspended.</summary>
public sealed class SuspendManyTests : IAsyncLifetime
{
    private readonly (CultureInfo Culture, CultureInfo Ui) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext context = new();
    private readonly TestDatabase database = new();
    private Actor admin = null!;
    private IRenderedComponent<MudDialogProvider> screen = null!;

    public SuspendManyTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        admin = await database.AddAdminAsync();
        await database.StartAsync(await database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01"), "2026-02", "2026-03");
        await database.AddAsync("Керимов Анар", joinedOn: "2026-01-01");
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddLocalization().AddLogging().AddMudServices();
        context.Services.AddSingleton<TimeProvider>(database.Clock).AddSingleton(database.Rules.Zone).AddSingleton(database.Settings)
            .AddSingleton(database.Get<OwedMonthsService>()).AddSingleton(database.Get<MemberCardService>())
            .AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<FormRules>().AddScoped<PeriodWords>().AddScoped<OwedMonthsActions>();
        context.AddAuthorization().SetAuthorized("admin").SetClaims(new Claim(ClaimTypes.NameIdentifier, admin.MemberId!.Value.ToString()));
        screen = context.Render<MudDialogProvider>();
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        await context.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Suspend_ManyWhileAPaymentWaits_NamesItsMonthsOnceAndThenSuspendsAll()
    {
        var people = await PeopleAsync();
        var done = OpenAsync(people);
        await screen.Find("#interval-reason").ChangeAsync("в отъезде");

        await screen.Find("form").SubmitAsync();
        screen.WaitForAssertion(() => Assert.Contains("ждут проверки оплаты: Алиев Рашад (февраль, март). ", screen.Find("#interval-accept-warning").TextContent, StringComparison.Ordinal));
        Assert.All(await PeopleAsync(), row => Assert.NotEqual(Standing.Suspended, row.Standing));

        await screen.Find("#interval-accept").ChangeAsync(true);
        await screen.Find("form").SubmitAsync();
        Assert.Equal(people.Select(row => row.Person.Id), await done);
        Assert.All(await PeopleAsync(), row => Assert.Equal(Standing.Suspended, row.Standing));
    }

    [Fact]
    public async Task Suspend_MonthsForWhichNothingWaits_AsksNothing()
    {
        var done = OpenAsync(await PeopleAsync());
        await screen.Find("#interval-from").ChangeAsync("2026-04");
        await screen.Find("#interval-reason").ChangeAsync("в отъезде");

        await screen.Find("form").SubmitAsync();

        Assert.Equal(2, (await done)!.Count);
    }

    private Task<IReadOnlyList<Guid>?> OpenAsync(IReadOnlyList<MemberRow> rows)
    {
        Task<IReadOnlyList<Guid>?> done = null!;
        screen.InvokeAsync(() => { done = context.Services.GetRequiredService<OwedMonthsActions>().SuspendManyAsync([.. rows.Select(row => row.Person)], new Period(2026, 2)); });
        screen.WaitForElement("#interval-reason");
        return done;
    }

    private async Task<IReadOnlyList<MemberRow>> PeopleAsync() =>
        [.. (await database.Get<MemberService>().PageAsync(admin, new MemberFilter())).Items.Where(row => row.Person.JoinedOn is not null)];
}
