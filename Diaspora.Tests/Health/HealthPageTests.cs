using System.Globalization;
using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Diaspora.Data;
using Diaspora.Domain.Operations;
using Diaspora.Tests.Payments;
using Diaspora.Tests.Storage;
using Diaspora.Web.Health;
using Diaspora.Web.Health.Admin;
using Diaspora.Web.Shared;
using Diaspora.Web.Shared.Refusals;
using Diaspora.Web.Shell;
using Diaspora.Web.Shell.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MudBlazor.Services;

namespace Diaspora.Tests.Health;

/// <summary>What an admin is told of each state, and of a portal that has never made a backup.</summary>
public sealed class HealthPageTests : IAsyncLifetime
{
    private readonly (CultureInfo Culture, CultureInfo Ui) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly BunitContext _context = new() { JSInterop = { Mode = JSRuntimeMode.Loose } };
    private readonly TestDatabase _database = new();
    private readonly GivenHealth _health = new();
    private BunitAuthorizationContext _reader = null!;

    public HealthPageTests() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _context.Services.AddMudServices();
        _context.Services.AddLocalization().AddLogging().AddMetricsOfPortal().AddSingleton<TimeProvider>(_database.Clock).AddSingleton(_database.Rules.Zone)
            .AddSingleton<HealthCheckService>(_health).AddSingleton(_database.Get<HealthService>()).AddSingleton(_database.Get<StorageFolders>()).AddSingleton(_database.Get<DatabaseOptions>())
            .AddScoped<CurrentActor>().AddScoped<Wording>().AddScoped<ProblemWords>().AddScoped<HealthReadings>().AddScoped<HealthWords>();
        _reader = _context.AddAuthorization();
        _context.AddBunitPersistentComponentState();
        _context.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
    }

    public async ValueTask DisposeAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        await _context.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(HealthStatus.Healthy, "Всё работает", "Замечаний нет")]
    [InlineData(HealthStatus.Degraded, "кое на что пора посмотреть", "Места на диске мало")]
    [InlineData(HealthStatus.Unhealthy, "Часть портала не работает", "Файлы не сохраняются")]
    public async Task Open_InEachState_SaysItAndWhatToDo(HealthStatus status, string title, string line)
    {
        _health.Parts = status == HealthStatus.Healthy ? [("database", HealthStatus.Healthy), ("something-new", HealthStatus.Healthy)] : [("database", HealthStatus.Healthy), ("storage", status)];
        var page = await OpenAsync(await _database.AddAdminAsync());

        Assert.Contains(title, page.Find(".mud-alert").TextContent, StringComparison.Ordinal);
        Assert.Contains(line, page.Markup, StringComparison.Ordinal);

        // What is worst comes first.
        Assert.Equal(status == HealthStatus.Healthy ? ["database", "something-new"] : ["storage", "database"], page.FindAll("[data-part]").Select(part => part.GetAttribute("data-part")));
        Assert.Contains("ещё не было", page.Find("table").TextContent, StringComparison.Ordinal);
        Assert.Contains("ещё не выполнялись", page.Find("table").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithAHistory_ShowsFigures()
    {
        var now = _database.Clock.GetUtcNow().UtcDateTime;
        await using (var context = _database.Get<IContextFactory>().Create())
        {
            context.Backups.Add(new BackupRun { StartedAt = now.AddHours(-1), FinishedAt = now.AddHours(-1), FileName = "a", IsVerified = true, IsEncrypted = true, CopiedAt = now, Bytes = 3L << 29 });
            context.TaskRuns.Add(new TaskRun { Name = HourlyTasks.Turn, LastRunAt = now.AddMinutes(-5) });
            context.Instances.Add(new PortalInstance { Id = Guid.NewGuid(), Name = "server-1", StartedAt = now.AddDays(-2), SeenAt = now });
            await context.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        var figures = (await OpenAsync(await _database.AddAdminAsync())).Find("table").TextContent.Replace('\u00A0', ' ');

        Assert.All((string[])["сегодня, 11:00", "1,5 ГБ, зашифрована, есть и во втором месте", "сегодня, 11:55", "server-1", "запущен: 6 марта, 12:00; отозвался: сегодня, 12:00", "Sqlite"], text => Assert.Contains(text, figures, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refresh_AfterSomethingChanged_ShowsIt()
    {
        _health.Parts = [("database", HealthStatus.Healthy)];
        var page = await OpenAsync(await _database.AddAdminAsync());
        _health.Parts = [("database", HealthStatus.Unhealthy)];
        await page.Find("button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("База ничего не записывает", page.Find("[data-part=database]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_AsACashier_IsRefused()
    {
        var page = await OpenAsync(await _database.AddCashierAsync());
        Assert.Empty(page.FindAll("[data-part]"));
    }

    private async Task<IRenderedComponent<HealthPage>> OpenAsync(Actor reader)
    {
        _reader.SetAuthorized("reader").SetClaims(new Claim(ClaimTypes.NameIdentifier, reader.MemberId!.Value.ToString()));
        var page = _context.Render<HealthPage>();
        await page.InvokeAsync(() => { });
        return page;
    }

    private sealed class GivenHealth : HealthCheckService
    {
        public (string Name, HealthStatus Status)[] Parts { get; set; } = [];

        public override Task<HealthReport> CheckHealthAsync(Func<HealthCheckRegistration, bool>? predicate, CancellationToken cancellationToken = default) =>
            Task.FromResult(new HealthReport(Parts.ToDictionary(part => part.Name, part => new HealthReportEntry(part.Status, null, TimeSpan.Zero, null, null)), TimeSpan.Zero));
    }
}
