using System.Diagnostics;
using System.Globalization;
using System.Text;
using Diaspora.Data;
using Diaspora.Data.Demo;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Web.Kaspi.Statements;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Bench;

/// <summary>A report of three thousand lines from its bytes to the list of what the matcher thinks, on a SQLite file with the demo's three hundred members.</summary>
internal static class StatementBench
{
    private const int Lines = 3000;

    public static async Task<int> RunAsync()
    {
        Figures.Machine();
        Console.WriteLine("| lines | read | stage | book | look | of it sure | list, first page | list, searched | together without the lists |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");

        // Once for nothing: the first run pays for what is compiled then.
        await MeasureAsync(isPrinted: false);
        await MeasureAsync(isPrinted: true);
        return 0;
    }

    private static async Task MeasureAsync(bool isPrinted)
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        try
        {
            await using var app = ServicesBench.Build(folder);
            await using var scope = app.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            await services.GetRequiredService<DatabaseStartup>().MigrateAsync();
            await ActivatorUtilities.CreateInstance<DemoData>(services).SeedAsync();
            var cashier = await ImportBench.ActorAsync(services.GetRequiredService<IStore>(), DemoData.Accounts[1].Phone);
            var file = await FileAsync(services.GetRequiredService<IStore>());
            var (statements, matching, evidence) = (services.GetRequiredService<StatementService>(), services.GetRequiredService<MatchingService>(), services.GetRequiredService<EvidenceService>());

            var clock = Stopwatch.StartNew();
            var read = StatementReader.Read(file).Statement ?? throw new InvalidOperationException("The report was not recognised.");
            var reading = Lap(clock);
            var id = await statements.StageAsync(cashier, "report.csv", "0123456789abcdef0123456789abcdef", new string('0', 64), read);
            var staging = Lap(clock);
            if (await statements.BookAsync(cashier, id) != Lines)
            {
                throw new InvalidOperationException("Not all lines were new.");
            }

            var booking = Lap(clock);
            await matching.LookAsync();
            var looking = Lap(clock);
            var sure = (await evidence.PageAsync(cashier, new EvidenceFilter(id))).Counts.Sure;
            clock.Restart();
            await evidence.PageAsync(cashier, new EvidenceFilter(id));
            var page = Lap(clock);
            await evidence.PageAsync(cashier, new EvidenceFilter(id) { Search = "али" });
            var searched = Lap(clock);
            if (isPrinted)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {Lines} | {reading} ms | {staging} ms | {booking} ms | {looking} ms | {sure} | {page} ms | {searched} ms | {reading + staging + booking + looking} ms |"));
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A report as Kaspi Pay has it: a part with a member's number in its message, the rest with a name alone.</summary>
    private static async Task<MemoryStream> FileAsync(IStore store)
    {
        var members = await store.ReadAsync(async work => await work.Members.AllInAsync(new Diaspora.Domain.Dues.PeriodSpan(new Period(2026, 1), new Period(2026, 1))));
        var text = new StringBuilder("#;Номер заказа (ID/RRN);Дата операции;Время;Тип операции;Сумма операции (т);Детали покупки\n");
        for (var line = 0; line < Lines; line++)
        {
            var member = members[line % members.Count].Person;
            var words = member.FullName.Split(' ');
            var details = line % 3 == 0 ? $"{words[^1]} {words[0][0]}. {member.Number}" : $"{words[^1]} {words[0][0]}.";
            text.Append(CultureInfo.InvariantCulture, $"{line + 1};{70_000_000 + line};{new DateOnly(2026, 11, 1).AddDays(line / 110):dd.MM.yyyy};{new TimeOnly(8, 0).AddMinutes(line % 700):HH:mm:ss};Покупка;2000,00;{details}\n");
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static long Lap(Stopwatch clock)
    {
        var lap = clock.ElapsedMilliseconds;
        clock.Restart();
        return lap;
    }
}
