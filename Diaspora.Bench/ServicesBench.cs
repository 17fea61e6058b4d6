using System.Diagnostics;
using Diaspora.Data;
using Diaspora.Data.Demo;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Bench;

/// <summary>The verbs behind the screens, on a SQLite file with demo data, without any screen.</summary>
internal static class ServicesBench
{
    private const int Runs = 200;

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        try
        {
            await using var app = Build(folder);
            await using var scope = app.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            await services.GetRequiredService<DatabaseStartup>().MigrateAsync();
            await ActivatorUtilities.CreateInstance<DemoData>(services).SeedAsync();
            await MeasureAsync(services);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    public static WebApplication Build(string folder, params string[] more)
    {
        var builder = WebApplication.CreateBuilder([$"--Storage:Directory={folder}", "--Logging:LogLevel:Default=Error", .. more]);
        var settings = new CurrentSettings();
        builder.AddData();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new Quotas(new QuotaLimits(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue), TimeProvider.System));
        builder.Services.AddSingleton<NotedFeed>().AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<NotedFeed>());
        settings.Use(new SettingsSnapshot(new DuesRules(FeeSchedule.Always(new Money(2000)), 10, 12, 14, TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty"))));
        builder.Services.AddSingleton(settings);
        builder.Services.AddScoped<CabinetService>().AddScoped<ModerationService>().AddScoped<PaymentService>().AddScoped<RecordingService>().AddScoped<MemberCardService>().AddScoped<MemberService>().AddScoped<Diaspora.Domain.Merging.DuplicateService>().AddScoped<ImportService>().AddSingleton<ImportProgress>().AddScoped<Diaspora.Domain.Export.MemberExportService>();
        builder.Services.AddScoped<Diaspora.Domain.Reports.ReportService>().AddScoped<Diaspora.Domain.Reports.MonthClosingService>();
        builder.Services.AddScoped<Diaspora.Domain.Kaspi.StatementService>().AddScoped<Diaspora.Domain.Kaspi.MatchingService>().AddScoped<Diaspora.Domain.Kaspi.EvidenceService>();
        return builder.Build();
    }

    private static async Task MeasureAsync(IServiceProvider services)
    {
        var store = services.GetRequiredService<IStore>();
        var member = await ActorAsync(store, DemoData.Accounts[2].Phone);
        var cashier = await ActorAsync(store, DemoData.Accounts[1].Phone);
        var dues = services.GetRequiredService<CabinetService>();
        var queue = services.GetRequiredService<ModerationService>();
        var waiting = (await queue.QueueAsync(cashier, new PaymentFilter())).Page.Items[0].IntentId;
        Figures.Machine();
        Figures.Header("ms");
        Figures.Line("cabinet", await TimesAsync(() => dues.CabinetAsync(member)));
        Figures.Line("queue, first page", await TimesAsync(() => queue.QueueAsync(cashier, new PaymentFilter())));
        Figures.Line("queue, search by name", await TimesAsync(() => queue.QueueAsync(cashier, new PaymentFilter(null, null, "aliyev"))));
        Figures.Line("confirm and undo, two commits", await TimesAsync(async () =>
        {
            await queue.ReopenAsync(cashier, waiting, await queue.ConfirmAsync(cashier, waiting));
        }));
    }

    private static async Task<Actor> ActorAsync(IStore store, string phone) =>
        new(await store.ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(phone))), "127.0.0.1", "bench");

    private static async Task<List<double>> TimesAsync(Func<Task> work)
    {
        for (var index = 0; index < Runs / 10; index++)
        {
            await work();
        }

        List<double> times = [];
        for (var index = 0; index < Runs; index++)
        {
            var start = Stopwatch.GetTimestamp();
            await work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }
}
