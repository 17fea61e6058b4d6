using System.Diagnostics;
using System.Globalization;
using ClosedXML.Excel;
using Diaspora.Data;
using Diaspora.Data.Demo;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;
using Diaspora.Web.Members.Import;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Bench;

/// <summary>A spreadsheet from its bytes to the last payment, on a SQLite file, and how long a confirm elsewhere has to wait for it.</summary>
internal static class ImportBench
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync()
    {
        Figures.Machine();
        Console.WriteLine("| rows × months | file | read | stage | dry run | book | of it until the commit | of it the list made anew | longest confirm until the commit | longest confirm while the list is made anew | again, dry run | undo |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");

        // Once for nothing: the first run pays for what is compiled then.
        await MeasureAsync(300, 14, isPrinted: false);
        await MeasureAsync(300, 14, isPrinted: true);
        await MeasureAsync(10_000, 10, isPrinted: true);
        await MeasureAsync(10_000, 24, isPrinted: true);
        return 0;
    }

    private static async Task MeasureAsync(int rows, int months, bool isPrinted)
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        try
        {
            await using var app = ServicesBench.Build(folder);
            await using var scope = app.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            await services.GetRequiredService<DatabaseStartup>().MigrateAsync();
            await ActivatorUtilities.CreateInstance<DemoData>(services).SeedAsync();
            var store = services.GetRequiredService<IStore>();
            var admin = await ActorAsync(store, DemoData.Accounts[0].Phone);
            var cashier = await ActorAsync(store, DemoData.Accounts[1].Phone);
            var imports = services.GetRequiredService<ImportService>();
            var queue = services.GetRequiredService<ModerationService>();
            var waiting = (await queue.QueueAsync(cashier, new PaymentFilter())).Page.Items[0].IntentId;
            await queue.ReopenAsync(cashier, waiting, await queue.ConfirmAsync(cashier, waiting));
            var file = FileOf(rows, months);

            var clock = Stopwatch.StartNew();
            var sheet = SheetFile.Read(file, "bench.xlsx");
            var read = Lap(clock);
            var id = await imports.StageAsync(admin, sheet);
            var staged = Lap(clock);
            var check = await imports.CheckAsync(admin, id);
            var checkedIn = Lap(clock);
            if (check.Rows.Any(row => row.Outcome != ImportOutcome.New))
            {
                throw new InvalidOperationException($"Not all rows are new: {check.Rows.First(row => row.Outcome != ImportOutcome.New)}");
            }

            var feed = services.GetRequiredService<NotedFeed>();
            var (began, cpu) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
            var booking = Task.Run(() => imports.BookAsync(admin, id, new ImportChoice()));
            var presses = await PressUntilAsync(booking, queue, cashier, waiting);
            await booking;
            var ended = Stopwatch.GetTimestamp();
            var committed = feed.FirstOf<MemberChanged>(began);
            var worked = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds;
            var booked = Lap(clock);
            var again = await imports.StageAsync(admin, sheet);
            Lap(clock);
            if ((await imports.CheckAsync(admin, again)).Rows.Any(row => row.Outcome != ImportOutcome.Unchanged))
            {
                throw new InvalidOperationException("The second run would change something.");
            }

            var rechecked = Lap(clock);
            await imports.UndoAsync(admin, id);
            var undone = Lap(clock);
            if (isPrinted)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {rows} × {months} | {file.Length / 1024} KB | {read} ms | {staged} ms | {checkedIn} ms | {booked} ms (processor {worked:0} ms) | {Milliseconds(began, committed):0} ms | {Milliseconds(committed, ended):0} ms | {Longest(presses, began, committed):0} ms | {Longest(presses, committed, ended):0} ms | {rechecked} ms | {undone} ms |"));
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A cashier who decides all the while, confirming and taking back by turns.</summary>
    private static async Task<List<(long From, long To)>> PressUntilAsync(Task booking, ModerationService queue, Actor cashier, Guid waiting)
    {
        List<(long From, long To)> presses = [];
        while (!booking.IsCompleted)
        {
            var from = Stopwatch.GetTimestamp();
            try
            {
                var decision = await queue.ConfirmAsync(cashier, waiting);
                presses.Add((from, Stopwatch.GetTimestamp()));
                await Task.Delay(Pause);
                await queue.ReopenAsync(cashier, waiting, decision);
            }
            catch (DomainException refused) when (refused.Problem.Code == Problems.NotWritten)
            {
                // It waited as long as a press may, on a machine that is busy with other things; that is its figure.
                presses.Add((from, Stopwatch.GetTimestamp()));
            }

            await Task.Delay(Pause);
        }

        return presses;
    }

    /// <summary>Of the presses that began between these two.</summary>
    private static double Longest(List<(long From, long To)> presses, long from, long to) =>
        presses.Where(press => press.From >= from && press.From < to).Select(press => Milliseconds(press.From, press.To)).DefaultIfEmpty().Max();

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static byte[] FileOf(int rows, int months)
    {
        using var workbook = new XLWorkbook();
        var sheet = workbook.Worksheets.Add("Members");
        string[] header = [.. ImportColumns.Template.Take(4), .. Enumerable.Range(0, months).Select(month => new DateTime(2024, 1, 1).AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture))];
        for (var column = 0; column < header.Length; column++)
        {
            sheet.Cell(1, column + 1).SetValue(header[column]);
        }

        for (var row = 0; row < rows; row++)
        {
            sheet.Cell(row + 2, 1).SetValue($"{Letters(row)} Bench");
            sheet.Cell(row + 2, 2).SetValue($"+7 705 {row / 10_000 % 1000:000} {row / 100 % 100:00} {row % 100:00}");
            sheet.Cell(row + 2, 4).SetValue("Almaty");
            for (var month = 0; month < months; month++)
            {
                sheet.Cell(row + 2, month + 5).SetValue(2000);
            }
        }

        using var file = new MemoryStream();
        workbook.SaveAs(file);
        return file.ToArray();
    }

    private static string Letters(int number) => string.Concat(number.ToString("00000", CultureInfo.InvariantCulture).Select(digit => $"{"bdfglmnprt"[digit - '0']}a"));

    internal static async Task<Actor> ActorAsync(IStore store, string phone) =>
        new(await store.ReadAsync(work => work.Members.IdOfAsync(PhoneNumber.Parse(phone))), "127.0.0.1", "bench");

    private static long Lap(Stopwatch clock)
    {
        var elapsed = clock.ElapsedMilliseconds;
        clock.Restart();
        return elapsed;
    }
}
