using System.Diagnostics;
using Diaspora.Data;
using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Bench;

/// <summary>The members' list among 300, 10 000 and 100 000 members: any sort, any filter, first and last page, beside a bare SELECT of the same rows.</summary>
internal static class MembersBench
{
    private const int Runs = 40;

    /// <summary>Before that the runtime is still at work on the code, which no admin of a running portal meets.</summary>
    private const int WarmUp = 300;
    private const int Confirms = 300;

    public static async Task<int> RunAsync(params int[] sizes)
    {
        Figures.Machine();
        foreach (var size in sizes)
        {
            var folder = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
            try
            {
                await using var app = ServicesBench.Build(folder);
                await using var scope = app.Services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<DatabaseStartup>().MigrateAsync();
                await MeasureAsync(scope.ServiceProvider, size);
            }
            finally
            {
                SqliteConnection.ClearAllPools();
                Directory.Delete(folder, recursive: true);
            }
        }

        return 0;
    }

    private static async Task MeasureAsync(IServiceProvider services, int size)
    {
        var start = Stopwatch.GetTimestamp();
        var (cashier, current) = await LedgerBench.FillAsync(services, size);
        await VaryAsync(services.GetRequiredService<IContextFactory>(), current);
        var filled = Stopwatch.GetElapsedTime(start);
        var members = services.GetRequiredService<MemberService>();
        start = Stopwatch.GetTimestamp();
        await members.RefreshListingsAsync();
        await services.GetRequiredService<DatabaseCare>().AnalyzeAsync();
        Console.WriteLine($"\n{size} members: filled in {filled.TotalSeconds:0.0} s, computed for the list in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s\n");
        Figures.Header("ms");

        for (var run = 0; run < WarmUp; run++)
        {
            await members.PageAsync(cashier, new MemberFilter());
        }

        var last = (size + MemberFilter.Size - 1) / MemberFilter.Size;
        foreach (var sort in Enum.GetValues<MemberSort>())
        {
            await PageAsync($"by {sort}, first page", members, cashier, new MemberFilter { Sort = sort, IsDescending = sort != MemberSort.Name });
            await PageAsync($"by {sort}, last page", members, cashier, new MemberFilter(Number: last) { Sort = sort, IsDescending = sort != MemberSort.Name });
        }

        foreach (var segment in Enum.GetValues<MemberSegment>().Where(segment => segment != MemberSegment.All))
        {
            await PageAsync($"only {segment}, by debt", members, cashier, new MemberFilter(null, segment) { Sort = MemberSort.Debt, IsDescending = true });
        }

        await PageAsync("search by name", members, cashier, new MemberFilter("Əliyev"));
        await PageAsync("search by digits of a phone", members, cashier, new MemberFilter("555"));
        await PageAsync("city, standing, debt of 3 months", members, cashier, new MemberFilter { City = "Шымкент", Standing = Standing.Overdue, DebtFrom = 3, Sort = MemberSort.LastPaid });
        var store = services.GetRequiredService<IStore>();
        foreach (var search in new[] { "Əliyev", "Əliyev Rəşad", "555" })
        {
            var filter = new MemberFilter(search);
            await TimeAsync($"search «{search}» with the counts of its segments", () => store.ReadAsync(async work => await work.Members.PageAsync(filter, current, (await work.Members.CountsAsync(filter, current)).All)));
        }

        var duplicates = services.GetRequiredService<DuplicateService>();
        var admin = await AdminAsync(services.GetRequiredService<IContextFactory>(), Crowd.IdOf(size / 2));
        foreach (var name in new[] { "Əliyev Rəşad", "Рашад Алиев Намик оглы", "Мамедзаде Эльнур" })
        {
            await TimeAsync($"who may be «{name}»", () => duplicates.AlikeAsync(admin, name, ""));
        }

        await TimeAsync("what the filters offer", () => members.ListFactsAsync(cashier));
        await BareAsync(services.GetRequiredService<IContextFactory>());
        await ConfirmAsync(services, cashier, current, size);
    }

