using System.Diagnostics;
using System.Globalization;
using Diaspora.Data;
using Diaspora.Data.Backups;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Bench;

/// <summary>A backup made, checked and restored among a crowd of members, and how long a confirm elsewhere waits meanwhile.</summary>
internal static class BackupBench
{
    private const int Receipts = 2000;
    private const int ReceiptBytes = 150 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(int members)
    {
        Figures.Machine();
        var folder = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        var machine = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        try
        {
            await using var app = ServicesBench.Build(folder);
            await using var scope = app.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            await services.GetRequiredService<DatabaseStartup>().MigrateAsync();
            var (cashier, current) = await LedgerBench.FillAsync(services, members);
            Fill(services.GetRequiredService<StorageFolders>().Receipts);
            var queue = services.GetRequiredService<ModerationService>();
            var waiting = await services.GetRequiredService<PaymentService>().StartAsync(
                new Actor(Crowd.IdOf(1), "127.0.0.1", "bench"), new StartPaymentForm { Periods = [current.Next], SeenTotal = services.GetRequiredService<CurrentSettings>().Rules.FeeOf(current.Next) });
            Console.WriteLine($"{members} members × {Crowd.Months} months, {new FileInfo(services.GetRequiredService<StorageFolders>().Database).Length / 1024 / 1024} MiB, {Receipts} receipts of {ReceiptBytes / 1024} KiB");
            Console.WriteLine("| encrypted | archive | create | longest confirm before | longest confirm meanwhile, of how many | restore | highest working set |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            await PressUntilAsync(Task.Delay(TimeSpan.FromSeconds(5)), queue, cashier, waiting);
            foreach (var passphrase in (string[])["", "верблюд пьёт чай"])
            {
                var before = await PressUntilAsync(Task.Delay(TimeSpan.FromSeconds(10)), queue, cashier, waiting);
                await using var maker = ServicesBench.Build(folder, $"--Backups:Passphrase={passphrase}");
                var clock = Stopwatch.StartNew();
                var making = Task.Run(() => maker.Services.GetRequiredService<BackupArchives>().CreateAsync());
                var meanwhile = await PressUntilAsync(making, queue, cashier, waiting);
                var created = clock.Elapsed;
                var run = await making;
                if (run.Problem is not null)
                {
                    throw new InvalidOperationException(run.Problem);
                }

                await using var target = ServicesBench.Build(machine, $"--Backups:Passphrase={passphrase}");
                clock.Restart();
                await target.Services.GetRequiredService<BackupRestore>().RestoreAsync(Path.Combine(maker.Services.GetRequiredService<BackupFolder>().Path, run.FileName!));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {(run.IsEncrypted ? "yes" : "no")} | {run.Bytes / 1024 / 1024} MiB | {created.TotalSeconds:0.0} s | {before.Max():0} ms | {meanwhile.Max():0} ms of {meanwhile.Count} | {clock.Elapsed.TotalSeconds:0.0} s | {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024} MiB |"));
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            Directory.Delete(machine, recursive: true);
        }

        return 0;
    }

    /// <summary>A cashier who decides all the while, confirming and taking back by turns; how long each confirm took, in milliseconds.</summary>
    private static async Task<List<double>> PressUntilAsync(Task end, ModerationService queue, Actor cashier, Guid waiting)
    {
        List<double> times = [];
        do
        {
            var from = Stopwatch.GetTimestamp();
            var decision = await queue.ConfirmAsync(cashier, waiting);
            times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            await Task.Delay(Pause);
            await queue.ReopenAsync(cashier, waiting, decision);
            await Task.Delay(Pause);
        }
        while (!end.IsCompleted);
        return times;
    }

    private static void Fill(string folder)
    {
        var content = new byte[ReceiptBytes];
        for (var receipt = 0; receipt < Receipts; receipt++)
        {
            new Random(receipt).NextBytes(content);
            var name = Guid.NewGuid().ToString("N");
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, name[..2])).FullName, name), content);
        }
    }
}
