using System.Diagnostics;
using Diaspora.Data;
using Diaspora.Domain.Access;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Overview;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Diaspora.Bench;

/// <summary>Money written down, confirmed and given back, and a member's card, in a file with a crowd of members.</summary>
internal static class LedgerBench
{
    private const int Runs = 200;

    /// <summary>Before that the runtime is still at work on the code, which no cashier of a running portal meets.</summary>
    private const int WarmUp = 1500;

    public static async Task<int> RunAsync(int members)
    {
        var folder = Directory.CreateTempSubdirectory("diaspora-bench-").FullName;
        try
        {
            await using var app = ServicesBench.Build(folder);
            await using var scope = app.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            await services.GetRequiredService<DatabaseStartup>().MigrateAsync();
            Figures.Machine();
            var (cashier, current) = await FillAsync(services, members);
            var file = new FileInfo(Path.Combine(folder, "diaspora.db"));
            Console.WriteLine($"{members} members, {members * Crowd.Months} payments, {file.Length / 1024 / 1024} MiB");
            await MeasureAsync(services, cashier, current, members);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    public static async Task<(Actor Cashier, Period Current)> FillAsync(IServiceProvider services, int members)
    {
        var store = services.GetRequiredService<IStore>();
        var now = DateTime.UtcNow;
        var current = services.GetRequiredService<CurrentSettings>().Rules.PeriodOf(now);
        var first = current.AddMonths(1 - Crowd.Months);
        var model = new Member(MemberNumber.FromBody(MemberNumber.Last), "Алиев Рашад", PhoneNumber.Parse("+77010000001"), Role.Member, first.FirstDay, now);
        var cashier = new Member(MemberNumber.FromBody(MemberNumber.Last - 1), "Лейла Исмаилова", PhoneNumber.Parse("+77010000002"), Role.Cashier, null, now);
        await store.WriteAsync(async work =>
        {
            work.Members.Add(model);
            work.Members.Add(cashier);
            await work.Accounts.CreateAsync(model.Id, model.Phone, "none");
            await work.Accounts.CreateAsync(cashier.Id, cashier.Phone, "none");
            var intent = PaymentIntent.Start("100001", model.Id, [(first, new Money(2000))], PaymentMethod.KaspiTransfer, now);
            intent.Confirm(cashier.Id, now);
            work.Payments.Add(intent);
            return true;
        });
        var start = Stopwatch.GetTimestamp();
        await new Crowd(services.GetRequiredService<IContextFactory>()).FillAsync(members, model.Id, $"{first}-01");
        await services.GetRequiredService<DatabaseCare>().AnalyzeAsync();
        Console.WriteLine($"filled in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        return (new Actor(cashier.Id, "127.0.0.1", "bench"), current);
    }

    private static async Task MeasureAsync(IServiceProvider services, Actor cashier, Period current, int members)
    {
        var (recording, moderation, payments, cards) = (services.GetRequiredService<RecordingService>(), services.GetRequiredService<ModerationService>(),
            services.GetRequiredService<PaymentService>(), services.GetRequiredService<MemberCardService>());
        var step = Math.Max(1, members / ((Runs + WarmUp) * 2));
        var (next, sum) = (current.Next, new Money(2000));
        List<(Guid Intent, Guid Payment)> recorded = [];
        Figures.Header("ms");
        await LineAsync("card", index => cards.CardAsync(cashier, Crowd.NumberOf(1 + index * step)));
        await LineAsync("record by hand", async index =>
        {
            var member = Crowd.IdOf(1 + index * step);
            await recording.RecordAsync(cashier, new RecordPaymentForm
            {
                PayerId = member,
                Months = [new ChosenMonth(member, next)],
                Received = sum.Tenge,
                ReceivedOn = current.FirstDay,
            });
        });
        List<Guid> claimed = [];
        await LineAsync("start, by the member", async index =>
        {
            var member = new Actor(Crowd.IdOf(2 + index * step), "127.0.0.1", "bench");
            claimed.Add(await payments.StartAsync(member, new StartPaymentForm { Periods = [next], SeenTotal = sum }));
        });
        await LineAsync("confirm", index => moderation.ConfirmAsync(cashier, claimed[index]));
        foreach (var intent in claimed)
        {
            recorded.Add((intent, (await moderation.IntentAsync(cashier, intent)).Row.Months[0].PaymentId));
        }

        await LineAsync("refund", index => recording.RefundAsync(cashier, recorded[index].Intent, recorded[index].Payment, new RefundPaymentForm { Reason = "ошиблись месяцем" }));
    }

    private static async Task LineAsync(string what, Func<int, Task> work)
    {
        List<double> times = [];
        for (var index = 0; index < WarmUp + Runs; index++)
        {
            var start = Stopwatch.GetTimestamp();
            await work(index);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Figures.Line(what, times.Skip(WarmUp));
    }
}
