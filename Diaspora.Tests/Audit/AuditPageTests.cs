using System.Globalization;
using System.Security.Claims;
using Bunit;
using Diaspora.Domain.Audit;
using Diaspora.Tests.Settings;
using Diaspora.Tests.Storage;
using Diaspora.Web.Audit;
using Diaspora.Web.Audit.Admin;
using Diaspora.Web.Dues;
using Diaspora.Web.Payments.Admin.Queue;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Diaspora.Tests.Audit;

/// <summary>The log as an admin reads it: what changed stands in its line, and the order is in the address.</summary>
public sealed class AuditPageTests : IAsyncLifetime
{
    private readonly (CultureInfo Culture, CultureInfo Ui) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext context = new();
    private TestDatabase database = null!;

    public AuditPageTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");

    public async ValueTask InitializeAsync()
    {
        database = await SettingsSetup.SeededAsync();
        var admin = await database.AddAdminAsync();
        await database.EditAsync(admin, form => form.DeadlineDay = "15");
        await database.EditAsync(admin, form => form.MonthsAhead = "6");
        context.Services.AddMudServices();
        context.Services.AddLocalization().AddLogging().AddSingleton<TimeProvider>(database.Clock).AddSingleton(database.Rules.Zone).AddSingleton(database.Get<AuditService>())
            .AddScoped<AuditWords>().AddScoped<QueueWords>().AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<PeriodWords>();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.AddBunitPersistentComponentState();
        context.AddAuthorization().SetAuthorized("admin").SetClaims(new Claim(ClaimTypes.NameIdentifier, admin.MemberId!.Value.ToString()));
        context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        context.Render<MudPopoverProvider>();
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        await context.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public void Open_TheLog_SaysInEachLineWhatChanged()
    {
        var page = context.Render<AuditPage>();

        page.WaitForAssertion(() => Assert.Equal(["Настройки изменены Месяцев вперёд: 12 → 6", "Настройки изменены Последний день оплаты: 10 → 15"], Changes(page)));
        Assert.Equal("descending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
    }

    [Fact]
    public void Sort_ByTheHead_IsALinkThatTurnsTheOrder()
    {
        var page = context.Render<AuditPage>();
        Assert.Equal("/admin/audit?order=oldest", page.WaitForElement("th[aria-sort] a").GetAttribute("href"));

        context.Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/audit?order=oldest");

        page = context.Render<AuditPage>();
        page.WaitForAssertion(() => Assert.Equal("Настройки изменены Последний день оплаты: 10 → 15", Changes(page)[0]));
        Assert.Equal("ascending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
        Assert.Equal("/admin/audit", page.Find("th[aria-sort] a").GetAttribute("href"));
    }

    private static string[] Changes(IRenderedComponent<AuditPage> page) => [.. page.FindAll(".log-what summary").Select(line => line.TextContent.Replace('\u00A0', ' ').Trim())];
}