    /// <summary>Members are unlike each other: names, cities, months that were not paid, some blocked or exempt.</summary>
    private static async Task VaryAsync(IContextFactory contexts, Period current)
    {
        await using var context = contexts.Create();
        await context.Database.ExecuteSqlRawAsync(
            """
            UPDATE Members SET
                City = CASE rowid % 9 WHEN 0 THEN NULL WHEN 1 THEN 'Алматы' WHEN 2 THEN 'Астана' WHEN 3 THEN 'Шымкент' WHEN 4 THEN 'Қызылорда' WHEN 5 THEN 'Ақтау' WHEN 6 THEN 'Атырау' WHEN 7 THEN 'Тараз' ELSE 'Павлодар' END,
                FullName = CASE rowid % 5 WHEN 0 THEN 'Гасанов Самир' WHEN 1 THEN 'Ибрагимова Лейла' WHEN 2 THEN 'Алиев Рашад' WHEN 3 THEN 'Қасымова Ұлвия' ELSE 'Наджафов Вугар' END || ' ' || rowid,
                NameKey = CASE rowid % 5 WHEN 0 THEN 'gasanov samir' WHEN 1 THEN 'ibragimova leila' WHEN 2 THEN 'aliev rasad' WHEN 3 THEN 'kasimova ulvia' ELSE 'nadjafov vugar' END || ' ' || rowid,
                SortKey = printf('%c%07d', 97 + (rowid * 7919) % 26, rowid),
                BlockedAt = CASE WHEN rowid % 50 = 0 THEN CreatedAt END
            WHERE Role = 0 AND Phone LIKE '+7702%'
            """);
        var unpaid = current.AddMonths(-6).ToString();
        await context.Database.ExecuteSqlAsync($"DELETE FROM Payments WHERE Period > {unpaid} AND (instr('0123456789ABCDEF', substr(MemberId, -1)) * 7 + substr(Period, 6, 2)) % 5 = 0");
    }

    /// <summary>Only admins add people.</summary>
    private static async Task<Actor> AdminAsync(IContextFactory contexts, Guid id)
    {
        await using var context = contexts.Create();
        await context.Members.Where(member => member.Id == id).ExecuteUpdateAsync(row => row.SetProperty(member => member.Role, Role.Admin));
        return new Actor(id, "127.0.0.1", "bench");
    }

    private static Task PageAsync(string what, MemberService members, Actor cashier, MemberFilter filter) => TimeAsync(what, () => members.PageAsync(cashier, filter));

    private static async Task TimeAsync(string what, Func<Task> work)
    {
        for (var run = 0; run < WarmUp / 30; run++)
        {
            await work();
        }

        List<double> times = [];
        for (var run = 0; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            await work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Figures.Line(what, times);
    }

    /// <summary>The limit: the same two questions by hand, nothing made of the answers.</summary>
    private static async Task BareAsync(IContextFactory contexts)
    {
        await using var context = contexts.Create();
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        await connection.OpenAsync();
        foreach (var (what, sql) in new[]
        {
            ("bare SELECT, by name", "SELECT COUNT(*) FROM MemberDues; SELECT MemberId FROM MemberDues ORDER BY SortKey, MemberId LIMIT 50"),
            ("bare SELECT, by debt", "SELECT COUNT(*) FROM MemberDues; SELECT MemberId FROM MemberDues ORDER BY Debt DESC, SortKey, MemberId LIMIT 50"),
            ("bare SELECT, a part of the name", "SELECT COUNT(*) FROM MemberDues WHERE instr(NameKey, 'aliev') > 0; SELECT MemberId FROM MemberDues WHERE instr(NameKey, 'aliev') > 0 ORDER BY SortKey, MemberId LIMIT 50"),
        })
        {
            await TimeAsync(what, async () =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                await using var reader = await command.ExecuteReaderAsync();
                do
                {
                    while (await reader.ReadAsync())
                    {
                        _ = reader.GetValue(0);
                    }
                }
                while (await reader.NextResultAsync());
            });
        }
    }

    /// <summary>Three hundred decisions of one cashier, one after another.</summary>
    private static async Task ConfirmAsync(IServiceProvider services, Actor cashier, Period current, int size)
    {
        var (payments, moderation) = (services.GetRequiredService<PaymentService>(), services.GetRequiredService<ModerationService>());
        List<Guid> claimed = [];
        for (var index = 1; claimed.Count < Math.Min(Confirms, size * 4 / 5); index++)
        {
            // Every fiftieth row is blocked; the model and the cashier are the first two.
            if ((index + 2) % 50 != 0)
            {
                claimed.Add(await payments.StartAsync(new Actor(Crowd.IdOf(index), "127.0.0.1", "bench"), new StartPaymentForm { Periods = [current.Next], SeenTotal = new Money(2000) }));
            }
        }

        var start = Stopwatch.GetTimestamp();
        foreach (var intent in claimed)
        {
            await moderation.ConfirmAsync(cashier, intent);
        }

        Console.WriteLine($"\n{claimed.Count} confirms in a row: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s");
    }
}
