using System.Diagnostics;
using System.Globalization;
using Diaspora.Data;
using Diaspora.Domain.Access;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reminding;
using Diaspora.Domain.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Bench;

/// <summary>Every member is to be reminded at once: read and planned, then written in chunks that a confirm waits for at the most.</summary>
internal static class RemindersBench
{
    private const int WarmUp = 1500;
    private const int Confirms = WarmUp + 300;
    private const int Claims = (Confirms * 2) + 600;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    public static async Task<int> RunAsync(int members)
    {
        Figures.Machine();
        using var scratch = new Scratch();
        await using (var app = ServicesBench.Build(scratch.Folder))
        {
            await using var scope = app.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            await services.GetRequiredService<DatabaseStartup>().MigrateAsync();
            var (cashier, current) = await LedgerBench.FillAsync(services, members);
            await OweAsync(services);
            var clock = services.GetRequiredService<TimeProvider>();
            var (store, outbox) = (services.GetRequiredService<IStore>(), services.GetRequiredService<OutboxRules>());
            var claimed = await ClaimAsync(services, current.Next);
            var (alone, told) = await ConfirmAsync(services.GetRequiredService<ModerationService>(), outbox, cashier, claimed.Take(Confirms * 2));
            outbox.Use([Channel.Mail], TimeSpan.Zero);

            // The plan has today for one of its days, and it is day: the hour of the measure does not count.
            var now = clock.GetUtcNow();
            var zone = TimeZoneInfo.CreateCustomTimeZone("noon", TimeSpan.FromHours(12 - now.UtcDateTime.Hour), "noon", "noon");
            var rules = services.GetRequiredService<CurrentSettings>().Rules with { Zone = zone, DeadlineDay = 1 };
            var settings = new CurrentSettings();
            settings.Use(new SettingsSnapshot(rules));
            await store.WriteAsync(work =>
            {
                var plan = new ReminderPlan(now.UtcDateTime);
                plan.Edit([rules.DayOf(now.UtcDateTime).Day - 1], 7, [Channel.Mail], 0, Guid.Empty, now.UtcDateTime);
                plan.Switch(isOn: true, Guid.Empty, now.UtcDateTime);
                work.Reminders.Add(plan);
                return Task.FromResult(true);
            });

            var start = Stopwatch.GetTimestamp();
            var terms = ReminderTerms.Of((await store.ReadAsync(work => work.Reminders.FindPlanAsync()))!, rules, outbox);
            List<ReminderFacts> facts = [];
            foreach (var some in (await store.ReadAsync(work => work.Reminders.MembersAsync())).Chunk(1000))
            {
                facts.AddRange(await store.ReadAsync(work => work.Reminders.FactsAsync(some, rules.PeriodOf(now.UtcDateTime).AddMonths(-4))));
            }

            var read = Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            var planned = ReminderPlanner.Plan(terms, facts, now.UtcDateTime).Count;
            var thought = Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            var queueing = Task.Run(() => new RemindingService(store, settings, outbox, clock).RunAsync());
            List<double> meanwhile = [];
            foreach (var intent in claimed.Skip(Confirms * 2).TakeWhile(_ => !queueing.IsCompleted))
            {
                meanwhile.Add(await TimeAsync(() => services.GetRequiredService<ModerationService>().ConfirmAsync(cashier, intent)));
                await Task.Delay(Between);
            }

            var written = await queueing;
            var queued = Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            await new RemindingService(store, settings, outbox, clock).RunAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{planned} reminders of {members} members: read in {read.TotalSeconds:0.0} s, planned in {thought.TotalSeconds:0.00} s; {written} planned anew and queued in {queued.TotalSeconds:0.0} s; looked at again in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
            Figures.Header("ms");
            Figures.Line("confirm, nobody is told", alone);
            Figures.Line("confirm, told by letter", told);
            Figures.Line("confirm while reminders are queued", meanwhile);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the longest of these: {meanwhile.DefaultIfEmpty().Max():0.0} ms"));
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return 0;
    }

    /// <summary>Members who say that they paid, and so are reminded of nothing.</summary>
    private static async Task<IReadOnlyList<Guid>> ClaimAsync(IServiceProvider services, Period month)
    {
        var payments = services.GetRequiredService<PaymentService>();
        List<Guid> claimed = [];
        for (var member = 1; member <= Claims; member++)
        {
            claimed.Add(await payments.StartAsync(new Actor(Crowd.IdOf(member), "127.0.0.1", "bench"), new StartPaymentForm { Periods = [month], SeenTotal = new Money(2000) }));
        }

        return claimed;
    }

    /// <summary>One with nobody to tell, one with a letter, in turns: so both meet the same machine.</summary>
    private static async Task<(IReadOnlyList<double> Alone, IReadOnlyList<double> Told)> ConfirmAsync(ModerationService moderation, OutboxRules outbox, Actor cashier, IEnumerable<Guid> claimed)
    {
        List<double> alone = [], told = [];
        foreach (var pair in claimed.Chunk(2))
        {
            outbox.Use([], TimeSpan.Zero);
            alone.Add(await TimeAsync(() => moderation.ConfirmAsync(cashier, pair[0])));
            outbox.Use([Channel.Mail], TimeSpan.Zero);
            told.Add(await TimeAsync(() => moderation.ConfirmAsync(cashier, pair[1])));
        }

        return (alone[WarmUp..], told[WarmUp..]);
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Everybody has an address and owes the month that it is.</summary>
    private static async Task OweAsync(IServiceProvider services)
    {
        await using var context = services.GetRequiredService<IContextFactory>().Create();
        context.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await context.Database.ExecuteSqlRawAsync("""
            UPDATE Members SET Email = 'm' || rowid || '@example.kz' WHERE JoinedOn IS NOT NULL;
            DELETE FROM Payments WHERE Status = 0 OR Period >= (SELECT MAX(Period) FROM Payments WHERE Period <= strftime('%Y-%m', 'now'));
            """);
    }
}
