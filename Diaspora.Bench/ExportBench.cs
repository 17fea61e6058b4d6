using System.Diagnostics;
using System.Globalization;
using Diaspora.Data;
using Diaspora.Domain.Export;
using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Web.Members.Export;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Bench;

/// <summary>The files of members and of payments, and the search for duplicates, in a file with a crowd of members: time, and memory beyond what was there before.</summary>
internal static class ExportBench
{
    private const double Megabyte = 1024 * 1024;

    public static async Task<int> RunAsync(int members)
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        try
        {
            await using var app = ServicesBench.Build(folder);
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DatabaseStartup>().MigrateAsync();
            Figures.Machine();
            var (cashier, _) = await LedgerBench.FillAsync(scope.ServiceProvider, members);
            if (await scope.ServiceProvider.GetRequiredService<MemberService>().RefreshListingsAsync() < members)
            {
                throw new InvalidOperationException("The list does not know everybody, so no file would hold them.");
            }

            await scope.ServiceProvider.GetRequiredService<DatabaseCare>().AnalyzeAsync();
            await MeasureAsync(scope.ServiceProvider, cashier, members);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(IServiceProvider services, Actor cashier, int members)
    {
        var exports = services.GetRequiredService<MemberExportService>();
        var store = services.GetRequiredService<IStore>();
        var selection = new MemberSelection(new MemberFilter());
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");
        Console.WriteLine($"{members} members, {members * Crowd.Months} payments");
        Console.WriteLine("| what | seconds | of the processor | MiB | extra heap, MiB | extra working set, MiB |");
        Console.WriteLine("|---|---|---|---|---|---|");

        // The first time the code is compiled; a file is made by a portal that runs.
        await TimeAsync("members, to warm up", async (target, cancel) => await MemberFiles.WriteMembersAsync(target, await exports.MembersAsync(cashier, selection, cancel), cancel));
        await TimeAsync("members.csv without months", async (target, cancel) =>
            await MemberFiles.WriteMembersAsync(target, await exports.MembersAsync(cashier, selection with { WithMonths = false }, cancel), cancel));
        await TimeAsync("members.csv, a column a month", async (target, cancel) => await MemberFiles.WriteMembersAsync(target, await exports.MembersAsync(cashier, selection, cancel), cancel));
        await TimeAsync("payments.csv", async (target, cancel) => await MemberFiles.WritePaymentsAsync(target, await exports.PaymentsAsync(cashier, selection, cancel), zone, cancel));
        await TimeAsync("limit of members: a bare SELECT of the months that the debt needs", (_, cancel) => SelectAsync(
            services, "SELECT MemberId, Status, Amount, group_concat(Period) FROM Payments WHERE Status IN (0, 1) GROUP BY MemberId, Status, Amount", cancel));
        await TimeAsync("limit of payments: a bare SELECT of the columns", (_, cancel) => SelectAsync(
            services, "SELECT m.FullName, m.Phone, p.Period, p.Status, p.ConfirmedAt FROM Members m JOIN Payments p ON p.MemberId = m.Id ORDER BY m.SortKey, m.Id, p.Period", cancel));
        await TimeAsync("duplicates proposed", async (_, cancel) => await store.ReadAsync(async work =>
            DuplicatePairs.Of(await work.Duplicates.CandidatesAsync(cancel), await work.Duplicates.DismissedPairsAsync(cancel)), cancel));
    }

    /// <summary>Every field of every row as the driver has it, and nothing done with it.</summary>
    private static async Task SelectAsync(IServiceProvider services, string sql, CancellationToken cancel)
    {
        await using var context = services.GetRequiredService<IContextFactory>().Create();
        await context.Database.OpenConnectionAsync(cancel);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var fields = new object[reader.FieldCount];
        while (await reader.ReadAsync(cancel))
        {
            reader.GetValues(fields);
        }
    }

    private static async Task TimeAsync(string what, Func<Stream, CancellationToken, Task> write)
    {
        double seconds, worked;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var (heap, workingSet) = (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);

        // Looking at what is alive collects, which takes time: memory is measured in a run of its own.
        using (var timed = new Sink(looks: false))
        {
            var (start, before) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
            await write(timed, CancellationToken.None);
            (seconds, worked) = (Stopwatch.GetElapsedTime(start).TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }

        using var target = new Sink(looks: true);
        await write(target, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {seconds:0.00} | {worked:0.00} | {target.Written / Megabyte:0.0} | {Math.Max(0, target.HighestHeap - heap) / Megabyte:0} | {Math.Max(0, target.HighestSet - workingSet) / Megabyte:0} |"));
    }

    /// <summary>Takes everything and keeps nothing, as a browser on a fast line does; looks at the memory now and then.</summary>
    private sealed class Sink(bool looks) : Stream
    {
        private int _parts;

        public long Written { get; private set; }

        /// <summary>Of what is alive: measured after a collection.</summary>
        public long HighestHeap { get; private set; }

        public long HighestSet { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Written;

        public override long Position { get => Written; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            Written += count;
            if (!looks)
            {
                return;
            }

            HighestSet = Math.Max(HighestSet, Environment.WorkingSet);
            if (++_parts % 50 == 1)
            {
                HighestHeap = Math.Max(HighestHeap, GC.GetTotalMemory(forceFullCollection: true));
            }
        }
    }
}
