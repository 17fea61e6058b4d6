using System.Diagnostics;
using System.Globalization;
using Diaspora.Data;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reports;
using Diaspora.Web.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Bench;

/// <summary>Every report of a crowd of members with two years of months, and the largest spreadsheet there is of them.</summary>
internal static class ReportsBench
{
    private const int WarmUp = 3;
    private const int Runs = 30;
    private const double Megabyte = 1024 * 1024;

    public static async Task<int> RunAsync(int members)
    {
        Figures.Machine();
        await InFolderAsync(members, async (services, cashier, current) => await MeasureAsync(services.GetRequiredService<ReportService>(), cashier, current, members));
        await InFolderAsync(ReportService.MostSheetRows - 2, (services, cashier, current) => SheetAsync(services.GetRequiredService<ReportService>(), cashier, current.Year));
        return 0;
    }

    private static async Task InFolderAsync(int members, Func<IServiceProvider, Actor, Period, Task> measure)
    {
        using var scratch = new Scratch();
        await using (var app = ServicesBench.Build(scratch.Folder))
        {
            await using var scope = app.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            await services.GetRequiredService<DatabaseStartup>().MigrateAsync();
            var (cashier, current) = await LedgerBench.FillAsync(services, members);
            await SpreadAsync(services, current.AddMonths(1 - Crowd.Months));
            await services.GetRequiredService<MemberService>().RefreshListingsAsync();
            await services.GetRequiredService<DatabaseCare>().AnalyzeAsync();
            var start = Stopwatch.GetTimestamp();
            var closed = await services.GetRequiredService<MonthClosingService>().CloseAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{members} members: {closed} months closed in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
            await measure(services, cashier, current);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    /// <summary>A crowd is one member copied: people of forty cities who joined one after the other, paid in every way, on any day, and not always.</summary>
    private static async Task SpreadAsync(IServiceProvider services, Period first)
    {
        await using var context = services.GetRequiredService<IContextFactory>().Create();
        context.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        var from = $"{first}-01";
        await context.Database.ExecuteSqlAsync(
            $"""
            UPDATE Members SET City = CASE WHEN rowid % 13 = 0 THEN NULL ELSE 'Город ' || (rowid * 7919 % 41) END,
                JoinedOn = date({from}, '+' || (CASE WHEN rowid % 10 = 0 THEN rowid % 20 ELSE 0 END) || ' months') WHERE JoinedOn IS NOT NULL;
            DELETE FROM Payments WHERE rowid % 9 = 0;
            UPDATE Payments SET Method = rowid % 4, Status = CASE WHEN rowid % 400 = 7 AND Period = (SELECT MAX(Period) FROM Payments) THEN 0 ELSE Status END;
            UPDATE PaymentIntents SET ClaimedAt = strftime('%Y-%m-%d %H:%M:%S', (SELECT MIN(p.Period) || '-01' FROM Payments p WHERE p.IntentId = PaymentIntents.Id), '+' || (rowid % 3) || ' months', '+' || (rowid % 27) || ' days');
            """);
    }

    private static async Task MeasureAsync(ReportService reports, Actor cashier, Period current, int members)
    {
        var last = (members + MatrixFilter.Usual - 1) / MatrixFilter.Usual;
        Console.WriteLine("| what | runs | median, ms | p95, ms | of a processor, ms |");
        Console.WriteLine("|---|---|---|---|---|");
        await LineAsync("the month that it is, beside two others", () => reports.DetailsAsync(cashier, current));
        await LineAsync("a closed month, as kept and as it is", () => reports.DetailsAsync(cashier, current.AddMonths(-4)));
        await LineAsync("the year that it is", () => reports.YearAsync(cashier, current.Year));
        await LineAsync("the year before", () => reports.YearAsync(cashier, current.Year - 1));
        await LineAsync("debts by age and city", () => reports.DebtsAsync(cashier));
        await LineAsync("matrix, first page", () => reports.MatrixAsync(cashier, new MatrixFilter(current.Year)));
        await LineAsync("matrix, a thousand on a page", () => reports.MatrixAsync(cashier, new MatrixFilter(current.Year) { IsWhole = true }));
        await LineAsync("matrix, last page", () => reports.MatrixAsync(cashier, new MatrixFilter(current.Year, last)));
        await LineAsync("matrix, debtors first", () => reports.MatrixAsync(cashier, new MatrixFilter(current.Year) { IsByDebt = true }));
        await LineAsync("who has not paid", () => reports.ListAsync(cashier, new ReportListFilter(ReportListKind.Unpaid, current)));
        await LineAsync("who has paid", () => reports.ListAsync(cashier, new ReportListFilter(ReportListKind.Paid, current)));
        await LineAsync("who has paid, the thousandth page", () => reports.ListAsync(cashier, new ReportListFilter(ReportListKind.Paid, current, 1000)));
        await LineAsync("who has paid one way in one city", () => reports.ListAsync(cashier, new ReportListFilter(ReportListKind.Paid, current) { City = "Город 7", Method = PaymentMethod.KaspiQr }));
        await LineAsync("what came in the days of a month", () => reports.ListAsync(cashier, new ReportListFilter(ReportListKind.Came, current.AddMonths(-4))));
        await LineAsync("who owes four to six months", () => reports.ListAsync(cashier, new ReportListFilter(ReportListKind.Debtors, current) { Debt = DebtSpan.Find(4) }));
    }

    private static async Task LineAsync(string what, Func<Task> read)
    {
        for (var run = 0; run < WarmUp; run++)
        {
            await read();
        }

        // What the processor did as well: a busy machine makes everything slow but that.
        List<double> times = [];
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        for (var run = 0; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            await read();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var worked = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / Runs;
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {Runs} | {times[Runs / 2]:0} | {times[(int)(Runs * .95)]:0} | {worked:0} |"));
    }

    /// <summary>Looking at what is alive takes time: memory is measured in a run of its own.</summary>
    private static async Task SheetAsync(ReportService reports, Actor cashier, int year)
    {
        long highest = 0;
        async Task<byte[]> WriteAsync(Action<int> told) => await ReportSheets.WriteAsync([ReportTables.Of(await reports.ExportMatrixAsync(cashier, new MatrixFilter(year), isSheet: true))], told, CancellationToken.None);
        await WriteAsync(_ => { });
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var (start, told) = (Stopwatch.GetTimestamp(), 0);
        var file = await WriteAsync(_ => told++);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        file = [];
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var (heap, set) = (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
        using var done = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: true));
                await Task.Delay(20);
            }
        });
        file = await WriteAsync(_ => { });
        await done.CancelAsync();
        await watch;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| matrix.xlsx of {ReportService.MostSheetRows - 1} members | {seconds:0.00} s | told {told} times | {file.Length / Megabyte:0.0} MiB | alive at most {(highest - heap) / Megabyte:0} MiB | working set +{Math.Max(0, Environment.WorkingSet - set) / Megabyte:0} MiB |"));
    }
}
